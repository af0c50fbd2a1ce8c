// Maven: com.tencentcloudapi:tencentcloud-sdk-java-intl-en
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.organization.v20210331.OrganizationClient;
import com.tencentcloudapi.organization.v20210331.models.DescribeOrganizationMembersRequest;
import com.tencentcloudapi.organization.v20210331.models.DescribeOrganizationMembersResponse;

public class DescribeOrganizationMembers {
    public static void main(String[] args) throws Exception {
        Credential credential = new Credential(
            System.getenv("TENCENTCLOUD_SECRET_ID"),
            System.getenv("TENCENTCLOUD_SECRET_KEY"));
        ClientProfile profile = new ClientProfile();
        HttpProfile http = new HttpProfile();
        http.setEndpoint("organization.emulator");
        http.setProtocol(HttpProfile.REQ_HTTP);
        profile.setHttpProfile(http);
        OrganizationClient client = new OrganizationClient(credential, "ap-guangzhou", profile);

        DescribeOrganizationMembersRequest request = new DescribeOrganizationMembersRequest();
        request.setOffset(0L);
        request.setLimit(10L);
        request.setSearchKey("Ada");
        request.setNodeId(9007199254740993L);
        DescribeOrganizationMembersResponse response = client.DescribeOrganizationMembers(request);
        System.out.println(AbstractModel.toJsonString(response));
    }
}
