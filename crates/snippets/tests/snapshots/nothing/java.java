// Maven: com.tencentcloudapi:tencentcloud-sdk-java-intl-en
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.organization.v20210331.OrganizationClient;
import com.tencentcloudapi.organization.v20210331.models.DescribeOrganizationRequest;
import com.tencentcloudapi.organization.v20210331.models.DescribeOrganizationResponse;

public class DescribeOrganization {
    public static void main(String[] args) throws Exception {
        Credential credential = new Credential(
            System.getenv("TENCENTCLOUD_SECRET_ID"),
            System.getenv("TENCENTCLOUD_SECRET_KEY"));
        ClientProfile profile = new ClientProfile();
        HttpProfile http = new HttpProfile();
        http.setEndpoint("organization.emulator");
        http.setProtocol(HttpProfile.REQ_HTTP);
        profile.setHttpProfile(http);
        OrganizationClient client = new OrganizationClient(credential, "", profile);

        DescribeOrganizationRequest request = new DescribeOrganizationRequest();
        DescribeOrganizationResponse response = client.DescribeOrganization(request);
        System.out.println(AbstractModel.toJsonString(response));
    }
}
