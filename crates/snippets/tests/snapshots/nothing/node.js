// npm install tencentcloud-sdk-nodejs-common
const { CommonClient } = require("tencentcloud-sdk-nodejs-common");

const client = new CommonClient("organization.emulator", "2021-03-31", {
  credential: {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
  },
  profile: { httpProfile: { protocol: "http://" } },
});

const parameters = {};
client
  .request("DescribeOrganization", parameters)
  .then((response) => console.log(JSON.stringify(response, null, 2)))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
