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
        'Uin' => 1,
        'Friend' => [
            'Name' => 'Grace',
        ],
    ],
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
    'Outcome' => [
        'Code' => 'a?',
    ],
]));
$response = $client->CreateOrder($request);
echo $response->toJsonString(), PHP_EOL;
