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
    TencentCloud::CommonClient client("as", "2020-01-02", credential, "ap-guangzhou", profile);

    // Untyped, because the SDK's types would not send all of these values as they are.
    auto outcome = client.MakeRequestJson("CreateOrder", "{\"Customer\":{\"Name\":\"Ada\",\"Uin\":18446744073709551615,\"Friend\":{\"Name\":\"Grace\",\"Friend\":{\"Name\":\"Mary\"},\"Friends\":[]},\"Friends\":[{\"Name\":\"Joan\"}]},\"Discount\":0.5,\"Rates\":[1.5,2.0],\"Grid\":[[1,2],[]],\"Words\":[[\"a\"]],\"type\":\"self\",\"Urgent\":true,\"Notes\":{\"free\":[\"form\",1]}}");
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
