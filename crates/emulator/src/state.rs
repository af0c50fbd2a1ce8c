//! What the emulated services know: accounts, organizations, what was sent to whom.
//!
//! All of it is plain data, the same in a seed, in a state file and in a test's hands.

use std::collections::{HashSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::clock::Clock;

/// Everything that requests can change, and the time.
///
/// Times are Unix times in seconds, by the emulator's clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// The clock.
    pub clock: Clock,
    /// The accounts. Those of administrators and members need not be listed: they are there anyway.
    pub accounts: Vec<Account>,
    /// The organizations.
    pub organizations: Vec<Organization>,
    /// What was sent to people, oldest first; the last ten thousand.
    pub outbox: VecDeque<Message>,
    /// The highest id of a mailbox binding that was given out.
    pub last_bind_id: u64,
}

/// A Tencent Cloud account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The account's number.
    pub uin: u64,
    /// The site at which it was registered.
    #[serde(default)]
    pub site: Site,
    /// The address that it was registered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether it was closed, so that there is no such user any more.
    #[serde(default, skip_serializing_if = "is_false")]
    pub closed: bool,
}

/// A site of the vendor. Their accounts are apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// The site for the world.
    #[default]
    International,
    /// The site for mainland China.
    Mainland,
}

/// An organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its number.
    pub id: u64,
    /// The account that administers it. What it calls is done to this organization.
    pub admin: u64,
    /// The members, without the administrator.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The invitations that nobody has accepted yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invitations: Vec<Invitation>,
}

/// A member of an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Member {
    /// Its account.
    pub uin: u64,
    /// Its name in the organization.
    #[serde(default)]
    pub name: String,
    /// Notes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// How it became a member.
    #[serde(default)]
    pub joined: Joined,
    /// The mailbox bindings, oldest first. The last one counts; those before it are void.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<Binding>,
}

/// How an account became a member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// The organization made the account, so that it has no mailbox of its own.
    #[default]
    Created,
    /// The account was there before, with a mailbox of its own, and accepted an invitation.
    Invited,
}

/// The binding of a mailbox, and of the telephone that secures it, to a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// Its number: `BindId`.
    pub id: u64,
    /// The address.
    pub email: String,
    /// The telephone's country code.
    #[serde(default)]
    pub country_code: String,
    /// The telephone's number.
    #[serde(default)]
    pub phone: String,
    /// Whether the telephone's owner has confirmed it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub phone_bound: bool,
    /// When it was applied for.
    #[serde(default)]
    pub applied: u64,
    /// What has become of it.
    #[serde(default)]
    pub outcome: Outcome,
    /// How often it was changed.
    #[serde(default)]
    pub updates: u32,
    /// When its mail was sent again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resends: Vec<u64>,
    /// The links that were sent, oldest first; the last thirty-two.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The code that was sent to the telephone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// What has become of a binding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Nothing yet: it waits for the link in its mail to be visited.
    #[default]
    Pending,
    /// The mailbox is bound, since this time.
    Bound(u64),
    /// It failed, for this reason.
    Failed(String),
}

/// A link that was sent to a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What tells it from other links: the end of its path.
    pub token: String,
    /// The address that it was sent to.
    pub email: String,
    /// When it was sent.
    pub sent: u64,
}

/// A code that was sent to a telephone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The digits.
    pub digits: String,
    /// When it was sent.
    pub sent: u64,
}

/// An invitation to join an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// The account that is invited.
    pub uin: u64,
    /// The name that it will have in the organization.
    pub name: String,
    /// Notes.
    #[serde(default)]
    pub remark: String,
    /// When it was sent.
    #[serde(default)]
    pub sent: u64,
    /// The end of the path of the link by which it is accepted.
    #[serde(default)]
    pub token: String,
}

/// Something that was sent to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Where to: an address, a telephone number, or the number of an account.
    pub to: String,
    /// When it was sent.
    pub sent: u64,
    /// What it is about.
    pub about: About,
    /// The link in it: whoever visits it confirms or accepts.
    ///
    /// In a state file it is a path; [`Emulator::outbox`](crate::Emulator::outbox) puts the address before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The code in it, which proves that the telephone is in the reader's hands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// What a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A mail that asks to confirm a mailbox.
    Mailbox {
        /// The member that it is for.
        member: u64,
        /// The binding.
        bind_id: u64,
    },
    /// A text message with a code that confirms a telephone.
    Phone {
        /// The member that it is for.
        member: u64,
        /// The binding.
        bind_id: u64,
    },
    /// An invitation.
    Invitation {
        /// The organization.
        organization: u64,
    },
}

