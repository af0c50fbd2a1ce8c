//! Modifies state, handles documented errors, and reports whether a failed call may have acted.

use std::error::Error;

use tc3::{Credential, ErrorKind};
use tc3_emulator::{Emulator, Seed};
use tencentcloud_organization::v20210331::{AddOrganizationMemberEmailError, Client};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let client: Client = Client::builder()
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .no_proxy()
        .build()?;

    for attempt in ["first", "second"] {
        let added = client
            .add_organization_member_email()
            .member_uin(111_111_111_111)
            .email("ada@example.com")
            .country_code("86")
            .phone("13000000000")
            .send()
            .await;
        let error = match added {
            Ok(added) => {
                println!("{attempt}: bound, ID {:?}", added.bind_id);
                continue;
            }
            Err(error) => error,
        };
        // The codes of an action are an enum; new ones of the service are `Unknown`.
        match error.code_as::<AddOrganizationMemberEmailError>() {
            Some(code) => println!("{attempt}: refused with {code}: {}", error.message()),
            None if error.may_have_acted() => {
                println!("{attempt}: the service may have acted; check before you repeat the call")
            }
            None if error.kind() == ErrorKind::Credential => println!("{attempt}: {error}"),
            None => return Err(error.into()),
        }
    }
    Ok(())
}
