//! The form of a link, and the result of a visit.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The form that a person fills in at a link. All fields are optional; `code` confirms the phone.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Visit {
    /// The mail address, for confirmation.
    pub email: Option<String>,
    /// A password for the new account: 8 to 20 characters, with letters and digits.
    pub password: Option<String>,
    /// The code sent to the phone after the mailbox was confirmed.
    pub code: Option<String>,
}

impl Visit {
    /// Creates an empty form.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the mail address.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets the password.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Sets the code of the text message.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit")
            .field("email", &self.email)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

/// The result of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Visited {
    /// The mailbox is bound.
    Mailbox,
    /// The mailbox and the phone are bound.
    Telephone,
    /// The account has joined the organization.
    Joined,
}
