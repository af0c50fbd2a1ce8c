<?php
// composer require tencentcloud/tencentcloud-sdk-php-intl-en
require_once __DIR__ . '/vendor/autoload.php';

use TencentCloud\Common\Credential;
use TencentCloud\Common\Profile\ClientProfile;
use TencentCloud\Common\Profile\HttpProfile;
use TencentCloud\Organization\V20210331\OrganizationClient;
use TencentCloud\Organization\V20210331\Models\DescribeOrganizationRequest;

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

$request = new DescribeOrganizationRequest();
$request->fromJsonString(json_encode(new stdClass()));
$response = $client->DescribeOrganization($request);
echo $response->toJsonString(), PHP_EOL;
