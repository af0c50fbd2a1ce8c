//! Service limits. The documentation names them but not their sizes.

use serde::{Deserialize, Serialize};

/// Sizes of the limits that the documentation names without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Limits {
    /// Members and open invitations per organization; beyond it, `LimitExceeded.Members`.
    pub members: usize,
    /// Mailboxes added per organization in 24 hours; beyond it, `LimitExceeded.EmailBindOverLimit`.
    pub bindings_a_day: usize,
    /// Members per phone number; beyond it, `LimitExceeded.PhoneNumBound`.
    pub members_a_phone: usize,
    /// Updates per binding; beyond it, `LimitExceeded.UpdateEmailBindOverLimit`.
    pub updates: u32,
    /// Resent mails per binding; beyond it, `LimitExceeded.SendEmailLimit`.
    pub resends: usize,
    /// Resent mails per binding and hour; beyond it, `LimitExceeded.SendEmailWithinOneHourLimit`.
    pub resends_an_hour: usize,
    /// Lifetime of a link in a mail, in seconds.
    pub link_seconds: u64,
    /// Lifetime of a text-message code, in seconds.
    pub code_seconds: u64,
    /// Lifetime of an invitation, in seconds.
    pub invitation_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            members: 100,
            bindings_a_day: 50,
            members_a_phone: 5,
            updates: 5,
            resends: 10,
            resends_an_hour: 3,
            link_seconds: 24 * 3600,
            code_seconds: 10 * 60,
            invitation_seconds: 15 * 24 * 3600,
        }
    }
}
