// Libraries tencentcloud-sdk-cpp-core and tencentcloud-sdk-cpp-as, of tencentcloud-sdk-cpp
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

#include <tencentcloud/core/Credential.h>
#include <tencentcloud/core/TencentCloud.h>
#include <tencentcloud/core/profile/ClientProfile.h>
#include <tencentcloud/as/v20200102/AsClient.h>
#include <tencentcloud/as/v20200102/model/Person.h>
#include <tencentcloud/as/v20200102/model/CreateOrderRequest.h>
#include <tencentcloud/as/v20200102/model/CreateOrderResponse.h>

namespace model = TencentCloud::As::V20200102::Model;

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
    TencentCloud::As::V20200102::AsClient client(credential, "ap-guangzhou", profile);

    model::CreateOrderRequest request;
    model::Person person1;
    person1.SetName("Ada");
    request.SetCustomer(person1);
    request.SetDiscount(0.123456789012345);
    auto outcome = client.CreateOrder(request);
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
