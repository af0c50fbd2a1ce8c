//! Sends calls with a `reqwest` client of the program, with its settings, such as proxies and certificates.

use std::error::Error;
use std::time::Duration;

use tc3::Credential;
use tc3::transport::Reqwest;
use tc3_emulator::{Emulator, Seed};
use tencentcloud_organization::v20210331::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let builder = reqwest::Client::builder()
        .no_proxy()
        .connect_timeout(Duration::from_secs(5));
    let transport = Reqwest::new(builder)?;
    let client: Client = Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .transport(transport.clone())
        .build()?;

    let organization = client.describe_organization().send().await?;
    println!("{:?}", organization.org_id);

    // The program's other requests share the connections.
    let other = transport.client().get(emulator.endpoint()).send().await?;
    println!("{}", other.status());
    Ok(())
}
