<?php
// composer require tencentcloud/tencentcloud-sdk-php
require_once __DIR__ . '/vendor/autoload.php';

use TencentCloud\Common\CommonClient;
use TencentCloud\Common\Credential;
use TencentCloud\Common\Profile\ClientProfile;
use TencentCloud\Common\Profile\HttpProfile;

$credential = new Credential(
    getenv('TENCENTCLOUD_SECRET_ID'),
    getenv('TENCENTCLOUD_SECRET_KEY')
);
$profile = new ClientProfile();
$http = new HttpProfile();
$http->setEndpoint('organization.emulator');
$http->setProtocol(HttpProfile::$REQ_HTTP);
$profile->setHttpProfile($http);
$client = new CommonClient('organization', '2021-03-31', $credential, '', $profile);

// Untyped, because the SDK's types would not send all of these values as they are.
$response = $client->callJson('DescribeOrganizationMembers', (object) [
    'Offset' => 0,
    'Limit' => 10,
    'NodeId' => 'not a number',
    'Tags' => [
        (object) [
            'TagKey' => 'a',
            'TagValue' => 'b',
            'Color' => (object) [
                '0' => [
                    1.5,
                    true,
                    "\"double\" 'single' `tick` \\ \\u0041 \\n \${HOME} \$x \$(id) #{1 + 1} #\$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n",
                    new stdClass(),
                ],
            ],
        ],
    ],
    'Extra' => (object) [
        '__proto__' => null,
        'big' => '123456789012345678901',
    ],
]);
echo json_encode($response, JSON_UNESCAPED_UNICODE), PHP_EOL;
