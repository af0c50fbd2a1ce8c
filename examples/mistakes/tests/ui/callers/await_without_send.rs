use tencentcloud_organization::v20210331::Client;

async fn bind(client: Client) {
    let bind = client.describe_organization_member_email_bind().member_uin(1).await;
    drop(bind);
}

fn main() {}
