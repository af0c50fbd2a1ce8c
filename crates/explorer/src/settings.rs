use std::path::PathBuf;

use tc3::credential::{Credentials, Profile, Provider as _};
use tc3_spec::Site;

/// Settings of an explorer.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The port to listen on; 0 picks a free one.
    pub port: u16,
    /// The site that is shown first.
    pub site: Site,
    /// What is opened first: a service, or a service and an action, as in `cvm.RunInstances`.
    pub start: Option<String>,
    /// The version of the service that is opened first; default: the newest.
    pub version: Option<String>,
    /// The folder of imported texts, with a file `<site>.bin` for each site.
    pub texts: Option<PathBuf>,
    /// What calls of the service can be made with. `default` is what the runtime finds by itself.
    pub accounts: Vec<Account>,
    /// Whether they can call actions that change something.
    pub write: bool,
    /// The host that they call instead of those of their profiles, of the environment and of the documentation.
    pub endpoint: Option<String>,
    /// Names of regions, with the places that they are in, to choose from.
    pub regions: &'static [(&'static str, &'static str)],
    /// Returns whether an option of the command line has a value, for command lines that are pasted; `None` if there is
    /// no such option.
    pub takes_value: fn(&str) -> Option<bool>,
}

/// What a call of the service is made with.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name of the profile.
    pub name: String,
    /// Where its credential, its region and its host come from.
    pub source: Source,
}

/// Where the credential, the region and the host of an account come from.
#[derive(Clone, Debug)]
pub enum Source {
    /// Credentials. The region and the host of the environment take precedence over theirs.
    Credentials(Credentials),
    /// A profile, which is read with each call. Its region and its host take precedence over those of the environment.
    Profile(Profile),
}

impl Source {
    /// Returns the region of calls that choose none; `None` is that of the environment or of the credentials.
    pub(crate) fn region(&self) -> Result<Option<String>, tc3::Error> {
        match self {
            Self::Credentials(_) => Ok(None),
            Self::Profile(profile) => profile.region(),
        }
    }

    /// Returns the host that is called; `None` is that of the environment, of the credentials, or of the documentation.
    pub(crate) fn endpoint(&self) -> Result<Option<String>, tc3::Error> {
        match self {
            Self::Credentials(_) => Ok(None),
            Self::Profile(profile) => profile.endpoint(),
        }
    }
}
