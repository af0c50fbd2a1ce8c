// Library tencentcloud-sdk-cpp-core, of tencentcloud-sdk-cpp
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <tencentcloud/core/CommonClient.h>
#include <tencentcloud/core/Credential.h>
#include <tencentcloud/core/TencentCloud.h>
#include <tencentcloud/core/profile/ClientProfile.h>
#include <tencentcloud/core/profile/HttpProfile.h>

int main()
{
    const char *id = std::getenv("TENCENTCLOUD_SECRET_ID");
    const char *key = std::getenv("TENCENTCLOUD_SECRET_KEY");
    if (!id || !key)
    {
        std::cerr << "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY." << std::endl;
        return 1;
    }

    TencentCloud::InitAPI();
    TencentCloud::Credential credential(id, key);
    TencentCloud::ClientProfile profile;
    TencentCloud::HttpProfile http;
    http.SetEndpoint("organization.emulator");
    http.SetProtocol(TencentCloud::HttpProfile::Scheme::HTTP);
    profile.SetHttpProfile(http);
    TencentCloud::CommonClient client("organization", "2021-03-31", credential, "", profile);

    // Untyped, because the SDK's types would not send all of these values as they are.
    auto outcome = client.MakeRequestJson("DescribeOrganizationMembers", "{\"Offset\":0,\"Limit\":10,\"NodeId\":\"not a number\",\"Tags\":[{\"TagKey\":\"a\",\"TagValue\":\"b\",\"Color\":{\"0\":[1.5,true,\"\\\"double\\\" 'single' `tick` \\\\ \\\\u0041 \\\\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ?\?/ ?\?\?/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \\u202e \\u2028 \\ufeff \\u0085 \\u001b[1m \\u007f \\r\\n\\tend\\u00012\\n\",{}]}}],\"Extra\":{\"__proto__\":null,\"big\":\"123456789012345678901\"}}");
    int status = outcome.IsSuccess() ? 0 : 1;
    if (outcome.IsSuccess())
    {
        std::cout << std::string(outcome.GetResult().Body(), outcome.GetResult().BodySize()) << std::endl;
    }
    else
    {
        std::cerr << outcome.GetError().PrintAll() << std::endl;
    }
    TencentCloud::ShutdownAPI();
    return status;
}
