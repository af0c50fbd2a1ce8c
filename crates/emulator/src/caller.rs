//! The credentials that the emulator accepts.

use std::fmt;
use std::path::Path;

use serde::Deserialize;

use crate::StartError;
use crate::error::{json_error, read};

/// A credential that the emulator accepts, and its account.
///
/// `Debug` shows neither key nor token.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caller {
    /// The secret id.
    pub(crate) secret_id: String,
    /// The secret key.
    pub(crate) secret_key: String,
    /// The session token of a temporary credential.
    #[serde(default)]
    pub(crate) token: Option<String>,
    /// The expiry of a temporary credential: Unix time in seconds.
    #[serde(default)]
    pub(crate) expires: Option<u64>,
    /// The account.
    pub(crate) uin: u64,
    /// Whether the caller is a sub-account user.
    #[serde(default)]
    pub(crate) sub_account: bool,
    /// The actions that the caller may not call.
    #[serde(default)]
    pub(crate) denied: Vec<String>,
}

impl Caller {
    /// Creates a permanent credential of a primary account.
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

    /// Loads credentials from a JSON file: an array in the format of `callers` of a [`Seed`](crate::Seed).
    ///
    /// # Errors
    /// Fails if the file cannot be read or is invalid.
    pub fn load(path: &Path) -> Result<Vec<Self>, StartError> {
        let text = read(path, "the callers")?;
        serde_json::from_str(&text).map_err(|error| json_error(&error, path))
    }

    /// Makes the credential temporary; `expires` is a Unix time in seconds.
    pub fn temporary(mut self, token: impl Into<String>, expires: u64) -> Self {
        self.token = Some(token.into());
        self.expires = Some(expires);
        self
    }

    /// Makes the caller a sub-account user.
    pub fn sub_account(mut self) -> Self {
        self.sub_account = true;
        self
    }

    /// Denies an action, which then fails with `AuthFailure.UnauthorizedOperation`.
    pub fn denied(mut self, action: impl Into<String>) -> Self {
        self.denied.push(action.into());
        self
    }

    /// Returns the secret id.
    pub fn secret_id(&self) -> &str {
        &self.secret_id
    }

    /// Returns the account.
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
