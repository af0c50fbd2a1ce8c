//! A planted credential, whose secret nobody may see.

use tc3::Credential;
use tc3::credential::Credentials;

pub(crate) const SECRET: &str = "PlantedSecretKeyThatNobodyMaySee";

/// Returns the planted credential.
pub(crate) fn credentials() -> Vec<(String, Credentials)> {
    let credential = Credential::new("AKIDplanted", SECRET);
    vec![("planted".to_owned(), credential.into())]
}
