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
    /// The first page: a service, or a service and an action, such as `cvm.RunInstances`.
    pub start: Option<String>,
    /// The service version of the first page; default: the newest.
    pub version: Option<String>,
    /// The folder of imported texts, with a file `<site>.bin` for each site.
    pub texts: Option<PathBuf>,
    /// Accounts for calls of the service. `default` uses the runtime's default credentials.
    pub accounts: Vec<Account>,
    /// Whether accounts may call actions that modify state.
    pub write: bool,
    /// The endpoint for all accounts. It takes precedence over those of profiles, of the environment and of the
    /// documentation.
    pub endpoint: Option<String>,
    /// Region names with their locations, as suggestions.
    pub regions: &'static [(&'static str, &'static str)],
    /// Returns whether an option of `tc3` has a value, to parse pasted command lines. Returns `None` if there is no such
    /// option.
    pub takes_value: fn(&str) -> Option<bool>,
}

/// Account for calls of the service.
#[derive(Clone, Debug)]
pub struct Account {
    /// The name of the profile.
    pub name: String,
    /// Source of its credential, region and endpoint.
    pub source: Source,
}

/// Source of the credential, region and endpoint of an account.
#[derive(Clone, Debug)]
pub enum Source {
    /// Credentials. The region and endpoint of the environment take precedence over theirs.
    Credentials(Credentials),
    /// A profile, which is read at each call. Its region and endpoint take precedence over those of the environment.
    Profile(Profile),
}

impl Source {
    /// Returns the default region of calls; `None` for that of the environment or of the credentials.
    pub(crate) fn region(&self) -> Result<Option<String>, tc3::Error> {
        match self {
            Self::Credentials(_) => Ok(None),
            Self::Profile(profile) => profile.region(),
        }
    }

    /// Returns the endpoint; `None` for that of the environment, of the credentials, or of the documentation.
    pub(crate) fn endpoint(&self) -> Result<Option<String>, tc3::Error> {
        match self {
            Self::Credentials(_) => Ok(None),
            Self::Profile(profile) => profile.endpoint(),
        }
    }
}
