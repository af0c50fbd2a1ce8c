//! The state of the emulated services: accounts, organizations and sent messages.
//!
//! Seeds, state files and tests use the same types.

use std::collections::{HashSet, VecDeque};

use serde::{Deserialize, Serialize};

use crate::clock::Clock;

/// The mutable state, including the clock.
///
/// All times are Unix times in seconds by the emulator's clock.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct State {
    /// The clock.
    pub clock: Clock,
    /// The accounts. Accounts of administrators and members are added automatically.
    pub accounts: Vec<Account>,
    /// The organizations.
    pub organizations: Vec<Organization>,
    /// The last 10,000 sent messages, oldest first.
    pub outbox: VecDeque<Message>,
    /// The highest assigned binding ID.
    pub last_bind_id: u64,
}

/// A Tencent Cloud account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// The account number.
    pub uin: u64,
    /// The site of registration.
    #[serde(default)]
    pub site: Site,
    /// The registered mail address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Whether the account was closed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub closed: bool,
}

/// A site of the vendor. Accounts are separate per site.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Site {
    /// The international site.
    #[default]
    International,
    /// The mainland China site.
    Mainland,
}

/// An organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// The organization ID.
    pub id: u64,
    /// The administrator's account. Its calls act on this organization.
    pub admin: u64,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// The nodes of its tree. The first node is the root, and each other node follows its parent. A missing root is added.
    #[serde(default)]
    pub nodes: Vec<Node>,
    /// The members, without the administrator.
    #[serde(default)]
    pub members: Vec<Member>,
    /// The invitations that were not accepted yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub invitations: Vec<Invitation>,
}

/// A node of an organization's tree.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Node {
    /// The node ID.
    pub id: u64,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Notes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub remark: String,
    /// Its parent's ID; 0 for the root.
    #[serde(default)]
    pub parent: u64,
    /// The time of creation.
    #[serde(default)]
    pub created: u64,
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
    /// Origin of the membership.
    #[serde(default)]
    pub joined: Joined,
    /// Start of the membership.
    #[serde(default)]
    pub since: u64,
    /// The ID of its node; 0 becomes the root's.
    #[serde(default)]
    pub node: u64,
    /// The mailbox bindings, oldest first. Only the last one is current.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bindings: Vec<Binding>,
}

/// Origin of a membership.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Joined {
    /// The organization created the account, which has no mailbox of its own.
    #[default]
    Created,
    /// The account existed before, with its own mailbox, and accepted an invitation.
    Invited,
}

/// A binding of a mailbox and its phone number to a member.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Binding {
    /// The binding ID: `BindId`.
    pub id: u64,
    /// The mail address.
    pub email: String,
    /// The country code of the phone number.
    #[serde(default)]
    pub country_code: String,
    /// The phone number.
    #[serde(default)]
    pub phone: String,
    /// Whether the phone number was confirmed.
    #[serde(default, skip_serializing_if = "is_false")]
    pub phone_bound: bool,
    /// The time of creation.
    #[serde(default)]
    pub applied: u64,
    /// The outcome.
    #[serde(default)]
    pub outcome: Outcome,
    /// The number of updates.
    #[serde(default)]
    pub updates: u32,
    /// The times at which the mail was resent.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resends: Vec<u64>,
    /// The last 32 sent links, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// The code that was sent to the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// The outcome of a binding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The link in the mail was not visited yet.
    #[default]
    Pending,
    /// The mailbox was bound at this time.
    Bound(u64),
    /// The binding failed for this reason.
    Failed(String),
}

/// A link that was sent to a mailbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The token at the end of the path.
    pub token: String,
    /// The recipient address.
    pub email: String,
    /// The time of sending.
    pub sent: u64,
}

/// A code that was sent to a phone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// The digits.
    pub digits: String,
    /// The time of sending.
    pub sent: u64,
}

