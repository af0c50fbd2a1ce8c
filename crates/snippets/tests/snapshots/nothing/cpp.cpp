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
#include <tencentcloud/organization/v20210331/model/DescribeOrganizationRequest.h>
#include <tencentcloud/organization/v20210331/model/DescribeOrganizationResponse.h>

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

    model::DescribeOrganizationRequest request;
    auto outcome = client.DescribeOrganization(request);
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
