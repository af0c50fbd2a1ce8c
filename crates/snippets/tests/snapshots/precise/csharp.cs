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
        var request = new CommonRequest("{\"Customer\":{\"Name\":\"Ada\"},\"Discount\":0.123456789012345}");
        System.Console.WriteLine(client.Call(request, "CreateOrder"));
    }
}
