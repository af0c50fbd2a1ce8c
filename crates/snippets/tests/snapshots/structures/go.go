// go get github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common
package main

import (
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common"
	tchttp "github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/http"
	"github.com/tencentcloud/tencentcloud-sdk-go/tencentcloud/common/profile"
)

func main() {
	credential := common.NewCredential(
		os.Getenv("TENCENTCLOUD_SECRET_ID"),
		os.Getenv("TENCENTCLOUD_SECRET_KEY"),
	)
	clientProfile := profile.NewClientProfile()
	client := common.NewCommonClient(credential, "ap-guangzhou", clientProfile)

	// Untyped, because the SDK's types would not send all of these values as they are.
	request := tchttp.NewCommonRequest("as", "2020-01-02", "CreateOrder")
	if err := request.SetActionParameters("{\"Customer\":{\"Name\":\"Ada\",\"Uin\":18446744073709551615,\"Friend\":{\"Name\":\"Grace\",\"Friend\":{\"Name\":\"Mary\"},\"Friends\":[]},\"Friends\":[{\"Name\":\"Joan\"}]},\"Discount\":0.5,\"Rates\":[1.5,2.0],\"Grid\":[[1,2],[]],\"Words\":[[\"a\"]],\"type\":\"self\",\"Urgent\":true,\"Notes\":{\"free\":[\"form\",1]}}"); err != nil {
		panic(err)
	}
	response := tchttp.NewCommonResponse()
	if err := client.Send(request, response); err != nil {
		panic(err)
	}
	fmt.Println(string(response.GetBody()))
}
