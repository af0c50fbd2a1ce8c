// dotnet add package TencentCloudSDK
using TencentCloud.Common;
using TencentCloud.Common.Profile;

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
        var client = new CommonClient("as", "2020-01-02", credential, "ap-guangzhou", profile);

        // Untyped, because the SDK's types would not send all of these values as they are.
        var request = new CommonRequest("{\"Customer\":{\"Name\":\"Ada\",\"Uin\":18446744073709551615,\"Friend\":{\"Name\":\"Grace\",\"Friend\":{\"Name\":\"Mary\"},\"Friends\":[]},\"Friends\":[{\"Name\":\"Joan\"}]},\"Discount\":0.5,\"Rates\":[1.5,2.0],\"Grid\":[[1,2],[]],\"Words\":[[\"a\"]],\"type\":\"self\",\"Urgent\":true,\"Notes\":{\"free\":[\"form\",1]}}");
        System.Console.WriteLine(client.Call(request, "CreateOrder"));
    }
}
