// Maven: com.tencentcloudapi:tencentcloud-sdk-java-intl-en
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.organization.v20210331.OrganizationClient;
import com.tencentcloudapi.organization.v20210331.models.AddOrganizationNodeRequest;
import com.tencentcloudapi.organization.v20210331.models.AddOrganizationNodeResponse;
import com.tencentcloudapi.organization.v20210331.models.Tag;

public class AddOrganizationNode {
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

        AddOrganizationNodeRequest request = new AddOrganizationNodeRequest();
        request.setName("\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u202e \u2028 \ufeff \u0085 \033[1m \177 \r\n\tend\0012\n");
        Tag tag1 = new Tag();
        tag1.setTagKey("a");
        request.setTags(new Tag[] {tag1});
        AddOrganizationNodeResponse response = client.AddOrganizationNode(request);
        System.out.println(AbstractModel.toJsonString(response));
    }
}
