use std::{pin::Pin, time::SystemTime};

use super::Credential;
use crate::{Error, transport::Transport};

/// The future of a credential.
pub type Providing<'a> = Pin<Box<dyn Future<Output = Result<Lease, Error>> + Send + 'a>>;

/// A place where credentials come from.
///
/// It only fetches: [`Credentials`](super::Credentials) keeps what it gave, and asks again before that expires.
pub trait Provider: Send + Sync + 'static {
    /// What the place is called in errors, for example `the CVM role`.
    fn name(&self) -> &str;

    /// Fetches a credential. `transport` is the client's, for providers that have to ask a server.
    ///
    /// # Errors
    /// An error by [`Error::credential`], which says what was tried and why there is no credential.
    fn provide<'a>(&'a self, transport: &'a dyn Transport) -> Providing<'a>;
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
