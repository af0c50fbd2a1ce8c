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
        var client = new OrganizationClient(credential, "ap-guangzhou", profile);

        var request = new Models.DescribeOrganizationMembersRequest
        {
            Offset = 0UL,
            Limit = 10UL,
            SearchKey = "Ada",
            NodeId = 9007199254740993UL,
        };
        var response = client.DescribeOrganizationMembersSync(request);
        System.Console.WriteLine(AbstractModel.ToJsonString(response));
    }
}
