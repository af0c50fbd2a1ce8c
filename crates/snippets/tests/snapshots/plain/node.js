// npm install tencentcloud-sdk-nodejs
const tencentcloud = require("tencentcloud-sdk-nodejs");

const Client = tencentcloud.as.v20200102.Client;
const client = new Client({
  credential: {
    secretId: process.env.TENCENTCLOUD_SECRET_ID,
    secretKey: process.env.TENCENTCLOUD_SECRET_KEY,
  },
  region: "ap-guangzhou",
});

const parameters = {
  "Customer": {
    "Name": "Ada",
    "Uin": 1,
    "Friend": {
      "Name": "Grace",
    },
  },
  "Discount": 0.1,
  "Rates": [1.5, 2.0],
  "Grid": [
    [1, 2],
    [],
  ],
  "Words": [
    ["a"],
    [],
  ],
  "type": "self",
  "Urgent": true,
  "Flags": [true, false],
  "Outcome": {
    "Code": "a?",
  },
};
client
  .CreateOrder(parameters)
  .then((response) => console.log(JSON.stringify(response, null, 2)))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
