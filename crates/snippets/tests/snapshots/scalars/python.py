# pip install tencentcloud-sdk-python-intl-en
import json
import os

from tencentcloud.common import credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.organization.v20210331 import organization_client, models

cred = credential.Credential(
    os.environ["TENCENTCLOUD_SECRET_ID"],
    os.environ["TENCENTCLOUD_SECRET_KEY"],
)
profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint="organization.emulator"))
client = organization_client.OrganizationClient(cred, "ap-guangzhou", profile)

request = models.DescribeOrganizationMembersRequest()
request.from_json_string(json.dumps({
    "Offset": 0,
    "Limit": 10,
    "SearchKey": "Ada",
    "NodeId": 9007199254740993,
}))
response = client.DescribeOrganizationMembers(request)
print(response.to_json_string(indent=2))
