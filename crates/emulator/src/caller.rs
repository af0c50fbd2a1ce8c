//! The credentials that the emulator knows, and whose they are.

use std::fmt;

use serde::Deserialize;

/// A credential that the emulator knows, and the account that calls with it.
///
/// `Debug` shows neither key nor token.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caller {
    /// The secret id.
    pub(crate) secret_id: String,
    /// The secret key.
    pub(crate) secret_key: String,
    /// The token that has to come with it, if the credential is temporary.
    #[serde(default)]
    pub(crate) token: Option<String>,
    /// When a temporary credential expires: Unix time in seconds.
    #[serde(default)]
    pub(crate) expires: Option<u64>,
    /// The account.
    pub(crate) uin: u64,
    /// Whether it is a user below the account, and not the primary account itself.
    #[serde(default)]
    pub(crate) sub_account: bool,
    /// The actions that no policy allows it.
    #[serde(default)]
    pub(crate) denied: Vec<String>,
}

impl Caller {
    /// A lasting credential of a primary account.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>, uin: u64) -> Self {
        Self {
            secret_id: secret_id.into(),
            secret_key: secret_key.into(),
            token: None,
            expires: None,
            uin,
            sub_account: false,
            denied: Vec::new(),
        }
    }

    /// Makes it a temporary credential, with a token and the Unix time, in seconds, at which it expires.
    pub fn temporary(mut self, token: impl Into<String>, expires: u64) -> Self {
        self.token = Some(token.into());
        self.expires = Some(expires);
        self
    }

    /// Makes it the credential of a user below the account.
    pub fn sub_account(mut self) -> Self {
        self.sub_account = true;
        self
    }

    /// Takes the permission for an action away: `AuthFailure.UnauthorizedOperation`.
    pub fn denied(mut self, action: impl Into<String>) -> Self {
        self.denied.push(action.into());
        self
    }

    /// The secret id.
    pub fn secret_id(&self) -> &str {
        &self.secret_id
    }

    /// The account.
    pub fn uin(&self) -> u64 {
        self.uin
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("secret_id", &self.secret_id)
            .field("uin", &self.uin)
            .field("sub_account", &self.sub_account)
            .field("temporary", &self.token.is_some())
            .field("expires", &self.expires)
            .field("denied", &self.denied)
            .finish_non_exhaustive()
    }
}
