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
client = organization_client.OrganizationClient(cred, None, profile)

request = models.DescribeOrganizationRequest()
request.from_json_string(json.dumps({}))
response = client.DescribeOrganization(request)
print(response.to_json_string(indent=2))
