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

	request := organization.NewListUsersRequest()
	request.ZoneId = common.StringPtr("\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u202e \u2028 \ufeff \u0085 \u001b[1m \u007f \r\n\tend\u00012\n")
	request.Filter = common.StringPtr("@file")
	request.FilterGroups = common.StringPtrs([]string{"\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u202e \u2028 \ufeff \u0085 \u001b[1m \u007f \r\n\tend\u00012\n", "-", "", "--x", "=x"})
	response, err := client.ListUsers(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())
}
