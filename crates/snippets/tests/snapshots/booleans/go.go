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

	request := organization.NewUpdateUserRequest()
	request.ZoneId = common.StringPtr("z-1")
	request.UserId = common.StringPtr("u-1")
	request.NeedResetPassword = common.BoolPtr(false)
	response, err := client.UpdateUser(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())
}
