//! The stateful workflow of the service `organization`: member mailboxes, invitations, and lists.
//!
//! These rules apply where the documentation does not specify the behaviour:
//! - An account acts on the organization that it administers. All other accounts get `OrganizationNotExist`.
//! - A mailbox can be added while the status is `Unbound` or `Failed`. A new binding is `Valid` until its link is visited
//!   (`Success`) or expires (`Failed`). Only the last binding of a member is current.
//! - Invited members have their own mailbox, so binding one fails with `UnsupportedOperation`.
//! - A changed address must be confirmed again by the link in a new mail.
//! - Only open invitations are listed: with `Invited` 1 those to the caller, otherwise those of the caller's organization.
//!   Their status is 0. A response omits fields that the state does not contain.
//! - Error codes are the vendor's. Error messages are written by this project.

mod binding;
mod codes;
mod form;
mod invitation;
mod link_visit;
mod links;
mod lists;
mod mailbox;
mod parameters;
mod request;

pub use self::form::{Visit, Visited};
pub(crate) use self::link_visit::LinkVisit;
pub(crate) use self::links::PATH as LINKS;
use self::lists::{v2018, v2021};
pub(crate) use self::request::{ActionResult, Request};
use crate::state::State;

/// The service's short name.
const SERVICE: &str = "organization";

/// A stateful action.
pub(crate) enum Operation {
    Read(fn(&State, &Request<'_>) -> ActionResult),
    Write(fn(&mut State, &Request<'_>) -> ActionResult),
}

/// Returns the implementation of a stateful action.
pub(crate) fn operation(service: &str, version: &str, action: &str) -> Option<Operation> {
    if service != SERVICE {
        return None;
    }
    Some(match (version, action) {
        ("2021-03-31", "AddOrganizationMemberEmail") => Operation::Write(mailbox::add),
        ("2021-03-31", "DescribeOrganizationMemberEmailBind") => Operation::Read(mailbox::describe),
        ("2021-03-31", "UpdateOrganizationMemberEmailBind") => Operation::Write(mailbox::update),
        ("2021-03-31", "SendOrgMemberAccountBindEmail") => Operation::Write(mailbox::send),
        ("2021-03-31", "DescribeOrganization") => Operation::Read(v2021::organization),
        ("2021-03-31", "DescribeOrganizationMembers") => Operation::Read(v2021::members),
        ("2021-03-31", "DescribeOrganizationNodes") => Operation::Read(v2021::nodes),
        ("2018-12-25", "GetOrganization") => Operation::Read(v2018::organization),
        ("2018-12-25", "GetOrganizationMember") => Operation::Read(v2018::member),
        ("2018-12-25", "ListOrganizationMembers") => Operation::Read(v2018::members),
        ("2018-12-25", "ListOrganizationNodeMembers") => Operation::Read(v2018::node_members),
        ("2018-12-25", "ListOrganizationNodes") => Operation::Read(v2018::nodes),
        ("2018-12-25", "ListOrganizationInvitations") => Operation::Read(v2018::invitations),
        ("2018-12-25", "SendOrganizationInvitation") => Operation::Write(invitation::send),
        _ => return None,
    })
}
