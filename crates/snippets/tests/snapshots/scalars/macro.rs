// Dependencies: tc3; tc3-macros; tokio with the features "macros" and "rt-multi-thread".
mod organization {
    tc3_macros::client! {
        service: "organization",
        version: "2021-03-31",
        actions: [DescribeOrganizationMembers],
    }
}

use organization::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .region("ap-guangzhou")
        .endpoint("http://organization.emulator")
        .build()?;
    let response = client
        .describe_organization_members()
        .offset(0)
        .limit(10)
        .search_key("Ada")
        .node_id(9007199254740993)
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
