// Libraries tencentcloud-sdk-cpp-core and tencentcloud-sdk-cpp-organization, of tencentcloud-sdk-cpp-intl-en
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <tencentcloud/core/Credential.h>
#include <tencentcloud/core/TencentCloud.h>
#include <tencentcloud/core/profile/ClientProfile.h>
#include <tencentcloud/core/profile/HttpProfile.h>
#include <tencentcloud/organization/v20210331/OrganizationClient.h>
#include <tencentcloud/organization/v20210331/model/Tag.h>
#include <tencentcloud/organization/v20210331/model/AddOrganizationNodeRequest.h>
#include <tencentcloud/organization/v20210331/model/AddOrganizationNodeResponse.h>

namespace model = TencentCloud::Organization::V20210331::Model;

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
    TencentCloud::Organization::V20210331::OrganizationClient client(credential, "", profile);

    model::AddOrganizationNodeRequest request;
    request.SetName("\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ?\?/ ?\?\?/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \342\200\256 \342\200\250 \357\273\277 \302\205 \033[1m \177 \r\n\tend\0012\n");
    model::Tag tag1;
    tag1.SetTagKey("a");
    request.SetTags(std::vector<model::Tag>{tag1});
    auto outcome = client.AddOrganizationNode(request);
    int status = outcome.IsSuccess() ? 0 : 1;
    if (outcome.IsSuccess())
    {
        std::cout << outcome.GetResult().ToJsonString() << std::endl;
    }
    else
    {
        std::cerr << outcome.GetError().PrintAll() << std::endl;
    }
    TencentCloud::ShutdownAPI();
    return status;
}
