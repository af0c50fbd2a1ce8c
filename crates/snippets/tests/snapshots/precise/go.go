// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/as
package main

import (
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
	as "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/as/v20200102"
)

func main() {
	credential := common.NewCredential(
		os.Getenv("TENCENTCLOUD_SECRET_ID"),
		os.Getenv("TENCENTCLOUD_SECRET_KEY"),
	)
	clientProfile := profile.NewClientProfile()
	client, err := as.NewClient(credential, "ap-guangzhou", clientProfile)
	if err != nil {
		panic(err)
	}

	request := as.NewCreateOrderRequest()
	request.Customer = &as.Person{
		Name: common.StringPtr("Ada"),
	}
	request.Discount = common.Float64Ptr(0.123456789012345)
	response, err := client.CreateOrder(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())
}
