// Dependencies: tencentcloud-organization; tokio with the features "macros" and "rt-multi-thread".
use tencentcloud_organization::tc3;
use tencentcloud_organization::v20210331::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .endpoint("http://organization.emulator")
        .build()?;
    let response = client
        .describe_organization()
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
