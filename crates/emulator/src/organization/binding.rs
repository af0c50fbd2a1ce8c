//! What a binding is at a time.

use crate::Limits;
use crate::state::{Binding, Member, Outcome};

/// What the documentation calls `BindStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// Nothing was ever bound.
    Unbound,
    /// It waits for its link to be visited.
    Valid,
    /// The mailbox is bound.
    Success,
    /// It failed.
    Failed,
}

impl Status {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Status::Unbound => "Unbound",
            Status::Valid => "Valid",
            Status::Success => "Success",
            Status::Failed => "Failed",
        }
    }

    /// Whether the mailbox is taken, for good or until the link expires.
    pub(super) fn is_alive(self) -> bool {
        matches!(self, Status::Valid | Status::Success)
    }
}

/// What is said of a binding whose link nobody visited.
pub(super) const EXPIRED: &str = "The mailbox binding link has expired.";

impl Binding {
    pub(super) fn status(&self, limits: &Limits, now: u64) -> Status {
        match &self.outcome {
            Outcome::Bound(_) => Status::Success,
            Outcome::Failed(_) => Status::Failed,
            Outcome::Pending => {
                let sent = self.links.last().map_or(self.applied, |link| link.sent);
                if is_over(sent, limits.link_seconds, now) {
                    Status::Failed
                } else {
                    Status::Valid
                }
            }
        }
    }
}

impl Member {
    /// The status of the binding that counts.
    pub(super) fn status(&self, limits: &Limits, now: u64) -> Status {
        self.binding()
            .map_or(Status::Unbound, |binding| binding.status(limits, now))
    }
}

/// Whether something that was sent at a time, and is good for some seconds, is so no more.
pub(super) fn is_over(sent: u64, seconds: u64, now: u64) -> bool {
    now >= sent.saturating_add(seconds)
}
