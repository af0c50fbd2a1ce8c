// go get github.com/tencentcloud/tencentcloud-sdk-go-intl-en
package main

import (
	"fmt"
	"os"

	"github.com/tencentcloud/tencentcloud-sdk-go-intl-en/tencentcloud/common"
	"github.com/tencentcloud/tencentcloud-sdk-go-intl-en/tencentcloud/common/profile"
	organization "github.com/tencentcloud/tencentcloud-sdk-go-intl-en/tencentcloud/organization/v20210331"
)

func main() {
	credential := common.NewCredential(
		os.Getenv("TENCENTCLOUD_SECRET_ID"),
		os.Getenv("TENCENTCLOUD_SECRET_KEY"),
	)
	clientProfile := profile.NewClientProfile()
	clientProfile.HttpProfile.Endpoint = "organization.emulator"
	clientProfile.HttpProfile.Scheme = "HTTP"
	client, err := organization.NewClient(credential, "ap-guangzhou", clientProfile)
	if err != nil {
		panic(err)
	}

	request := organization.NewDescribeOrganizationMembersRequest()
	request.Offset = common.Uint64Ptr(0)
	request.Limit = common.Uint64Ptr(10)
	request.SearchKey = common.StringPtr("Ada")
	request.NodeId = common.Uint64Ptr(9007199254740993)
	response, err := client.DescribeOrganizationMembers(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())
}
