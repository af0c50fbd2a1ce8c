//! Gets credentials from a custom provider. They are fetched once, and again before they expire.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use tc3::Credential;
use tc3::credential::{ExpiringCredential, Provider, Providing};
use tc3::transport::Transport;
use tc3_emulator::{Emulator, Seed};
use tencentcloud_organization::v20210331::Client;

/// A credential provider, such as a vault.
struct Vault;

impl Provider for Vault {
    fn name(&self) -> &str {
        "the vault"
    }

    fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a> {
        Box::pin(async move {
            println!("fetching a credential from the vault");
            let credential = Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY);
            let expires = now + Duration::from_secs(3600);
            Ok(ExpiringCredential::until(credential, expires))
        })
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let client: Client = Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Vault)
        .no_proxy()
        .build()?;

    for _ in 0..2 {
        let organization = client.describe_organization().send().await?;
        println!("{:?}", organization.org_id);
    }
    Ok(())
}
