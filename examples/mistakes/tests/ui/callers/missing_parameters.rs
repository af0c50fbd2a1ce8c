use tencentcloud_organization::v20210331::Client;

fn bind(client: &Client) {
    let call = client.add_organization_member_email().country_code("86");
    drop(call.send());
}

fn main() {}
