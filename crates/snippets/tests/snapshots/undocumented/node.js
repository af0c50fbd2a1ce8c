// npm install tencentcloud-sdk-nodejs-common
const { CommonClient } = require("tencentcloud-sdk-nodejs-common");

const client = new CommonClient("organization.emulator", "2021-03-31", {
  credential: {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
  },
  profile: { httpProfile: { protocol: "http://" } },
});

// As a buffer, because the SDK omits null values.
const parameters = Buffer.from("{\"Offset\":0,\"Limit\":10,\"NodeId\":\"not a number\",\"Tags\":[{\"TagKey\":\"a\",\"TagValue\":\"b\",\"Color\":{\"0\":[1.5,true,\"\\\"double\\\" 'single' `tick` \\\\ \\\\u0041 \\\\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ \u003c/script>\u003c!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \\u202e \\u2028 \\ufeff \\u0085 \\u001b[1m \\u007f \\r\\n\\tend\\u00012\\n\",{}]}}],\"Extra\":{\"__proto__\":null,\"big\":\"123456789012345678901\"}}");
client
  .request("DescribeOrganizationMembers", parameters)
  .then((response) => console.log(JSON.stringify(response, null, 2)))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
