// Dependencies: tencentcloud-organization; tokio with the features "macros" and "rt-multi-thread".
use tencentcloud_organization::tc3;
use tencentcloud_organization::v20210331::{Client, Tag};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .endpoint("http://organization.emulator")
        .build()?;
    let response = client
        .create_organization_member()
        .name("Ada")
        .policy_type("Financial")
        .permission_ids([1, 18446744073709551615])
        .node_id(-9223372036854775808)
        .account_name("--ada")
        .identity_role_id([])
        .tags([
            Tag::builder().tag_key("team").tag_value("research").build(),
            Tag::builder().tag_key("").tag_value("-").build(),
        ])
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
