use std::{pin::Pin, time::SystemTime};

use super::Credential;
use crate::{Error, transport::Transport};

/// The future of a credential.
pub type Providing<'a> =
    Pin<Box<dyn Future<Output = Result<ExpiringCredential, Error>> + Send + 'a>>;

pub(super) type Fetched = Result<ExpiringCredential, Error>;

/// A source of credentials.
///
/// A provider only fetches. [`Credentials`](super::Credentials) caches what it returned, and calls it again before the
/// credential expires, so a provider needs no cache of its own.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use tc3::{
///     Credential, Credentials, Error,
///     credential::{ExpiringCredential, Provider, Providing},
///     transport::Transport,
/// };
///
/// /// Credentials from the company's vault.
/// struct Vault;
///
/// impl Provider for Vault {
///     fn name(&self) -> &str {
///         "the vault"
///     }
///
///     fn provide<'a>(&'a self, _transport: &'a dyn Transport, now: SystemTime) -> Providing<'a> {
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
    /// The name of the provider in errors, for example `the CVM role`.
    fn name(&self) -> &str;

    /// Fetches a credential. `transport` is the client's, for requests to a server; `now` is the current time by the
    /// service's clock, as far as the client knows it.
    ///
    /// # Errors
    /// Use [`Error::absent_credential`] if this source has no credential, so that a [`Chain`](super::Chain) tries the
    /// next one, and [`Error::credential`] if the source failed. Say what was tried and why it failed.
    fn provide<'a>(&'a self, transport: &'a dyn Transport, now: SystemTime) -> Providing<'a>;

    /// Checks the settings. It is called when a client is built, and must not fetch anything.
    ///
    /// # Errors
    /// Use [`Error::credential`], and name the setting and its valid values.
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// A credential and the time at which it expires.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ExpiringCredential {
    /// The credential.
    pub credential: Credential,
    /// When it expires by the service's clock; `None` if never.
    pub expires: Option<SystemTime>,
}

impl ExpiringCredential {
    /// Creates one that never expires.
    pub fn lasting(credential: Credential) -> Self {
        Self {
            credential,
            expires: None,
        }
    }

    /// Creates one that expires at a time.
    pub fn until(credential: Credential, expires: SystemTime) -> Self {
        Self {
            credential,
            expires: Some(expires),
        }
    }
}
