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

	request := organization.NewCreateOrganizationMemberRequest()
	request.Name = common.StringPtr("Ada")
	request.PolicyType = common.StringPtr("Financial")
	request.PermissionIds = common.Uint64Ptrs([]uint64{1, 18446744073709551615})
	request.NodeId = common.Int64Ptr(-9223372036854775808)
	request.AccountName = common.StringPtr("--ada")
	request.IdentityRoleID = common.Uint64Ptrs([]uint64{})
	request.Tags = []*organization.Tag{
		{
			TagKey: common.StringPtr("team"),
			TagValue: common.StringPtr("research"),
		},
		{
			TagKey: common.StringPtr(""),
			TagValue: common.StringPtr("-"),
		},
	}
	response, err := client.CreateOrganizationMember(request)
	if err != nil {
		panic(err)
	}
	fmt.Println(response.ToJsonString())
}
