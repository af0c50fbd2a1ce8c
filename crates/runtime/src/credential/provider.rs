use std::{
    pin::Pin,
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::Credential;
use crate::{Error, Site, transport::Transport};

/// Future of [`Provider::provide`].
pub type Providing<'a> =
    Pin<Box<dyn Future<Output = Result<ExpiringCredential, Error>> + Send + 'a>>;

pub(super) type Fetched = Result<ExpiringCredential, Error>;

/// Source of credentials.
///
/// A provider needs no cache: [`Credentials`](super::Credentials) caches the result, and calls the provider again
/// before the credential expires.
///
/// ```
/// use std::{
///     sync::Arc,
///     time::{Duration, SystemTime},
/// };
///
/// use tc3::{
///     Credential, Credentials, Error,
///     credential::{ExpiringCredential, Provider, Providing},
///     transport::Transport,
/// };
///
/// /// Reads credentials from the company's vault.
/// struct Vault;
///
/// impl Provider for Vault {
///     fn name(&self) -> &str {
///         "the vault"
///     }
///
///     fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a> {
///         Box::pin(async move {
///             let (id, key) = read_vault().ok_or_else(|| Error::credential("the vault is locked"))?;
///             let expires = now + Duration::from_secs(3600);
///             Ok(ExpiringCredential::until(Credential::new(id, key), expires))
///         })
///     }
/// }
/// # fn read_vault() -> Option<(String, String)> { None }
///
/// let credentials = Credentials::new(Vault);
/// ```
pub trait Provider: Send + Sync + 'static {
    /// Returns the name of the provider for errors, for example `the CVM role`.
    fn name(&self) -> &str;

    /// Fetches a credential. `transport` is the client's; use it for HTTP requests. `now` is the client's estimate of
    /// the service's clock.
    ///
    /// The fetch continues if the call that started it times out or is dropped, so that the next call finds the credential.
    /// Give it a timeout of its own.
    ///
    /// # Errors
    /// Use [`Error::absent_credential`] if this source has no credential; a [`Chain`](super::Chain) then tries the next
    /// one. Use [`Error::credential`] if the source failed. Say what was tried and why it failed.
    fn provide<'a>(&'a self, transport: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a>;

    /// Checks the settings, without sending anything. It is called when a client is built.
    ///
    /// # Errors
    /// Use [`Error::credential`], and name the setting and its valid values. Use [`Error::absent_credential`] if it is
    /// already certain that this source has no credential.
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Returns the region that this source sets, for clients that have none.
    ///
    /// # Errors
    /// Fails if the source cannot be read, or if the region is invalid.
    fn region(&self) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Returns the site that this source sets, for clients that have none and no endpoint.
    ///
    /// # Errors
    /// Fails if the source cannot be read, or if the site is invalid.
    fn site(&self) -> Result<Option<Site>, Error> {
        Ok(None)
    }

    /// Returns the endpoint that this source sets, for clients that have none.
    ///
    /// # Errors
    /// Fails if the source cannot be read, or if the endpoint is invalid.
    fn endpoint(&self) -> Result<Option<String>, Error> {
        Ok(None)
    }

    /// Returns the name of the provider that is currently called, for the error of a timeout. For a
    /// [`Chain`](super::Chain), this is one of its providers.
    fn asked(&self) -> &str {
        self.name()
    }
}

/// Returns the error of a provider that timed out.
pub(super) fn timed_out(provider: &dyn Provider, timeout: Duration) -> Error {
    let problem = format!("{} did not answer within {timeout:?}", provider.asked());
    let error = Error::credential(problem).with_timeout(true);
    error.with_transient(true)
}

/// Credential with its expiry.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExpiringCredential {
    /// The credential.
    pub credential: Credential,
    /// Expiry by the service's clock; `None` if it never expires.
    pub expires: Option<SystemTime>,
}

impl ExpiringCredential {
    /// Creates a credential that never expires.
    pub fn lasting(credential: Credential) -> Self {
        Self {
            credential,
            expires: None,
        }
    }

    /// Creates a credential that expires at this time.
    pub fn until(credential: Credential, expires: SystemTime) -> Self {
        Self {
            credential,
            expires: Some(expires),
        }
    }
}
