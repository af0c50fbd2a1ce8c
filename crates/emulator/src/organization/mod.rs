//! The workflow of the service `organization`, for real: mailboxes of members, and invitations.
//!
//! The documentation says what an action is for and what may go wrong; what it leaves open is decided here, once:
//! - An account acts on the organization that it administers. To everybody else there is no organization.
//! - A member without a mailbox, or whose last binding failed, is `Unbound` or `Failed`, and one may be added. A new
//!   binding is `Valid` until the link in its mail is visited, which makes it `Success`; a link that expires makes it
//!   `Failed`. Of a member's bindings the last one counts; those before it are invalid.
//! - Members that were invited have a mailbox of their own, so that nothing can be bound to them
//!   (`UnsupportedOperation`).
//! - A changed address has to be confirmed again, by the link in the mail that goes to it.
//! - Texts of error messages are ours, codes are the documentation's.

mod binding;
mod codes;
mod invitation;
mod links;
mod mailbox;
mod parameters;

use serde_json::{Map, Value};

pub(crate) use self::links::{PATH as LINKS, Visiting};
pub use self::links::{Visit, Visited};
use self::parameters::Parameters;
use crate::service_error::ServiceError;
use crate::state::State;
use crate::{Caller, Limits};

/// The service's short name.
const SERVICE: &str = "organization";

/// What an action answers: what stands inside `Response`, without `RequestId`.
pub(crate) type ActionResult = Result<Map<String, Value>, ServiceError>;

/// An action that is emulated for real.
pub(crate) enum Operation {
    Read(fn(&State, &Request<'_>) -> ActionResult),
    Write(fn(&mut State, &Request<'_>) -> ActionResult),
}

/// What an action is carried out with.
pub(crate) struct Request<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) parameters: Parameters<'a>,
    pub(crate) limits: &'a Limits,
    /// Unix time in seconds.
    pub(crate) now: u64,
}

impl<'a> Request<'a> {
    pub(crate) fn new(
        caller: &'a Caller,
        parameters: &'a Map<String, Value>,
        limits: &'a Limits,
        now: u64,
    ) -> Self {
        Self {
            caller,
            parameters: Parameters(parameters),
            limits,
            now,
        }
    }
}

/// The action of that name, if it is one of those that are emulated for real.
pub(crate) fn operation(service: &str, version: &str, action: &str) -> Option<Operation> {
    if service != SERVICE {
        return None;
    }
    Some(match (version, action) {
        ("2021-03-31", "AddOrganizationMemberEmail") => Operation::Write(mailbox::add),
        ("2021-03-31", "DescribeOrganizationMemberEmailBind") => Operation::Read(mailbox::describe),
        ("2021-03-31", "UpdateOrganizationMemberEmailBind") => Operation::Write(mailbox::update),
        ("2021-03-31", "SendOrgMemberAccountBindEmail") => Operation::Write(mailbox::send),
        ("2018-12-25", "SendOrganizationInvitation") => Operation::Write(invitation::send),
        _ => return None,
    })
}

/// A text that nobody guesses, for links.
fn token() -> String {
    uuid::Uuid::new_v4().simple().to_string()
}
