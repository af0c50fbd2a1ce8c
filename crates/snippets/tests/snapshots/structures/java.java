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
        System.out.println(client.call("CreateOrder", "{\"Customer\":{\"Name\":\"Ada\",\"Uin\":18446744073709551615,\"Friend\":{\"Name\":\"Grace\",\"Friend\":{\"Name\":\"Mary\"},\"Friends\":[]},\"Friends\":[{\"Name\":\"Joan\"}]},\"Discount\":0.5,\"Rates\":[1.5,2.0],\"Grid\":[[1,2],[]],\"Words\":[[\"a\"]],\"type\":\"self\",\"Urgent\":true,\"Notes\":{\"free\":[\"form\",1]}}"));
    }
}
