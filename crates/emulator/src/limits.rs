//! How much of everything is allowed. The documentation names the limits, not their sizes.

use serde::{Deserialize, Serialize};

/// The sizes of the limits that the documentation names without a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Limits {
    /// Members and open invitations of an organization: beyond it, `LimitExceeded.Members`.
    pub members: usize,
    /// Mailboxes that an organization may add within 24 hours: beyond it, `LimitExceeded.EmailBindOverLimit`.
    pub bindings_a_day: usize,
    /// Members that may share a telephone: beyond it, `LimitExceeded.PhoneNumBound`.
    pub members_a_phone: usize,
    /// Changes of a binding: beyond it, `LimitExceeded.UpdateEmailBindOverLimit`.
    pub updates: u32,
    /// Mails that may be sent again for a binding: beyond it, `LimitExceeded.SendEmailLimit`.
    pub resends: usize,
    /// The same within an hour: beyond it, `LimitExceeded.SendEmailWithinOneHourLimit`.
    pub resends_an_hour: usize,
    /// How long the link in a mail is good, in seconds.
    pub link_seconds: u64,
    /// How long the code in a text message is good, in seconds.
    pub code_seconds: u64,
    /// How long an invitation is good, in seconds.
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
