use std::{fmt, sync::Arc, time::SystemTime};

use super::{Credential, Provider, cache::Cache};
use crate::{Error, transport::Transport};

/// A fixed credential, or the credentials of a [`Provider`] with a cache of the current one.
///
/// Clones share the cache, so that a credential is fetched once for all clients that use them. The [module](super)
/// documentation says when it is refreshed.
///
/// ```
/// use tc3::{
///     Credential, Credentials,
///     credential::{CvmRole, Profile},
/// };
///
/// // A fixed credential:
/// let credentials = Credentials::from(Credential::new("AKID…", "…"));
/// // The credentials of a provider:
/// let credentials = Credentials::new(Profile::new().section("production"));
/// let credentials = Credentials::from(CvmRole::new());
/// ```
#[derive(Clone)]
pub struct Credentials(Source);

#[derive(Clone)]
enum Source {
    Fixed(Credential),
    Provider(Arc<Cache>),
}

impl Credentials {
    /// Uses the credentials of a provider.
    pub fn new(provider: impl Provider) -> Self {
        Self(Source::Provider(Arc::new(Cache::new(provider))))
    }

    /// Returns the credential that signs a request at the time `now`, by the service's clock.
    ///
    /// # Errors
    /// Fails with an error of kind [`Credential`](crate::ErrorKind::Credential), which names the provider.
    pub(crate) async fn get(
        &self,
        transport: &Arc<dyn Transport>,
        now: SystemTime,
    ) -> Result<Credential, Error> {
        match &self.0 {
            Source::Fixed(credential) => Ok(credential.clone()),
            Source::Provider(cache) => cache.get(transport, now).await,
        }
    }

    /// Returns the name of the provider that is currently called.
    pub(crate) fn asked(&self) -> Option<&str> {
        match &self.0 {
            Source::Fixed(_) => None,
            Source::Provider(cache) => cache.asked(),
        }
    }

    /// Returns a setting of the provider, such as its region.
    ///
    /// # Errors
    /// The error names the provider.
    pub(crate) fn setting<T>(
        &self,
        read: impl FnOnce(&dyn Provider) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let Source::Provider(cache) = &self.0 else {
            return Ok(None);
        };
        let provider = &*cache.provider;
        let failed = |error| format!("{}: {error}", provider.name());
        read(provider).map_err(|error| Error::setting("credential", failed(error)))
    }

    /// Drops a credential that the service rejected, so that the next call fetches a new one. Returns `false` if it
    /// stays in use, for example because it is fixed.
    pub(crate) fn reject(&self, credential: &Credential) -> bool {
        match &self.0 {
            Source::Fixed(_) => false,
            Source::Provider(cache) => cache.reject(credential),
        }
    }

    /// Checks the fixed credential, or the settings of the provider.
    pub(crate) fn check(&self) -> Result<(), Error> {
        match &self.0 {
            Source::Fixed(credential) => credential.validate().map_err(|problem| {
                let problem = format!("{problem}; copy it again from the console");
                Error::setting("credential", problem)
            }),
            Source::Provider(_) => self
                .setting(|provider| provider.check().map(Some))
                .map(drop),
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
            Source::Provider(cache) => write!(f, "Credentials({})", cache.provider.name()),
        }
    }
}
