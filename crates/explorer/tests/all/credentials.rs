//! A planted credential, whose secret nobody may see.

use tc3::Credential;
use tc3_explorer::Account;

pub(crate) const SECRET: &str = "PlantedSecretKeyThatNobodyMaySee";

/// Returns an account with the planted credential.
pub(crate) fn accounts() -> Vec<Account> {
    let credential = Credential::new("AKIDplanted", SECRET);
    vec![Account {
        name: "planted".to_owned(),
        credentials: credential.into(),
        endpoint: None,
        region: Some("ap-singapore".to_owned()),
    }]
}
