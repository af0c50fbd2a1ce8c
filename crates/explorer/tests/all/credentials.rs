//! An account with a credential whose secret key must not appear anywhere.

use std::sync::Arc;
use std::time::SystemTime;

use tc3::credential::{Credentials, ExpiringCredential, Provider, Providing};
use tc3::transport::Transport;
use tc3::{Credential, Error};
use tc3_explorer::{Account, Source};

pub(crate) const SECRET: &str = "PlantedSecretKeyThatNobodyMaySee";

/// Provides a credential and a region.
struct Planted(Credential);

impl Provider for Planted {
    fn name(&self) -> &str {
        "the plant"
    }

    fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, _: SystemTime) -> Providing<'a> {
        let credential = ExpiringCredential::lasting(self.0.clone());
        Box::pin(async { Ok(credential) })
    }

    fn region(&self) -> Result<Option<String>, Error> {
        Ok(Some("ap-singapore".to_owned()))
    }
}

/// Returns an account with the planted credential.
pub(crate) fn accounts() -> Vec<Account> {
    vec![account(Credential::new("AKIDplanted", SECRET))]
}

/// Returns an account with a credential.
pub(crate) fn account(credential: Credential) -> Account {
    Account {
        name: "planted".to_owned(),
        source: Source::Credentials(Credentials::new(Planted(credential))),
    }
}
