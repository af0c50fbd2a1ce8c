//! Calls without an async runtime, with the feature `blocking` and `.wait()` instead of `.await`.

use std::error::Error;

use tc3::Credential;
use tc3_emulator::{Emulator, Seed};
use tencentcloud_organization::v20210331::Client;

fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::builder().start_blocking()?;
    let client: Client = Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .no_proxy()
        .build_blocking()?;

    let organization = client.describe_organization().send().wait()?;
    println!("{:?}", organization.org_id);
    Ok(())
}
