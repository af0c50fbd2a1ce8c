//! Access control of the control API. Programs on this machine have access. Other machines need a token. Web pages are
//! refused.

use std::fmt;
use std::path::Path;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use tc3_loopback::Origins;

use crate::StartError;
use crate::error::read;
use crate::gateway::Raw;

/// A token for the control API. `Debug` does not show it.
///
/// Control requests send it in the header `Authorization: Bearer <token>`.
#[derive(Clone)]
pub struct ControlToken {
    /// SHA-256 hash of the token. The token itself is not stored.
    hash: [u8; 32],
}

impl ControlToken {
    /// The minimum length, in bytes.
    const MIN_LENGTH: usize = 16;

    /// Creates a token from at least 16 visible ASCII characters.
    ///
    /// # Errors
    /// Fails if the token is too short or has other characters.
    pub fn new(token: &str) -> Result<Self, StartError> {
        if token.len() < Self::MIN_LENGTH || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(StartError::ControlToken("the token".to_owned()));
        }
        Ok(Self { hash: hash(token) })
    }

    /// Loads a token from a file, without the space around it.
    ///
    /// # Errors
    /// Fails if the file cannot be read or its token is invalid.
    pub fn load(path: &Path) -> Result<Self, StartError> {
        let text = read(path, "the control token")?;
        Self::new(text.trim()).map_err(|_| StartError::ControlToken(path.display().to_string()))
    }

    /// Compares a sent token in constant time.
    fn matches(&self, sent: &str) -> bool {
        self.hash.ct_eq(&hash(sent)).into()
    }
}

impl fmt::Debug for ControlToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ControlToken").finish_non_exhaustive()
    }
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

/// An HTTP status with a message.
pub(crate) type GuardError = (u16, String);

/// Access rules of the control API.
#[derive(Debug)]
pub(crate) struct Guard {
    origins: Origins,
    token: Option<ControlToken>,
}

impl Guard {
    pub(crate) fn new(origins: Origins, token: Option<ControlToken>) -> Self {
        Self { origins, token }
    }

    /// Refuses requests of web pages.
    pub(crate) fn check_origin(&self, raw: &Raw) -> Result<(), GuardError> {
        let checked = self.origins.check_host(&raw.headers);
        let checked = checked.and_then(|()| self.origins.check_origin(&raw.headers));
        checked.map_err(|problem| (403, problem))
    }

    /// Returns the origin of this server for a value of `Host`.
    pub(crate) fn origin(&self, host: &str) -> String {
        self.origins.of(host)
    }

    /// Refuses a request without the token, if one is required.
    pub(crate) fn check_token(&self, raw: &Raw) -> Result<(), GuardError> {
        let Some(token) = &self.token else {
            return Ok(());
        };
        let sent = raw.header("authorization").unwrap_or_default();
        let is_token = sent.split_once(' ').is_some_and(|(scheme, sent)| {
            scheme.eq_ignore_ascii_case("Bearer") && token.matches(sent.trim())
        });
        if is_token {
            return Ok(());
        }
        Err((
            403,
            "the control token is missing or wrong; send the header `Authorization: Bearer <token>`"
                .to_owned(),
        ))
    }
}
