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
		Uin: common.Uint64Ptr(1),
		Friend: &as.Person{
			Name: common.StringPtr("Grace"),
		},
	}
	request.Discount = common.Float64Ptr(0.1)
	request.Rates = common.Float64Ptrs([]float64{1.5, 2.0})
	request.Grid = [][]*int64{
		common.Int64Ptrs([]int64{1, 2}),
		common.Int64Ptrs([]int64{}),
	}
	request.Words = [][]*string{
		common.StringPtrs([]string{"a"}),
		common.StringPtrs([]string{}),
	}
	request.Type = common.StringPtr("self")
	request.Urgent = common.BoolPtr(true)
	request.Flags = common.BoolPtrs([]bool{true, false})
	request.Outcome = &as.Result{
		Code: common.StringPtr("a?"),
	}
	response, err := client.CreateOrder(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())
}
