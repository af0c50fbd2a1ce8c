use std::{fmt, sync::OnceLock, time::SystemTime};

use super::{CvmRole, Environment, Fetched, Profile, Provider, Providing, WebIdentity};
use crate::{Error, transport::Transport};

/// Tries several providers in turn, and uses the first that has a credential.
///
/// A provider without a credential is skipped. A provider that is configured but fails, such as an unreadable profile
/// file, stops the chain: the next provider could have another identity than intended. For the same reason a chain
/// stays with the provider that returned the first credential, even if that provider fails later.
///
/// # Errors
/// The error names every provider that was tried and why it has no credential.
///
/// ```
/// use tc3::credential::{Chain, Credentials, CvmRole, Environment};
///
/// let credentials = Credentials::new(Chain::new().then(Environment).then(CvmRole::new()));
/// ```
#[derive(Default)]
#[must_use]
pub struct Chain {
    providers: Vec<Box<dyn Provider>>,
    /// Index of the provider that returned the first credential.
    chosen: OnceLock<usize>,
}

impl Chain {
    /// Creates a chain without providers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a chain with the providers of the vendor's tools, in the same order: [`Environment`], [`Profile`],
    /// [`CvmRole`], [`WebIdentity`].
    pub fn standard() -> Self {
        Self::new()
            .then(Environment)
            .then(Profile::new())
            .then(CvmRole::new())
            .then(WebIdentity::new())
    }

    /// Appends a provider, which is tried if the previous ones have no credential.
    pub fn then(mut self, provider: impl Provider) -> Self {
        self.providers.push(Box::new(provider));
        self
    }

    async fn first(&self, transport: &dyn Transport, now: SystemTime) -> Fetched {
        let chosen = self.chosen.get().copied();
        let mut tried = Vec::new();
        for (index, provider) in self.providers.iter().enumerate() {
            if chosen.is_some_and(|chosen| chosen != index) {
                continue;
            }
            match provider.provide(transport, now).await {
                Ok(credential) => {
                    // If two calls search at the same time, the first to finish decides.
                    let _ = self.chosen.set(index);
                    return Ok(credential);
                }
                Err(error) => {
                    tried.push(describe(&**provider, &error));
                    if chosen.is_some() || !error.is_absent_credential() {
                        return Err(error.into_credential(tried.join("; ")));
                    }
                }
            }
        }
        Err(Error::absent_credential(tried.join("; ")))
    }
}

impl Provider for Chain {
    fn name(&self) -> &str {
        "the credential chain"
    }

    fn provide<'a>(&'a self, transport: &'a dyn Transport, now: SystemTime) -> Providing<'a> {
        Box::pin(self.first(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        if self.providers.is_empty() {
            let problem = "has no provider; add one with `Chain::then`, or use `Chain::standard`";
            return Err(Error::credential(problem));
        }
        self.providers.iter().try_for_each(|provider| {
            let checked = provider.check();
            checked.map_err(|error| Error::credential(describe(&**provider, &error)))
        })
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.providers.iter().map(|provider| provider.name());
        f.debug_tuple("Chain")
            .field(&names.collect::<Vec<_>>())
            .finish()
    }
}

fn describe(provider: &dyn Provider, error: &Error) -> String {
    format!("{}: {error}", provider.name())
}
