"""Makes calls with the vendor's SDK and prints the results.

The first argument is the configuration, as JSON. Each line of standard input is a call; each line of output is its result:
the fields of the response or of the SDK's exception.
"""

import json
import os
import sys
import tempfile

from tencentcloud.common.credential import Credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.organization.v20181225 import models as models_2018
from tencentcloud.organization.v20181225.organization_client import OrganizationClient as Client2018
from tencentcloud.organization.v20210331 import models as models_2021
from tencentcloud.organization.v20210331.organization_client import OrganizationClient as Client2021

# Longer than any loopback call, short enough for a hanging test.
TIMEOUT = 20


def properties(model):
    """The names of a model's fields, as the SDK documents them."""
    return [name for name, member in vars(type(model)).items() if isinstance(member, property)]


def profile(settings, certification):
    """The SDK's settings."""
    http = HttpProfile(
        protocol=settings["protocol"],
        endpoint=settings["endpoint"],
        reqMethod=settings["method"],
        reqTimeout=TIMEOUT,
        certification=certification,
    )
    client = ClientProfile(httpProfile=http)
    client.unsignedPayload = settings["unsigned_payload"]
    return client


def call(client, models, action, parameters):
    """Calls an action by its method of the SDK's client."""
    request = getattr(models, action + "Request")()
    for name, value in parameters.items():
        # An unknown name would be set but never sent.
        if name not in properties(request):
            raise SystemExit(f"the SDK's {action} takes no parameter {name}")
        setattr(request, name, value)
    try:
        response = getattr(client, action)(request)
    except TencentCloudSDKException as error:
        result = {"code": error.get_code(), "message": str(error.get_message()), "request_id": error.get_request_id()}
        return {"exception": result}
    return {"response": {name: getattr(response, name) for name in properties(response)}}


def serve(settings, certification):
    """Handles the lines of standard input."""
    credential = Credential(settings["secret_id"], settings["secret_key"], settings["token"])
    clients = {
        "2018-12-25": (Client2018(credential, "", profile(settings, certification)), models_2018),
        "2021-03-31": (Client2021(credential, "", profile(settings, certification)), models_2021),
    }
    for line in sys.stdin:
        request = json.loads(line)
        result = call(*clients[request["version"]], request["action"], request["parameters"])
        print(json.dumps(result), flush=True)


def main():
    settings = json.loads(sys.argv[1])
    if settings["authority"] is None:
        serve(settings, None)
        return
    # The SDK accepts a certificate only as a file.
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "authority.pem")
        with open(path, "w", encoding="ascii") as file:
            file.write(settings["authority"])
        serve(settings, path)


main()
