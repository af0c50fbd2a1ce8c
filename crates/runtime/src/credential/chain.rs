use std::{
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use super::{
    Credentials, CvmRole, Environment, Fetched, Profile, Provider, Providing, WebIdentity,
    provider::timed_out,
};
use crate::{
    Error, Site,
    transport::{Transport, with_timeout},
};

/// Timeout of each provider, so that the error names a slow one. The providers of this crate have shorter timeouts.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Remedy if no provider of the standard chain has a credential.
const NO_CREDENTIAL: &str = "set `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, or write a profile with `tc3 configure`";

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
    /// Index of the provider that was called last.
    asked: AtomicUsize,
    /// Remedy if no provider has a credential.
    pub(super) remedy: Option<&'static str>,
}

impl Chain {
    /// Creates a chain without providers.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a chain with the providers of the vendor's tools: [`Environment`], [`Profile`], [`WebIdentity`],
    /// [`CvmRole`].
    ///
    /// The vendor's tools ask the virtual machine before the pod. Here the pod is first, as with other clouds: a pod
    /// that has an identity of its own must not act as the machine that it happens to run on, and machines without a
    /// metadata server cost time.
    pub fn standard() -> Self {
        let chain = Self {
            remedy: Some(NO_CREDENTIAL),
            ..Self::default()
        };
        chain
            .then(Environment)
            .then(Profile::new())
            .then(WebIdentity::new())
            .then(CvmRole::new())
    }

    /// Appends a provider, which is tried if the previous ones have no credential.
    pub fn then(mut self, provider: impl Provider) -> Self {
        self.providers.push(Box::new(provider));
        self
    }

    /// Returns a setting of the first provider that has it.
    fn first_setting<T>(
        &self,
        read: impl Fn(&dyn Provider) -> Result<Option<T>, Error>,
    ) -> Result<Option<T>, Error> {
        let mut providers = self.providers.iter();
        let setting = providers.find_map(|provider| read(&**provider).transpose());
        setting.transpose()
    }

    async fn first(&self, transport: &Arc<dyn Transport>, now: SystemTime) -> Fetched {
        let chosen = self.chosen.get().copied();
        let mut tried = Vec::new();
        for (index, provider) in self.providers.iter().enumerate() {
            if chosen.is_some_and(|chosen| chosen != index) {
                continue;
            }
            self.asked.store(index, Ordering::Relaxed);
            let provided =
                with_timeout(&**transport, TIMEOUT, provider.provide(transport, now)).await;
            match provided.unwrap_or_else(|| Err(timed_out(&**provider, TIMEOUT))) {
                Ok(credential) => {
                    // If two calls search at the same time, the first to finish decides.
                    let _ = self.chosen.set(index);
                    return Ok(credential);
                }
                Err(mut error) => {
                    let remedy = error.take_remedy();
                    tried.push(describe(&**provider, &error));
                    if chosen.is_some() || !error.is_absent_credential() {
                        let error = error.into_credential(tried.join("; "));
                        return Err(error.with_remedy(remedy));
                    }
                }
            }
        }
        Err(Error::absent_credential(tried.join("; ")).with_remedy(self.remedy))
    }
}

impl Credentials {
    /// Uses the sources of [`Chain::standard`]: the environment, the profile file, the web identity of the pod and the
    /// role of the virtual machine. The first one with a credential is used.
    pub fn default_chain() -> Self {
        Self::new(Chain::standard())
    }
}

impl Provider for Chain {
    fn name(&self) -> &str {
        "the credential chain"
    }

    fn provide<'a>(&'a self, transport: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a> {
        Box::pin(self.first(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        if self.providers.is_empty() {
            let problem = "has no provider; add one with `Chain::then`, or use `Chain::standard`";
            return Err(Error::credential(problem));
        }
        let mut absent = Vec::new();
        for provider in &self.providers {
            match provider.check() {
                Ok(()) => {}
                Err(error) if error.is_absent_credential() => {
                    absent.push(describe(&**provider, &error));
                }
                Err(error) => return Err(Error::credential(describe(&**provider, &error))),
            }
        }
        if absent.len() == self.providers.len() {
            return Err(Error::absent_credential(absent.join("; ")));
        }
        Ok(())
    }

    fn region(&self) -> Result<Option<String>, Error> {
        self.first_setting(|provider| provider.region())
    }

    fn site(&self) -> Result<Option<Site>, Error> {
        self.first_setting(|provider| provider.site())
    }

    fn endpoint(&self) -> Result<Option<String>, Error> {
        self.first_setting(|provider| provider.endpoint())
    }

    fn asked(&self) -> &str {
        let asked = self.providers.get(self.asked.load(Ordering::Relaxed));
        asked.map_or(self.name(), |provider| provider.asked())
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
