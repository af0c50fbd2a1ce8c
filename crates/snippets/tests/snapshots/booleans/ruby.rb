# Gems tencentcloud-sdk-common and tencentcloud-sdk-organization, built from the vendor's repository
require 'tencentcloud-sdk-common'
require 'tencentcloud-sdk-organization'

credential = TencentCloud::Common::Credential.new(
  ENV.fetch('TENCENTCLOUD_SECRET_ID'),
  ENV.fetch('TENCENTCLOUD_SECRET_KEY')
)
profile = TencentCloud::Common::ClientProfile.new
profile.http_profile = TencentCloud::Common::HttpProfile.new
profile.http_profile.endpoint = 'organization.emulator'
profile.http_profile.scheme = 'http'
client = TencentCloud::Organization::V20210331::Client.new(credential, nil, profile)

parameters = {
  'ZoneId' => 'z-1',
  'UserId' => 'u-1',
  'NeedResetPassword' => false,
}
# Untyped, because the SDK's types would not send all of these values as they are.
puts client.send_request('UpdateUser', parameters)
