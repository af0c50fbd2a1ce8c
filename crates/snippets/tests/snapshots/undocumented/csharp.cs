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
            HttpProfile = new HttpProfile { Protocol = HttpProfile.REQ_HTTP, Endpoint = "organization.emulator" },
        };
        var client = new CommonClient("organization", "2021-03-31", credential, "", profile);

        // Untyped, because the SDK's types would not send all of these values as they are.
        var request = new CommonRequest("{\"Offset\":0,\"Limit\":10,\"NodeId\":\"not a number\",\"Tags\":[{\"TagKey\":\"a\",\"TagValue\":\"b\",\"Color\":{\"0\":[1.5,true,\"\\\"double\\\" 'single' `tick` \\\\ \\\\u0041 \\\\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \\u202e \\u2028 \\ufeff \\u0085 \\u001b[1m \\u007f \\r\\n\\tend\\u00012\\n\",{}]}}],\"Extra\":{\"__proto__\":null,\"big\":\"123456789012345678901\"}}");
        System.Console.WriteLine(client.Call(request, "DescribeOrganizationMembers"));
    }
}
