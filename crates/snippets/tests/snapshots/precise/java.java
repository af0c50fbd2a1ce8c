// Maven: com.tencentcloudapi:tencentcloud-sdk-java-common
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;

public class CreateOrder {
    public static void main(String[] args) throws Exception {
        Credential credential = new Credential(
            System.getenv("TENCENTCLOUD_SECRET_ID"),
            System.getenv("TENCENTCLOUD_SECRET_KEY"));
        ClientProfile profile = new ClientProfile();
        CommonClient client = new CommonClient("as", "2020-01-02", credential, "ap-guangzhou", profile);

        // Untyped, because the SDK's types would not send all of these values as they are.
        System.out.println(client.call("CreateOrder", "{\"Customer\":{\"Name\":\"Ada\"},\"Discount\":0.123456789012345}"));
    }
}
