// dotnet add package TencentCloudSDK.As
using TencentCloud.Common;
using TencentCloud.Common.Profile;
using TencentCloud.As.V20200102;
using Models = TencentCloud.As.V20200102.Models;

class Program
{
    static void Main()
    {
        var credential = new TencentCloud.Common.Credential
        {
            SecretId = System.Environment.GetEnvironmentVariable("TENCENTCLOUD_SECRET_ID"),
            SecretKey = System.Environment.GetEnvironmentVariable("TENCENTCLOUD_SECRET_KEY"),
        };
        var profile = new ClientProfile
        {
            SignMethod = ClientProfile.SIGN_TC3SHA256,
        };
        var client = new AsClient(credential, "ap-guangzhou", profile);

        var request = new Models.CreateOrderRequest
        {
            Customer = new Models.Person
            {
                Name = "Ada",
                Uin = 1UL,
                Friend = new Models.Person
                {
                    Name = "Grace",
                },
            },
            Discount = 0.1F,
            Rates = new float?[] { 1.5F, 2.0F },
            Grid = new long?[][] { new long?[] { 1L, 2L }, new long?[] { } },
            Words = new string[][] { new string[] { "a" }, new string[] { } },
            Type = "self",
            Urgent = true,
            Flags = new bool?[] { true, false },
            Outcome = new Models.Result
            {
                Code = "a?",
            },
        };
        var response = client.CreateOrderSync(request);
        System.Console.WriteLine(AbstractModel.ToJsonString(response));
    }
}
