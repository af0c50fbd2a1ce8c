// Maven: com.tencentcloudapi:tencentcloud-sdk-java-intl-en
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.organization.v20210331.OrganizationClient;
import com.tencentcloudapi.organization.v20210331.models.UpdateUserRequest;
import com.tencentcloudapi.organization.v20210331.models.UpdateUserResponse;

public class UpdateUser {
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

        UpdateUserRequest request = new UpdateUserRequest();
        request.setZoneId("z-1");
        request.setUserId("u-1");
        request.setNeedResetPassword(false);
        UpdateUserResponse response = client.UpdateUser(request);
        System.out.println(AbstractModel.toJsonString(response));
    }
}
