// dotnet add package TencentCloudSDKIntlEN.Organization
using TencentCloud.Common;
using TencentCloud.Common.Profile;
using TencentCloud.Organization.V20210331;
using Models = TencentCloud.Organization.V20210331.Models;

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
        var client = new OrganizationClient(credential, "", profile);

        var request = new Models.AddOrganizationNodeRequest
        {
            Name = "\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u202e \u2028 \ufeff \u0085 \u001b[1m \u007f \r\n\tend\u00012\n",
            Tags = new Models.Tag[]
            {
                new Models.Tag
                {
                    TagKey = "a",
                },
            },
        };
        var response = client.AddOrganizationNodeSync(request);
        System.Console.WriteLine(AbstractModel.ToJsonString(response));
    }
}
