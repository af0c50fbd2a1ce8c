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
	client, err := organization.NewClient(credential, "", clientProfile)
	if err != nil {
		panic(err)
	}

	request := organization.NewDescribeOrganizationRequest()
	response, err := client.DescribeOrganization(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())
}
