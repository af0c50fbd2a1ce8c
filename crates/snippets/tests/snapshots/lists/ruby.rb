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
  credential, nil, '2021-03-31', 'organization.emulator', '', profile
)

parameters = {
  'Name' => 'Ada',
  'PolicyType' => 'Financial',
  'PermissionIds' => [1, 18446744073709551615],
  'NodeId' => -9223372036854775808,
  'AccountName' => '--ada',
  'IdentityRoleID' => [],
  'Tags' => [
    {
      'TagKey' => 'team',
      'TagValue' => 'research',
    },
    {
      'TagKey' => '',
      'TagValue' => '-',
    },
  ],
}
puts client.send_request('CreateOrganizationMember', parameters)
