//! Calls of actions, on the emulator or with a profile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tc3::credential::Credentials;
use tc3::{Action, Client, ClientBuilder, Credential};
use tc3_calls::{describe, site};
use tc3_emulator::{Emulator, Seed};

use crate::problem::Problem;
use crate::settings::{Account, Settings, Source};
use crate::subject::{Subject, Version};

/// The name of the emulator among the targets.
pub(crate) const EMULATOR: &str = "emulator";
/// Prefix of account names, which distinguishes them from the emulator.
const PROFILE: &str = "profile:";
/// The name of the account with the runtime's default credentials.
pub(crate) const DEFAULT: &str = "default";

/// Target of a call.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// The emulator of the explorer.
    Emulator,
    /// The service, called with an account.
    Service(Account),
}

/// State shared by all calls.
#[derive(Default)]
pub(crate) struct Calls {
    /// Cache of descriptions. A description is never freed, so each action is described once.
    actions: Mutex<HashMap<(Version, String), &'static Action>>,
    emulators: tokio::sync::Mutex<HashMap<Version, Arc<Emulator>>>,
    /// Credentials and endpoint of each profile.
    profiles: Mutex<HashMap<String, (Option<String>, Credentials)>>,
}

impl Target {
    /// Finds a target by its name. Only the accounts of the settings are targets.
    pub(crate) fn find(name: &str, settings: &Settings) -> Result<Self, Problem> {
        if name == EMULATOR {
            return Ok(Self::Emulator);
        }
        let mut accounts = settings.accounts.iter();
        match accounts.find(|account| target_name(account) == name) {
            Some(account) => Ok(Self::Service(account.clone())),
            None => Err(Problem::bad_request(format!(
                "there is no target `{name}`; reload the page to choose another"
            ))),
        }
    }
}

/// Returns the target name of an account.
pub(crate) fn target_name(account: &Account) -> String {
    format!("{PROFILE}{}", account.name)
}

impl Calls {
    /// Returns the runtime's description of the action.
    pub(crate) fn action(&self, subject: &Subject) -> &'static Action {
        let key = (subject.of.clone(), subject.action.clone());
        let mut actions = self.actions.lock().unwrap_or_else(PoisonError::into_inner);
        actions
            .entry(key)
            .or_insert_with(|| describe(&subject.spec, &subject.action).expect("it was found"))
    }

    /// Returns the emulator of a service version, and starts it if necessary. Its state lasts as long as the explorer.
    pub(crate) async fn emulator(&self, of: &Version) -> Result<Arc<Emulator>, Problem> {
        let mut emulators = self.emulators.lock().await;
        if let Some(emulator) = emulators.get(of) {
            return Ok(Arc::clone(emulator));
        }
        let builder = Emulator::builder().spec(of.spec()?);
        let emulator = builder
            .start()
            .await
            .map_err(|error| Problem::internal(format!("cannot start the emulator: {error}")))?;
        let emulator = Arc::new(emulator);
        emulators.insert(of.clone(), Arc::clone(&emulator));
        Ok(emulator)
    }

    /// Returns a client of the service for a target. Without a region, calls use that of the account.
    pub(crate) async fn client(
        &self,
        subject: &Subject,
        target: &Target,
        region: Option<&str>,
        settings: &Settings,
    ) -> Result<ClientBuilder, Problem> {
        let builder: ClientBuilder = Client::builder(self.action(subject).service);
        let (builder, region) = match target {
            Target::Emulator => {
                let emulator = self.emulator(&subject.of).await?;
                let credential = Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY);
                let builder = builder.endpoint(emulator.endpoint());
                (builder.credential(credential), region.map(str::to_owned))
            }
            Target::Service(account) => {
                let source = &account.source;
                let region = match region {
                    Some(region) => Some(region.to_owned()),
                    None => source.region().map_err(Problem::bad_request)?,
                };
                let endpoint = match &settings.endpoint {
                    Some(endpoint) => Some(endpoint.clone()),
                    None => source.endpoint().map_err(Problem::bad_request)?,
                };
                let builder = builder.credential(self.credentials(account, endpoint.as_deref()));
                let builder = match endpoint {
                    Some(endpoint) => builder.endpoint(endpoint),
                    None => builder.site(site(subject.of.site)),
                };
                (builder, region)
            }
        };
        Ok(match region {
            Some(region) => builder.region(region),
            None => builder,
        })
    }

    /// Returns the credentials of an account. Those of a profile are cached until its endpoint changes: a new endpoint
    /// usually has a new key, and the old key must not be sent to it.
    fn credentials(&self, account: &Account, endpoint: Option<&str>) -> Credentials {
        let profile = match &account.source {
            Source::Credentials(credentials) => return credentials.clone(),
            Source::Profile(profile) => profile,
        };
        let mut profiles = self.profiles.lock().unwrap_or_else(PoisonError::into_inner);
        match profiles.get(&account.name) {
            Some((cached, credentials)) if cached.as_deref() == endpoint => credentials.clone(),
            _ => {
                let credentials = Credentials::new(profile.clone());
                let kept = (endpoint.map(str::to_owned), credentials.clone());
                profiles.insert(account.name.clone(), kept);
                credentials
            }
        }
    }
}
