// npm install tencentcloud-sdk-nodejs-common
const { CommonClient } = require("tencentcloud-sdk-nodejs-common");

const client = new CommonClient("organization.emulator", "2021-03-31", {
  credential: {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
  },
  profile: { httpProfile: { protocol: "http://" } },
});

const parameters = {
  "Name": "Ada",
  "PolicyType": "Financial",
  "PermissionIds": [1, 18446744073709551615n],
  "NodeId": -9223372036854775808n,
  "AccountName": "--ada",
  "IdentityRoleID": [],
  "Tags": [
    {
      "TagKey": "team",
      "TagValue": "research",
    },
    {
      "TagKey": "",
      "TagValue": "-",
    },
  ],
};
client
  .request("CreateOrganizationMember", parameters)
  .then((response) => console.log(JSON.stringify(response, null, 2)))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
