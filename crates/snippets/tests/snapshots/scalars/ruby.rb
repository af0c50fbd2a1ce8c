# gem build and gem install, in the vendor's repository tencentcloud-sdk-ruby: tencentcloud-sdk-common
require 'tencentcloud-sdk-common'

credential = TencentCloud::Common::Credential.new(
  ENV.fetch('TENCENTCLOUD_SECRET_ID'),
  ENV.fetch('TENCENTCLOUD_SECRET_KEY')
)
profile = TencentCloud::Common::ClientProfile.new
profile.http_profile = TencentCloud::Common::HttpProfile.new
profile.http_profile.scheme = 'http'
client = TencentCloud::Common::AbstractClient.new(
  credential, 'ap-guangzhou', '2021-03-31', 'organization.emulator', '', profile
)

parameters = {
  'Offset' => 0,
  'Limit' => 10,
  'SearchKey' => 'Ada',
  'NodeId' => 9007199254740993,
}
puts client.send_request('DescribeOrganizationMembers', parameters)
