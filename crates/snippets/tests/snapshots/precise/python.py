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
    },
    "Discount": 0.123456789012345,
}))
response = client.CreateOrder(request)
print(response.to_json_string(indent=2))
