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
client = TencentCloud::Organization::V20210331::Client.new(credential, 'ap-guangzhou', profile)

parameters = {
  'Offset' => 0,
  'Limit' => 10,
  'SearchKey' => 'Ada',
  'NodeId' => 9007199254740993,
}
request = TencentCloud::Organization::V20210331::DescribeOrganizationMembersRequest.new
request.deserialize(parameters)
puts client.DescribeOrganizationMembers(request).serialize
