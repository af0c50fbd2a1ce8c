//! Logs calls and attempts as `tracing` spans, with names of OpenTelemetry. They contain no secrets.

use std::error::Error;

use tc3::Credential;
use tc3_emulator::{Emulator, Fault, Seed};
use tencentcloud_organization::v20210331::Client;
use tracing_subscriber::fmt::format::FmtSpan;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_span_events(FmtSpan::CLOSE)
        .init();

    let emulator = Emulator::start().await?;
    let client: Client = Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .no_proxy()
        .build()?;

    // The first attempt fails, and the log shows the second one.
    emulator.inject(Fault::from_json(
        r#"{"action": "DescribeOrganization", "times": 1, "code": "InternalError"}"#,
    )?)?;
    client.describe_organization().send().await?;
    Ok(())
}
