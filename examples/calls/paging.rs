//! Lists all members of an organization. Each page is fetched when it is needed.

use std::error::Error;

use tc3::Credential;
use tc3_emulator::{Emulator, Seed};
use tencentcloud_organization::v20210331::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let client: Client = Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .no_proxy()
        .build()?;

    // `limit` is the size of a page, not of the list: the next page is fetched when the first one is used up.
    let mut members = client.describe_organization_members().limit(1).items();
    while let Some(member) = members.next().await {
        let member = member?;
        println!("{:?} {:?}", member.member_uin, member.name);
    }

    let mut pages = client.describe_organization_members().limit(1).pages();
    while let Some(page) = pages.next().await {
        let page = page?;
        let members = page.items.unwrap_or_default();
        println!("a page with {} of {:?} members", members.len(), page.total);
    }
    Ok(())
}
