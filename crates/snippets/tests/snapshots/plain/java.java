// Maven: com.tencentcloudapi:tencentcloud-sdk-java-as
import com.tencentcloudapi.as.v20200102.AsClient;
import com.tencentcloudapi.as.v20200102.models.CreateOrderRequest;
import com.tencentcloudapi.as.v20200102.models.CreateOrderResponse;
import com.tencentcloudapi.as.v20200102.models.Person;
import com.tencentcloudapi.as.v20200102.models.Result;
import com.tencentcloudapi.common.AbstractModel;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.profile.ClientProfile;

public class CreateOrder {
    public static void main(String[] args) throws Exception {
        Credential credential = new Credential(
            System.getenv("TENCENTCLOUD_SECRET_ID"),
            System.getenv("TENCENTCLOUD_SECRET_KEY"));
        ClientProfile profile = new ClientProfile();
        AsClient client = new AsClient(credential, "ap-guangzhou", profile);

        CreateOrderRequest request = new CreateOrderRequest();
        Person person1 = new Person();
        person1.setName("Ada");
        person1.setUin(1L);
        Person person2 = new Person();
        person2.setName("Grace");
        person1.setFriend(person2);
        request.setCustomer(person1);
        request.setDiscount(0.1F);
        request.setRates(new Float[] {1.5F, 2.0F});
        request.setGrid(new Long[][] {{1L, 2L}, {}});
        request.setWords(new String[][] {{"a"}, {}});
        request.setType("self");
        request.setUrgent(true);
        request.setFlags(new Boolean[] {true, false});
        Result result1 = new Result();
        result1.setCode("a?");
        request.setOutcome(result1);
        CreateOrderResponse response = client.CreateOrder(request);
        System.out.println(AbstractModel.toJsonString(response));
    }
}
