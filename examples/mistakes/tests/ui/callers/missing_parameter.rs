use tencentcloud_organization::v20210331::Client;

async fn bind(client: Client) -> Result<(), tencentcloud_organization::tc3::Error> {
    client
        .add_organization_member_email()
        .email("ada@example.com")
        .country_code("86")
        .phone("10000000000")
        .send()
        .await?;
    Ok(())
}

fn main() {}
