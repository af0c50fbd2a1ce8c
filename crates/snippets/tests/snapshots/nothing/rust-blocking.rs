// Dependencies: tencentcloud-organization with the feature "blocking".
use tencentcloud_organization::tc3;
use tencentcloud_organization::v20210331::Client;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .endpoint("http://organization.emulator")
        .build_blocking()?;
    let response = client
        .describe_organization()
        .send()
        .wait()?;
    println!("{response:#?}");
    Ok(())
}
