//! Calls actions of another service, which the macro generates from the catalogue. Nothing is downloaded.

use std::error::Error;

use tc3::Credential;
use tc3_catalogue::Catalogue;
use tc3_emulator::{Emulator, Seed};

/// A client of two actions of Cloud Virtual Machine.
mod cvm {
    tc3_macros::client! { service: "cvm", actions: [DescribeZones, DescribeInstances] }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let spec = Catalogue::international().load("cvm", "2017-03-12")?;
    let emulator = Emulator::builder().spec(spec).start().await?;
    let client: cvm::Client = cvm::Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .region("ap-singapore")
        .no_proxy()
        .build()?;

    let mut instances = client.describe_instances().items();
    while let Some(instance) = instances.next().await {
        println!("{:?}", instance?.instance_id);
    }
    let zones = client.describe_zones().send().await?;
    println!("{} zones", zones.zone_set.unwrap_or_default().len());
    Ok(())
}