impl State {
    /// How many messages are kept.
    const OUTBOX: usize = 10_000;

    /// Notes that a message was sent.
    pub(crate) fn send(&mut self, message: Message) {
        if self.outbox.len() >= Self::OUTBOX {
            self.outbox.pop_front();
        }
        self.outbox.push_back(message);
    }

    /// The account of that number, unless there is none or it was closed.
    pub(crate) fn account(&self, uin: u64) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.uin == uin && !account.closed)
    }

    /// The organization that an account administers.
    pub(crate) fn administered_by(&self, uin: u64) -> Option<&Organization> {
        self.organizations
            .iter()
            .find(|organization| organization.admin == uin)
    }

    /// Whether an account administers an organization or is a member of one.
    pub(crate) fn belongs(&self, uin: u64) -> bool {
        self.administered_by(uin).is_some() || self.members().any(|member| member.uin == uin)
    }

    /// All members of all organizations.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        self.organizations
            .iter()
            .flat_map(|organization| &organization.members)
    }

    /// Puts a binding among those of a member: in the place of the one that counts if it is the same, or else after it.
    pub(crate) fn keep(&mut self, uin: u64, binding: Binding) {
        let mut members = self.organizations.iter_mut().flat_map(|of| &mut of.members);
        if let Some(member) = members.find(|member| member.uin == uin) {
            match member.bindings.last_mut() {
                Some(last) if last.id == binding.id => *last = binding,
                _ => member.bindings.push(binding),
            }
        }
    }

    /// Whether an account was registered with a mail address.
    pub(crate) fn is_registered(&self, email: &str) -> bool {
        let has_it = |of: &String| is_same(of, email);
        self.accounts
            .iter()
            .any(|account| !account.closed && account.email.as_ref().is_some_and(has_it))
    }

    /// Adds what goes without saying: the accounts of members and administrators, and the highest number of a binding.
    pub(crate) fn complete(&mut self) {
        let mut known: HashSet<u64> = self.accounts.iter().map(|account| account.uin).collect();
        let admins = self.organizations.iter().map(|of| of.admin);
        let missing: Vec<u64> = admins
            .chain(self.members().map(|member| member.uin))
            .filter(|uin| known.insert(*uin))
            .collect();
        self.accounts.extend(missing.into_iter().map(|uin| Account {
            uin,
            ..Account::default()
        }));
        let highest = self
            .members()
            .flat_map(|member| &member.bindings)
            .map(|binding| binding.id)
            .max();
        self.last_bind_id = self.last_bind_id.max(highest.unwrap_or(0));
    }

    /// What contradicts itself, if anything does.
    pub(crate) fn problem(&self) -> Option<String> {
        let mut accounts = HashSet::new();
        if let Some(twice) = self.accounts.iter().find(|of| !accounts.insert(of.uin)) {
            return Some(format!("account {} stands there twice", twice.uin));
        }
        // The documentation's integers are signed, and clients read them as such.
        if i64::try_from(self.last_bind_id).is_err() {
            return Some(format!(
                "binding {} is too high a number",
                self.last_bind_id
            ));
        }
        let mut organizations = HashSet::new();
        let mut belonging = HashSet::new();
        let mut bindings = HashSet::new();
        for organization in &self.organizations {
            if !organizations.insert(organization.id) {
                return Some(format!(
                    "organization {} stands there twice",
                    organization.id
                ));
            }
            let members = organization.members.iter().map(|member| member.uin);
            if let Some(twice) = members
                .chain([organization.admin])
                .find(|uin| !belonging.insert(*uin))
            {
                return Some(format!(
                    "account {twice} belongs to an organization twice, and may to one only"
                ));
            }
            let ids = organization.members.iter().flat_map(|of| &of.bindings);
            if let Some(twice) = ids.map(|of| of.id).find(|id| !bindings.insert(*id)) {
                return Some(format!("binding {twice} stands there twice"));
            }
        }
        None
    }
}

impl Organization {
    /// The member of that number.
    pub(crate) fn member(&self, uin: u64) -> Option<&Member> {
        self.members.iter().find(|member| member.uin == uin)
    }
}

impl Member {
    /// The binding that counts, if there ever was one.
    pub fn binding(&self) -> Option<&Binding> {
        self.bindings.last()
    }
}

impl Binding {
    /// How many links are kept: more than the default limits let a binding have, and no more where limits are raised.
    pub(crate) const LINKS: usize = 32;
}

/// Whether two mail addresses are the same. No server tells capitals apart in practice.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn is_false(flag: &bool) -> bool {
    !*flag
}
