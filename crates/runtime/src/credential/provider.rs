use std::{pin::Pin, time::SystemTime};

use super::Credential;
use crate::{Error, transport::Transport};

/// The future of a credential.
pub type Providing<'a> = Pin<Box<dyn Future<Output = Result<Lease, Error>> + Send + 'a>>;

/// A place where credentials come from.
///
/// It only fetches: [`Credentials`](super::Credentials) keeps what it gave, and asks again before that expires. Each
/// fetch is to be a fresh one, so a provider has nothing to keep.
///
/// ```
/// use std::time::{Duration, SystemTime};
///
/// use tc3::{
///     Credential, Credentials, Error,
///     credential::{Lease, Provider, Providing},
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
///             Ok(Lease::until(Credential::new(id, key), expires))
///         })
///     }
/// }
/// # fn read_vault() -> Option<(String, String)> { None }
///
/// let credentials = Credentials::new(Vault);
/// ```
pub trait Provider: Send + Sync + 'static {
    /// What the place is called in errors, for example `the CVM role`.
    fn name(&self) -> &str;

    /// Fetches a credential. `transport` is the client's, for providers that have to ask a server; `now` is the time
    /// by the service's clock, as far as the client knows it.
    ///
    /// # Errors
    /// An error that says what was tried and why there is no credential: by [`Error::absent_credential`] if the place
    /// has none to give, so that a [`Chain`](super::Chain) goes on to its next place, else by [`Error::credential`].
    fn provide<'a>(&'a self, transport: &'a dyn Transport, now: SystemTime) -> Providing<'a>;

    /// Refuses settings with which this cannot work; it is called when a client is built. Nothing is asked or read.
    ///
    /// # Errors
    /// An error by [`Error::credential`] that names the setting and says what it may be.
    fn check(&self) -> Result<(), Error> {
        Ok(())
    }
}

/// A credential, and until when it can be used.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Lease {
    /// The credential.
    pub credential: Credential,
    /// When it expires by the service's clock; `None` if never.
    pub expires: Option<SystemTime>,
}

impl Lease {
    /// A credential that never expires.
    pub fn lasting(credential: Credential) -> Self {
        Self {
            credential,
            expires: None,
        }
    }

    /// A credential that expires at a time.
    pub fn until(credential: Credential, expires: SystemTime) -> Self {
        Self {
            credential,
            expires: Some(expires),
        }
    }
}
