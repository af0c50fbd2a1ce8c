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
  "Name": "\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ \u003c/script>\u003c!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n",
  "Tags": [
    {
      "TagKey": "a",
    },
  ],
};
client
  .request("AddOrganizationNode", parameters)
  .then((response) => console.log(JSON.stringify(response, null, 2)))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
