<?php
// composer require tencentcloud/tencentcloud-sdk-php
require_once __DIR__ . '/vendor/autoload.php';

use TencentCloud\Common\Credential;
use TencentCloud\Common\Profile\ClientProfile;
use TencentCloud\As\V20200102\AsClient;
use TencentCloud\As\V20200102\Models\CreateOrderRequest;

$credential = new Credential(
    getenv('TENCENTCLOUD_SECRET_ID'),
    getenv('TENCENTCLOUD_SECRET_KEY')
);
$profile = new ClientProfile();
$client = new AsClient($credential, 'ap-guangzhou', $profile);

$request = new CreateOrderRequest();
$request->fromJsonString(json_encode([
    'Customer' => [
        'Name' => 'Ada',
    ],
    'Discount' => 0.123456789012345,
]));
$response = $client->CreateOrder($request);
echo $response->toJsonString(), PHP_EOL;
