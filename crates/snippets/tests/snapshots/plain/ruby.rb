# gem build and gem install, in the vendor's repository tencentcloud-sdk-ruby: tencentcloud-sdk-common, tencentcloud-sdk-as
require 'tencentcloud-sdk-common'
require 'tencentcloud-sdk-as'

credential = TencentCloud::Common::Credential.new(
  ENV.fetch('TENCENTCLOUD_SECRET_ID'),
  ENV.fetch('TENCENTCLOUD_SECRET_KEY')
)
profile = TencentCloud::Common::ClientProfile.new
client = TencentCloud::As::V20200102::Client.new(credential, 'ap-guangzhou', profile)

parameters = {
  'Customer' => {
    'Name' => 'Ada',
    'Uin' => 1,
    'Friend' => {
      'Name' => 'Grace',
    },
  },
  'Discount' => 0.1,
  'Rates' => [1.5, 2.0],
  'Grid' => [
    [1, 2],
    [],
  ],
  'Words' => [
    ['a'],
    [],
  ],
  'type' => 'self',
  'Urgent' => true,
  'Flags' => [true, false],
  'Outcome' => {
    'Code' => 'a?',
  },
}
# Untyped, because the SDK's types would not send all of these values as they are.
puts client.send_request('CreateOrder', parameters)