/// An invitation to join an organization.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invitation {
    /// The invitation ID; 0 becomes a free one.
    #[serde(default)]
    pub id: u64,
    /// The invited account.
    pub uin: u64,
    /// The member name in the organization.
    pub name: String,
    /// Notes.
    #[serde(default)]
    pub remark: String,
    /// The time of sending.
    #[serde(default)]
    pub sent: u64,
    /// The token of the acceptance link.
    #[serde(default)]
    pub token: String,
}

/// A message to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The recipient: a mail address, phone number or account number.
    pub to: String,
    /// The time of sending.
    pub sent: u64,
    /// The subject.
    pub about: About,
    /// The confirmation or acceptance link.
    ///
    /// State files store the path; [`Emulator::outbox`](crate::Emulator::outbox) returns the absolute link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
    /// The code that confirms the phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// The subject of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A mail that asks to confirm a mailbox.
    Mailbox {
        /// The member.
        member: u64,
        /// The binding.
        bind_id: u64,
    },
    /// A text message with a code that confirms a phone.
    Phone {
        /// The member.
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
    /// The maximum number of kept messages.
    const MAX_OUTBOX: usize = 10_000;

    /// Adds a message to the outbox.
    pub(crate) fn send(&mut self, message: Message) {
        if self.outbox.len() >= Self::MAX_OUTBOX {
            self.outbox.pop_front();
        }
        self.outbox.push_back(message);
    }

    /// Returns an open account.
    pub(crate) fn account(&self, uin: u64) -> Option<&Account> {
        self.accounts
            .iter()
            .find(|account| account.uin == uin && !account.closed)
    }

    /// Returns the organization that an account administers.
    pub(crate) fn administered_by(&self, uin: u64) -> Option<&Organization> {
        self.organizations
            .iter()
            .find(|organization| organization.admin == uin)
    }

    /// Whether an account administers an organization or is a member of one.
    pub(crate) fn belongs(&self, uin: u64) -> bool {
        self.administered_by(uin).is_some() || self.members().any(|member| member.uin == uin)
    }

    /// Returns all members of all organizations.
    pub(crate) fn members(&self) -> impl Iterator<Item = &Member> {
        self.organizations
            .iter()
            .flat_map(|organization| &organization.members)
    }

    /// Stores a binding: replaces the member's current one if the ID is the same, else appends it.
    pub(crate) fn put_binding(&mut self, uin: u64, binding: Binding) {
        let mut members = self
            .organizations
            .iter_mut()
            .flat_map(|organization| &mut organization.members);
        if let Some(member) = members.find(|member| member.uin == uin) {
            match member.bindings.last_mut() {
                Some(last) if last.id == binding.id => *last = binding,
                _ => member.bindings.push(binding),
            }
        }
    }

    /// Whether an open account uses a mail address.
    pub(crate) fn is_registered(&self, email: &str) -> bool {
        let matches = |registered: &String| is_same(registered, email);
        self.accounts
            .iter()
            .any(|account| !account.closed && account.email.as_ref().is_some_and(matches))
    }

    /// Adds implied entries: accounts of members and administrators, roots of trees, IDs of invitations, and the highest
    /// binding ID.
    pub(crate) fn complete(&mut self) {
        for organization in &mut self.organizations {
            let root = organization.root();
            for member in &mut organization.members {
                if member.node == 0 {
                    member.node = root;
                }
            }
        }
        let mut last = self.last_invitation_id();
        for invitation in self
            .organizations
            .iter_mut()
            .flat_map(|organization| &mut organization.invitations)
            .filter(|invitation| invitation.id == 0)
        {
            last = last.saturating_add(1);
            invitation.id = last;
        }
        let mut known: HashSet<u64> = self.accounts.iter().map(|account| account.uin).collect();
        let admins = self
            .organizations
            .iter()
            .map(|organization| organization.admin);
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

    /// Returns the highest ID of an invitation.
    pub(crate) fn last_invitation_id(&self) -> u64 {
        let ids = self.organizations.iter().flat_map(|of| &of.invitations);
        ids.map(|invitation| invitation.id).max().unwrap_or(0)
    }

    /// Returns the first inconsistency.
    pub(crate) fn problem(&self) -> Option<String> {
        let mut accounts = HashSet::new();
        if let Some(account) = self
            .accounts
            .iter()
            .find(|account| !accounts.insert(account.uin))
        {
            return Some(format!("duplicate account {}", account.uin));
        }
        // Clients read documented integers as signed.
        if i64::try_from(self.last_bind_id).is_err() {
            return Some(format!("binding ID {} is too large", self.last_bind_id));
        }
        let mut organizations = HashSet::new();
        let mut belonging = HashSet::new();
        let mut bindings = HashSet::new();
        let mut invitations = HashSet::new();
        for organization in &self.organizations {
            if !organizations.insert(organization.id) {
                return Some(format!("duplicate organization {}", organization.id));
            }
            let members = organization.members.iter().map(|member| member.uin);
            if let Some(duplicate) = members
                .chain([organization.admin])
                .find(|uin| !belonging.insert(*uin))
            {
                return Some(format!(
                    "account {duplicate} belongs to more than one organization"
                ));
            }
            let ids = organization
                .members
                .iter()
                .flat_map(|member| &member.bindings);
            if let Some(duplicate) = ids
                .map(|binding| binding.id)
                .find(|id| !bindings.insert(*id))
            {
                return Some(format!("duplicate binding ID {duplicate}"));
            }
            let mut ids = organization.invitations.iter().map(|of| of.id);
            if let Some(duplicate) = ids.find(|id| !invitations.insert(*id)) {
                return Some(format!("duplicate invitation ID {duplicate}"));
            }
            if let Some(problem) = organization.node_problem() {
                return Some(problem);
            }
        }
        None
    }
}

impl Organization {
    /// Returns the ID of the root, which is added if there is none.
    fn root(&mut self) -> u64 {
        if self.nodes.is_empty() {
            self.nodes.push(Node {
                id: 1,
                name: "Root".to_owned(),
                ..Node::default()
            });
        }
        self.nodes[0].id
    }

    /// Returns a node.
    pub(crate) fn node(&self, id: u64) -> Option<&Node> {
        self.nodes.iter().find(|node| node.id == id)
    }

    /// Returns the first inconsistency of the tree.
    fn node_problem(&self) -> Option<String> {
        let mut known = HashSet::new();
        for node in &self.nodes {
            let has_parent = match known.is_empty() {
                true => node.parent == 0,
                false => known.contains(&node.parent),
            };
            if !has_parent {
                return Some(format!(
                    "the parent of node {} is {}; the first node must be the root, with the parent 0, and each other node \
                     must follow its parent",
                    node.id, node.parent
                ));
            }
            if node.id == 0 || !known.insert(node.id) {
                return Some(format!("duplicate or invalid node ID {}", node.id));
            }
        }
        let stray = self
            .members
            .iter()
            .find(|member| !known.contains(&member.node))?;
        Some(format!(
            "member {} belongs to node {}, which organization {} lacks",
            stray.uin, stray.node, self.id
        ))
    }

    /// Returns the member with this account.
    pub(crate) fn member(&self, uin: u64) -> Option<&Member> {
        self.members.iter().find(|member| member.uin == uin)
    }
}

impl Member {
    /// Returns the current binding: the last one.
    pub fn binding(&self) -> Option<&Binding> {
        self.bindings.last()
    }
}

impl Binding {
    /// The maximum number of kept links, more than the default limits allow.
    pub(crate) const MAX_LINKS: usize = 32;
}

/// Whether two mail addresses are the same. Case is ignored, as mail servers do in practice.
pub(crate) fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

fn is_false(flag: &bool) -> bool {
    !*flag
}
