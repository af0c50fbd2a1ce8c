# pip install tencentcloud-sdk-python
import json
import os

from tencentcloud.common import credential
from tencentcloud.autoscaling.v20200102 import autoscaling_client, models

cred = credential.Credential(
    os.environ["TENCENTCLOUD_SECRET_ID"],
    os.environ["TENCENTCLOUD_SECRET_KEY"],
)
client = autoscaling_client.AutoscalingClient(cred, "ap-guangzhou")

request = models.CreateOrderRequest()
request.from_json_string(json.dumps({
    "Customer": {
        "Name": "Ada",
        "Uin": 1,
        "Friend": {
            "Name": "Grace",
        },
    },
    "Discount": 0.1,
    "Rates": [1.5, 2.0],
    "Grid": [
        [1, 2],
        [],
    ],
    "Words": [
        ["a"],
        [],
    ],
    "type": "self",
    "Urgent": True,
    "Flags": [True, False],
    "Outcome": {
        "Code": "a?",
    },
}))
response = client.CreateOrder(request)
print(response.to_json_string(indent=2))
