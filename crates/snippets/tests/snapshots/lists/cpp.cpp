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
#include <tencentcloud/organization/v20210331/model/CreateOrganizationMemberRequest.h>
#include <tencentcloud/organization/v20210331/model/CreateOrganizationMemberResponse.h>

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

    model::CreateOrganizationMemberRequest request;
    request.SetName("Ada");
    request.SetPolicyType("Financial");
    request.SetPermissionIds(std::vector<uint64_t>{1ULL, 18446744073709551615ULL});
    request.SetNodeId(INT64_MIN);
    request.SetAccountName("--ada");
    request.SetIdentityRoleID(std::vector<uint64_t>{});
    model::Tag tag1;
    tag1.SetTagKey("team");
    tag1.SetTagValue("research");
    model::Tag tag2;
    tag2.SetTagKey("");
    tag2.SetTagValue("-");
    request.SetTags(std::vector<model::Tag>{tag1, tag2});
    auto outcome = client.CreateOrganizationMember(request);
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
