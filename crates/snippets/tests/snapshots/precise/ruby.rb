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
  },
  'Discount' => 0.123456789012345,
}
request = TencentCloud::As::V20200102::CreateOrderRequest.new
request.deserialize(parameters)
puts client.CreateOrder(request).serialize
