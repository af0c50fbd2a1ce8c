use tc3_emulator::{Emulator, Seed, Visit};
use tencentcloud_organization::tc3::Credential;
use tencentcloud_organization::v20210331::Client;

#[tokio::test]
async fn visited_link_binds_the_mailbox() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?; // a free loopback port; stops when dropped
    let client: Client = Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .no_proxy()
        .build()?;

    let member = 111_111_111_111;
    client
        .add_organization_member_email()
        .member_uin(member)
        .email("ada@example.com")
        .country_code("86")
        .phone("13000000000")
        .send()
        .await?;
    let mail = emulator.outbox().remove(0);
    emulator.visit(&mail.link.expect("the mail has a link"), &Visit::new())?;

    let bind = client.describe_organization_member_email_bind().member_uin(member).send().await?;
    assert_eq!(bind.bind_status.as_deref(), Some("Success"));
    Ok(())
}
