<?php
// composer require tencentcloud/tencentcloud-sdk-php-intl-en
require_once __DIR__ . '/vendor/autoload.php';

use TencentCloud\Common\Credential;
use TencentCloud\Common\Profile\ClientProfile;
use TencentCloud\Common\Profile\HttpProfile;
use TencentCloud\Organization\V20210331\OrganizationClient;
use TencentCloud\Organization\V20210331\Models\AddOrganizationNodeRequest;

$credential = new Credential(
    getenv('TENCENTCLOUD_SECRET_ID'),
    getenv('TENCENTCLOUD_SECRET_KEY')
);
$profile = new ClientProfile();
$http = new HttpProfile();
$http->setEndpoint('organization.emulator');
$http->setProtocol(HttpProfile::$REQ_HTTP);
$profile->setHttpProfile($http);
$client = new OrganizationClient($credential, '', $profile);

$request = new AddOrganizationNodeRequest();
$request->fromJsonString(json_encode([
    'Name' => "\"double\" 'single' `tick` \\ \\u0041 \\n \${HOME} \$x \$(id) #{1 + 1} #\$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n",
    'Tags' => [
        [
            'TagKey' => 'a',
        ],
    ],
]));
$response = $client->AddOrganizationNode($request);
echo $response->toJsonString(), PHP_EOL;
