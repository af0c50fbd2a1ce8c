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

request = models.AddOrganizationNodeRequest()
request.from_json_string(json.dumps({
    "Name": "\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u202e \u2028 \ufeff \u0085 \u001b[1m \u007f \r\n\tend\u00012\n",
    "Tags": [
        {
            "TagKey": "a",
        },
    ],
}))
response = client.AddOrganizationNode(request)
print(response.to_json_string(indent=2))
