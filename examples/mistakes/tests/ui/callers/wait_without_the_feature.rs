use tencentcloud_organization::v20210331::Client;

fn members(client: &Client) -> Result<(), tencentcloud_organization::tc3::Error> {
    client.describe_organization_member_email_bind().member_uin(1).send().wait()?;
    for page in client.describe_organization_nodes().offset(0).limit(10).pages().wait() {
        page?;
    }
    for identity in client.describe_organization_nodes().offset(0).limit(10).items().wait() {
        identity?;
    }
    Ok(())
}

fn main() {}
