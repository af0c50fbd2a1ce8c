# pip install tencentcloud-sdk-python
import os

from tencentcloud.common import credential
from tencentcloud.autoscaling.v20200102 import autoscaling_client

cred = credential.Credential(
    os.environ["TENCENTCLOUD_SECRET_ID"],
    os.environ["TENCENTCLOUD_SECRET_KEY"],
)
client = autoscaling_client.AutoscalingClient(cred, "ap-guangzhou")

# Untyped, because the SDK's types would not send all of these values as they are.
response = client.call_json("CreateOrder", {
    "Customer": {
        "Name": "Ada",
        "Uin": 18446744073709551615,
        "Friend": {
            "Name": "Grace",
            "Friend": {
                "Name": "Mary",
            },
            "Friends": [],
        },
        "Friends": [
            {
                "Name": "Joan",
            },
        ],
    },
    "Discount": 0.5,
    "Rates": [1.5, 2.0],
    "Grid": [
        [1, 2],
        [],
    ],
    "Words": [
        ["a"],
    ],
    "type": "self",
    "Urgent": True,
    "Notes": {
        "free": ["form", 1],
    },
})
print(response)
