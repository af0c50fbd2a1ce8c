// Maven: com.tencentcloudapi:tencentcloud-sdk-java-common
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;

public class CreateOrganizationMember {
    public static void main(String[] args) throws Exception {
        Credential credential = new Credential(
            System.getenv("TENCENTCLOUD_SECRET_ID"),
            System.getenv("TENCENTCLOUD_SECRET_KEY"));
        ClientProfile profile = new ClientProfile();
        HttpProfile http = new HttpProfile();
        http.setEndpoint("organization.emulator");
        http.setProtocol(HttpProfile.REQ_HTTP);
        profile.setHttpProfile(http);
        CommonClient client = new CommonClient("organization", "2021-03-31", credential, "", profile);

        // Untyped, because the SDK's types would not send all of these values as they are.
        System.out.println(client.call("CreateOrganizationMember", "{\"Name\":\"Ada\",\"PolicyType\":\"Financial\",\"PermissionIds\":[1,18446744073709551615],\"NodeId\":-9223372036854775808,\"AccountName\":\"--ada\",\"IdentityRoleID\":[],\"Tags\":[{\"TagKey\":\"team\",\"TagValue\":\"research\"},{\"TagKey\":\"\",\"TagValue\":\"-\"}]}"));
    }
}
