# pip install tencentcloud-sdk-python
import os

from tencentcloud.common import credential
from tencentcloud.common.common_client import CommonClient

cred = credential.Credential(
    os.environ["TENCENTCLOUD_SECRET_ID"],
    os.environ["TENCENTCLOUD_SECRET_KEY"],
)
client = CommonClient("as", "2020-01-02", cred, "ap-guangzhou")

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
