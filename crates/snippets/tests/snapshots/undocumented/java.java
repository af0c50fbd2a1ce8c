// Maven: com.tencentcloudapi:tencentcloud-sdk-java-common
import com.tencentcloudapi.common.CommonClient;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;

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
        CommonClient client = new CommonClient("organization", "2021-03-31", credential, "", profile);

        // Untyped, because the SDK's types would not send all of these values as they are.
        System.out.println(client.call("DescribeOrganizationMembers", "{\"Offset\":0,\"Limit\":10,\"NodeId\":\"not a number\",\"Tags\":[{\"TagKey\":\"a\",\"TagValue\":\"b\",\"Color\":{\"0\":[1.5,true,\"\\\"double\\\" 'single' `tick` \\\\ \\\\u0041 \\\\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \\u202e \\u2028 \\ufeff \\u0085 \\u001b[1m \\u007f \\r\\n\\tend\\u00012\\n\",{}]}}],\"Extra\":{\"__proto__\":null,\"big\":\"123456789012345678901\"}}"));
    }
}
