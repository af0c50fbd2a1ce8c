//! Calls of actions, on the emulator or with a profile.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tc3::credential::{Credentials, Profile};
use tc3::{Action, Client, ClientBuilder, Credential};
use tc3_calls::describe;
use tc3_emulator::{Emulator, Seed};

use crate::problem::Problem;
use crate::settings::Settings;
use crate::subject::{Subject, Version};

/// The name of the emulator among the targets.
pub(crate) const EMULATOR: &str = "emulator";
/// The name of the environment and the default profile.
pub(crate) const DEFAULT: &str = "default";
/// What stands before the name of a profile.
const PROFILE: &str = "profile:";

/// What a call is sent to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    /// The emulator of the explorer.
    Emulator,
    /// The service, with what the environment or the default profile has.
    Default,
    /// The service, with a profile.
    Profile(String),
}

/// What calls share.
#[derive(Default)]
pub(crate) struct Calls {
    /// An action is described once, because its description is kept for good.
    actions: Mutex<HashMap<(Version, String), &'static Action>>,
    emulators: tokio::sync::Mutex<HashMap<Version, Arc<Emulator>>>,
    /// They are kept, so that temporary credentials are fetched once.
    credentials: Mutex<HashMap<Target, Credentials>>,
}

impl Target {
    /// Finds a target by its name. Only the profiles of the settings are targets.
    pub(crate) fn find(name: &str, settings: &Settings) -> Result<Self, Problem> {
        match (name, name.strip_prefix(PROFILE)) {
            (EMULATOR, _) => Ok(Self::Emulator),
            (DEFAULT, _) => Ok(Self::Default),
            (_, Some(profile)) if settings.profiles.iter().any(|known| known == profile) => {
                Ok(Self::Profile(profile.to_owned()))
            }
            _ => Err(Problem::bad(format!(
                "there is no target `{name}`; reload the page to choose another"
            ))),
        }
    }

    /// Returns the name by which the target is found.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Emulator => EMULATOR.to_owned(),
            Self::Default => DEFAULT.to_owned(),
            Self::Profile(name) => format!("{PROFILE}{name}"),
        }
    }
}

impl Calls {
    /// Returns the action as the runtime describes it.
    pub(crate) fn action(&self, subject: &Subject) -> &'static Action {
        let key = (subject.of.clone(), subject.action.clone());
        let mut actions = self.actions.lock().unwrap_or_else(PoisonError::into_inner);
        actions
            .entry(key)
            .or_insert_with(|| describe(&subject.spec, &subject.action).expect("it was found"))
    }

    /// Returns the emulator of a service version, and starts it if need be. Its state lives as long as the explorer.
    pub(crate) async fn emulator(&self, of: &Version) -> Result<Arc<Emulator>, Problem> {
        let mut emulators = self.emulators.lock().await;
        if let Some(emulator) = emulators.get(of) {
            return Ok(Arc::clone(emulator));
        }
        let builder = Emulator::builder().spec(of.spec()?);
        let emulator = builder
            .start()
            .await
            .map_err(|error| Problem::failed(format!("cannot start the emulator: {error}")))?;
        let emulator = Arc::new(emulator);
        emulators.insert(of.clone(), Arc::clone(&emulator));
        Ok(emulator)
    }

    /// Returns a client of the service for a target.
    pub(crate) async fn client(
        &self,
        subject: &Subject,
        target: &Target,
        settings: &Settings,
    ) -> Result<ClientBuilder, Problem> {
        let builder: ClientBuilder = Client::builder(self.action(subject).service);
        if *target == Target::Emulator {
            let emulator = self.emulator(&subject.of).await?;
            let credential = Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY);
            return Ok(builder.endpoint(emulator.endpoint()).credential(credential));
        }
        let endpoint = settings.endpoint.as_deref();
        Ok(builder
            .endpoint(endpoint.unwrap_or(&subject.spec.endpoint))
            .credential(self.credentials(target)))
    }

    fn credentials(&self, target: &Target) -> Credentials {
        let credentials = self.credentials.lock();
        let mut credentials = credentials.unwrap_or_else(PoisonError::into_inner);
        let of = credentials
            .entry(target.clone())
            .or_insert_with(|| match target {
                Target::Profile(name) => Credentials::new(Profile::new().section(name)),
                Target::Emulator | Target::Default => Credentials::default_chain(),
            });
        of.clone()
    }
}
