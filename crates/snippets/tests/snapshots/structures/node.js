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
    "Uin": 18446744073709551615n,
    "Friend": {
      "Name": "Grace",
      "Friend": {
        "Name": "Mary",
      },
      "Friends": [],
    },
    "Friends": [
      {
        "Name": "Joan",
      },
    ],
  },
  "Discount": 0.5,
  "Rates": [1.5, 2.0],
  "Grid": [
    [1, 2],
    [],
  ],
  "Words": [
    ["a"],
  ],
  "type": "self",
  "Urgent": true,
  "Notes": {
    "free": ["form", 1],
  },
};
client
  .CreateOrder(parameters)
  .then((response) => console.log(JSON.stringify(response, null, 2)))
  .catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
