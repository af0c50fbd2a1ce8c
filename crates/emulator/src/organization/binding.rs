//! The status of a binding.

use crate::Limits;
use crate::state::{Binding, Member, Outcome};

/// The `BindStatus` of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    /// No mailbox was ever added.
    Unbound,
    /// The link was not visited yet.
    Valid,
    /// The mailbox is bound.
    Success,
    /// The binding failed.
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

    /// Whether the mailbox is bound or pending.
    pub(super) fn is_active(self) -> bool {
        matches!(self, Status::Valid | Status::Success)
    }
}

/// The message for an expired link.
pub(super) const EXPIRED: &str = "The mailbox binding link has expired.";

impl Binding {
    pub(super) fn status(&self, limits: &Limits, now: u64) -> Status {
        match &self.outcome {
            Outcome::Bound(_) => Status::Success,
            Outcome::Failed(_) => Status::Failed,
            Outcome::Pending => {
                let sent = self.links.last().map_or(self.applied, |link| link.sent);
                if is_expired(sent, limits.link_seconds, now) {
                    Status::Failed
                } else {
                    Status::Valid
                }
            }
        }
    }
}

impl Member {
    /// Returns the status of the current binding.
    pub(super) fn status(&self, limits: &Limits, now: u64) -> Status {
        self.binding()
            .map_or(Status::Unbound, |binding| binding.status(limits, now))
    }
}

/// Whether a link, code or invitation with a lifetime of `seconds` has expired.
pub(super) fn is_expired(sent: u64, seconds: u64, now: u64) -> bool {
    now >= sent.saturating_add(seconds)
}
