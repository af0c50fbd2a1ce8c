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
	clientProfile.HttpProfile.Endpoint = "organization.emulator"
	clientProfile.HttpProfile.Scheme = "HTTP"
	client := common.NewCommonClient(credential, "", clientProfile)

	// Untyped, because the SDK's types would not send all of these values as they are.
	request := tchttp.NewCommonRequest("organization", "2021-03-31", "DescribeOrganizationMembers")
	if err := request.SetActionParameters("{\"Offset\":0,\"Limit\":10,\"NodeId\":\"not a number\",\"Tags\":[{\"TagKey\":\"a\",\"TagValue\":\"b\",\"Color\":{\"0\":[1.5,true,\"\\\"double\\\" 'single' `tick` \\\\ \\\\u0041 \\\\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \\u202e \\u2028 \\ufeff \\u0085 \\u001b[1m \\u007f \\r\\n\\tend\\u00012\\n\",{}]}}],\"Extra\":{\"__proto__\":null,\"big\":\"123456789012345678901\"}}"); err != nil {
		panic(err)
	}
	response := tchttp.NewCommonResponse()
	if err := client.Send(request, response); err != nil {
		panic(err)
	}
	fmt.Println(string(response.GetBody()))
}
