use std::{fmt, sync::Arc, time::SystemTime};

use super::{Chain, Credential, Provider, cache::Cache};
use crate::{Error, transport::Transport};

/// Where a client's credentials come from, and the one that is in use.
///
/// Clones share the credential, and so do the clients that are given them: it is fetched once for all. The
/// [module](super) says when it is fetched anew.
///
/// ```
/// use tc3::{
///     Credential, Credentials,
///     credential::{CvmRole, Profile},
/// };
///
/// // One that stays:
/// let credentials = Credentials::from(Credential::new("AKID…", "…"));
/// // Those of a provider:
/// let credentials = Credentials::new(Profile::new().section("production"));
/// let credentials = Credentials::from(CvmRole::new());
/// ```
#[derive(Clone)]
pub struct Credentials(Source);

#[derive(Clone)]
enum Source {
    Fixed(Credential),
    Provided(Arc<Cache>),
}

impl Credentials {
    /// The credentials of a provider.
    pub fn new(provider: impl Provider) -> Self {
        Self(Source::Provided(Arc::new(Cache::new(Box::new(provider)))))
    }

    /// The credentials of the place that the vendor's tools would take them from: the environment, the profile file,
    /// the role of the virtual machine or the web identity of the pod, whichever has one first. See
    /// [`Chain::standard`].
    pub fn default_chain() -> Self {
        Self::new(Chain::standard())
    }

    /// The credential to sign a request with at the time `now`, by the service's clock.
    ///
    /// # Errors
    /// An error of kind [`Credential`](crate::ErrorKind::Credential) that names the provider and says why it has none.
    pub(crate) async fn get(
        &self,
        transport: &dyn Transport,
        now: SystemTime,
    ) -> Result<Credential, Error> {
        match &self.0 {
            Source::Fixed(credential) => Ok(credential.clone()),
            Source::Provided(cache) => cache.get(transport, now).await,
        }
    }

    /// Drops a credential that the service did not accept, so that the next call fetches another. `false` if there is
    /// none to be had, since it was given explicitly.
    pub(crate) fn reject(&self, credential: &Credential) -> bool {
        match &self.0 {
            Source::Fixed(_) => false,
            Source::Provided(cache) => cache.reject(credential),
        }
    }

    /// Refuses what cannot be a credential, or a provider, as far as that can be told before a call.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Source::Fixed(credential) => credential.check(),
            Source::Provided(cache) => {
                let provider = cache.provider();
                provider.check().map_err(|error| {
                    Error::setting("credentials", format_args!("{}: {error}", provider.name()))
                })
            }
        }
    }
}

impl From<Credential> for Credentials {
    fn from(credential: Credential) -> Self {
        Self(Source::Fixed(credential))
    }
}

impl<P: Provider> From<P> for Credentials {
    fn from(provider: P) -> Self {
        Self::new(provider)
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::Fixed(credential) => credential.fmt(f),
            Source::Provided(cache) => write!(f, "Credentials({})", cache.provider().name()),
        }
    }
}
