//! What an emulator starts with.

use std::collections::HashSet;
use std::path::Path;

use serde::Deserialize;

use crate::state::{Account, Member, Organization, Site, State};
use crate::{Caller, Clock, Limits, StartError};

/// What an emulator starts with: who may call, and what there is.
///
/// As a file it is JSON, with the keys of this type and of [`State`]'s parts:
/// ```
/// use std::path::Path;
///
/// let seed = tc3_emulator::Seed::from_json(
///     r#"{
///         "callers": [{ "secret_id": "AKIDTEST", "secret_key": "test-key", "uin": 1 }],
///         "limits": { "resends_an_hour": 1 },
///         "clock": { "stopped": 1700000000 },
///         "accounts": [{ "uin": 9, "site": "mainland" }],
///         "organizations": [{ "id": 1, "admin": 1, "members": [{ "uin": 2, "name": "Ada" }] }]
///     }"#,
///     Path::new("seed.json"),
/// )?;
/// assert_eq!(seed.organizations[0].members[0].name, "Ada");
/// # Ok::<(), tc3_emulator::StartError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Seed {
    /// The credentials that may call. They are not part of the state, so that no state file holds a key.
    pub callers: Vec<Caller>,
    /// The sizes of limits.
    pub limits: Limits,
    /// The clock.
    pub clock: Clock,
    /// The accounts; those of administrators and members need not be listed.
    pub accounts: Vec<Account>,
    /// The organizations.
    pub organizations: Vec<Organization>,
}

impl Seed {
    /// The secret id of the [demonstration](Self::demonstration).
    pub const SECRET_ID: &'static str = "AKIDEMULATOR";
    /// The secret key of the demonstration, which opens nothing else.
    pub const SECRET_KEY: &'static str = "emulator-key";
    /// The account that administers the demonstration's organization.
    pub const ADMIN: u64 = 100_000_000_001;

    /// Nothing: no credential, no account, no organization.
    pub fn empty() -> Self {
        Self::default()
    }

    /// An organization to begin with: [`ADMIN`](Self::ADMIN) administers it and calls with
    /// [`SECRET_ID`](Self::SECRET_ID) and [`SECRET_KEY`](Self::SECRET_KEY); 111111111111, the member of the
    /// documentation's examples, and 100000000002 are members; 123, whom an example invites, and 100000000003, of the
    /// mainland's site, are not.
    pub fn demonstration() -> Self {
        let account = |uin, site| Account {
            uin,
            site,
            ..Account::default()
        };
        Self {
            callers: vec![Caller::new(Self::SECRET_ID, Self::SECRET_KEY, Self::ADMIN)],
            accounts: vec![
                account(123, Site::International),
                account(100_000_000_003, Site::Mainland),
            ],
            organizations: vec![Organization {
                id: 1,
                admin: Self::ADMIN,
                members: vec![
                    member(111_111_111_111, "Ada"),
                    member(100_000_000_002, "Grace"),
                ],
                ..Organization::default()
            }],
            ..Self::default()
        }
    }

    /// Adds a credential.
    pub fn caller(mut self, caller: Caller) -> Self {
        self.callers.push(caller);
        self
    }

    /// Adds an account.
    pub fn account(mut self, account: Account) -> Self {
        self.accounts.push(account);
        self
    }

    /// Adds an organization.
    pub fn organization(mut self, organization: Organization) -> Self {
        self.organizations.push(organization);
        self
    }

    /// Reads a seed from a file.
    ///
    /// # Errors
    /// If the file cannot be read, is no seed, or contradicts itself.
    pub fn load(path: &Path) -> Result<Self, StartError> {
        let text = std::fs::read_to_string(path).map_err(|error| StartError::Data {
            origin: path.display().to_string(),
            message: format!("cannot read the seed: {error}"),
        })?;
        Self::from_json(&text, path)
    }

    /// Reads a seed from its JSON; `path` is where errors say that it stands.
    ///
    /// # Errors
    /// If the text is no seed, or one that contradicts itself.
    pub fn from_json(text: &str, path: &Path) -> Result<Self, StartError> {
        let seed: Self = serde_json::from_str(text).map_err(|error| syntax(&error, path))?;
        seed.check(&path.display().to_string())?;
        Ok(seed)
    }

    /// Refuses a seed that contradicts itself.
    pub(crate) fn check(&self, origin: &str) -> Result<(), StartError> {
        let mut ids = HashSet::new();
        let twice = self.callers.iter().find(|of| !ids.insert(&of.secret_id));
        let problem = match twice {
            Some(caller) => Some(format!("secret id {} stands there twice", caller.secret_id)),
            None => self.state().problem(),
        };
        problem.map_or(Ok(()), |message| {
            Err(StartError::Data {
                origin: origin.to_owned(),
                message,
            })
        })
    }

    /// The state that it describes.
    pub(crate) fn state(&self) -> State {
        let mut state = State {
            clock: self.clock,
            accounts: self.accounts.clone(),
            organizations: self.organizations.clone(),
            ..State::default()
        };
        state.complete();
        state
    }
}

/// A member that the organization made.
fn member(uin: u64, name: &str) -> Member {
    Member {
        uin,
        name: name.to_owned(),
        ..Member::default()
    }
}

/// A file that is no JSON, or not of the form that it must have.
pub(crate) fn syntax(error: &serde_json::Error, path: &Path) -> StartError {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    let message = message
        .strip_suffix(&format!(" at line {line} column {column}"))
        .unwrap_or(&message);
    StartError::Data {
        origin: format!("{}:{line}:{column}", path.display()),
        message: message.to_owned(),
    }
}
