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
  'ZoneId' => "\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) \#{1 + 1} \#$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // \# -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n",
  'Filter' => '@file',
  'FilterGroups' => ["\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) \#{1 + 1} \#$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // \# -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n", '-', '', '--x', '=x'],
}
puts client.send_request('ListUsers', parameters)
