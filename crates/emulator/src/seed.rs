//! The initial state of an emulator.

use std::collections::{HashSet, VecDeque};
use std::path::Path;

use serde::Deserialize;

use crate::error::{json_error, read};
use crate::state::{Account, Member, Message, Organization, Site, State};
use crate::{Caller, Clock, Limits, StartError};

/// The initial state of an emulator: credentials, limits, accounts and organizations.
///
/// A [`State`] as JSON is a seed too; it lacks the callers, which an emulator requires.
///
/// A seed file is JSON with these keys:
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
    /// The accepted credentials. They are not part of the state, so no state file contains a key.
    pub callers: Vec<Caller>,
    /// The service limits.
    pub limits: Limits,
    /// The clock.
    pub clock: Clock,
    /// The accounts. Accounts of administrators and members are added automatically.
    pub accounts: Vec<Account>,
    /// The organizations.
    pub organizations: Vec<Organization>,
    /// The sent messages, oldest first, as in a state.
    pub outbox: VecDeque<Message>,
    /// The highest assigned binding ID, as in a state.
    pub last_bind_id: u64,
}

impl Seed {
    /// The secret id of the [demonstration](Self::demonstration).
    pub const SECRET_ID: &'static str = "AKIDEMULATOR";
    /// The secret key of the demonstration. It is valid only here.
    pub const SECRET_KEY: &'static str = "emulator-key";
    /// The account that administers the demonstration's organization.
    pub const ADMIN: u64 = 100_000_000_001;

    /// Returns a seed without credentials, accounts and organizations.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Returns a seed with one organization.
    ///
    /// - [`ADMIN`](Self::ADMIN) administers it and calls with [`SECRET_ID`](Self::SECRET_ID) and
    ///   [`SECRET_KEY`](Self::SECRET_KEY).
    /// - 111111111111 (the member in the documentation's examples) and 100000000002 are members.
    /// - 123 (invited in an example) and 100000000003 (mainland site) are accounts outside it.
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

    /// Loads a seed from a file.
    ///
    /// # Errors
    /// Fails if the file cannot be read or the seed is invalid or inconsistent.
    pub fn load(path: &Path) -> Result<Self, StartError> {
        let text = read(path, "the seed")?;
        Self::from_json(&text, path)
    }

    /// Parses a seed from JSON; `path` is used in error messages.
    ///
    /// # Errors
    /// Fails if the seed is invalid or inconsistent.
    pub fn from_json(text: &str, path: &Path) -> Result<Self, StartError> {
        let seed: Self = serde_json::from_str(text).map_err(|error| json_error(&error, path))?;
        seed.check(&path.display().to_string())?;
        Ok(seed)
    }

    /// Fails if the seed is inconsistent.
    pub(crate) fn check(&self, origin: &str) -> Result<(), StartError> {
        let mut ids = HashSet::new();
        let duplicate = self
            .callers
            .iter()
            .find(|caller| !ids.insert(&caller.secret_id));
        let problem = match duplicate {
            Some(caller) => Some(format!("duplicate secret id {}", caller.secret_id)),
            None => self.state().problem(),
        };
        problem.map_or(Ok(()), |message| {
            Err(StartError::Data {
                origin: origin.to_owned(),
                message,
            })
        })
    }

    /// Fails if no call could succeed, for lack of callers.
    pub(crate) fn check_callers(&self) -> Result<(), StartError> {
        if !self.callers.is_empty() {
            return Ok(());
        }
        let admin = self.organizations.first().map(|of| of.admin);
        Err(StartError::NoCallers {
            uin: admin.unwrap_or(Self::ADMIN),
        })
    }

    /// Returns the initial state.
    pub(crate) fn state(&self) -> State {
        let mut state = State {
            clock: self.clock,
            accounts: self.accounts.clone(),
            organizations: self.organizations.clone(),
            outbox: self.outbox.clone(),
            last_bind_id: self.last_bind_id,
        };
        state.complete();
        state
    }
}

/// Creates a member whose account the organization created.
fn member(uin: u64, name: &str) -> Member {
    Member {
        uin,
        name: name.to_owned(),
        ..Member::default()
    }
}
