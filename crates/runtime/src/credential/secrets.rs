use std::{env, fmt, sync::Arc};

use bytes::Bytes;
use zeroize::Zeroizing;

use super::environment;
use crate::Error;

/// A secret id and its secret key, and the token if they are temporary.
///
/// Clones share one copy of the secrets, which is wiped when the last clone is dropped. `Debug` shows none of them.
///
/// ```
/// use tc3::Credential;
///
/// let credential = Credential::new("AKIDEXAMPLE", "example-key").with_token("example-token");
/// assert!(!format!("{credential:?}").contains("example"));
/// ```
#[derive(Clone)]
pub struct Credential(Arc<Secrets>);

#[derive(Clone)]
struct Secrets {
    id: Zeroizing<String>,
    key: Zeroizing<String>,
    token: Option<Zeroizing<String>>,
}

impl Credential {
    /// A credential without a token.
    ///
    /// Nothing is checked yet; a client refuses to be built with an id or a key that cannot be one.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self(Arc::new(Secrets {
            id: Zeroizing::new(secret_id.into()),
            key: Zeroizing::new(secret_key.into()),
            token: None,
        }))
    }

    /// Adds the token of a temporary credential.
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.0).token = Some(Zeroizing::new(token.into()));
        self
    }

    /// The credential of the environment: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY` and, if the
    /// credential is temporary, the token in `TENCENTCLOUD_TOKEN` or else in `TENCENTCLOUD_SESSION_TOKEN`.
    ///
    /// # Errors
    /// An error of kind [`Credential`](crate::ErrorKind::Credential) that names every variable which is missing, empty
    /// or not Unicode.
    pub fn from_env() -> Result<Self, Error> {
        environment::read(|name| env::var_os(name)).map_err(|missing| {
            Error::credential(format!("no credential in the environment: {missing}"))
        })
    }

    /// The secret id.
    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }

    /// The secret key.
    pub(crate) fn key(&self) -> &str {
        &self.0.key
    }

    /// The token of a temporary credential.
    pub(crate) fn token(&self) -> Option<&str> {
        self.0.token.as_deref().map(String::as_str)
    }

    /// The token of a temporary credential, to be handed on without a copy that nobody would wipe.
    pub(crate) fn shared_token(&self) -> Option<Bytes> {
        struct Token(Credential);

        impl AsRef<[u8]> for Token {
            fn as_ref(&self) -> &[u8] {
                self.0.token().unwrap_or_default().as_bytes()
            }
        }

        self.token()?;
        Some(Bytes::from_owner(Token(self.clone())))
    }

    /// Whether both hold the same id and key, so that what was derived from one goes for the other.
    pub(crate) fn signs_like(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || (self.0.id == other.0.id && self.0.key == other.0.key)
    }

    /// Whether both are clones of one.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Refuses what cannot be a credential, for a caller who can copy it again.
    pub(crate) fn check(&self) -> Result<(), Error> {
        self.problem().map_or(Ok(()), |problem| {
            Err(Error::setting(
                "credential",
                format_args!("{problem}; copy it again as the console shows it"),
            ))
        })
    }

    /// Why this cannot be a credential: it would break the headers, or is a copy that caught a space.
    pub(super) fn problem(&self) -> Option<String> {
        // In the `Authorization` header the id ends at the first slash, the credential at the first comma.
        let parts = [
            ("secret id", Some(self.id()), &['/', ','][..]),
            ("secret key", Some(self.key()), &[]),
            ("token", self.token(), &[]),
        ];
        parts.into_iter().find_map(|(what, secret, forbidden)| {
            let problem = flaw(secret?, forbidden)?;
            Some(format!("the {what} {problem}"))
        })
    }

    /// Blots out the secrets in a text that comes from elsewhere, such as a web page that shows what it was sent.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.secrets().fold(text.to_owned(), |text, secret| {
            text.replace(secret, REDACTED)
        })
    }

    /// Whether one of the secrets stands in a text.
    pub(crate) fn occurs_in(&self, text: &str) -> bool {
        self.secrets().any(|secret| text.contains(secret))
    }

    /// How long the longest of the secrets is.
    pub(crate) fn longest(&self) -> usize {
        self.secrets().map(str::len).max().unwrap_or_default()
    }

    /// What is to be kept out of texts. Something so short is no secret of the service's but a stand-in, and may well
    /// be a part of words.
    fn secrets(&self) -> impl Iterator<Item = &str> {
        const SHORTEST: usize = 6;
        [Some(self.key()), self.token(), Some(self.id())]
            .into_iter()
            .flatten()
            .filter(|secret| secret.len() >= SHORTEST)
    }
}

/// What stands in place of a secret.
const REDACTED: &str = "[redacted]";

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("id", &REDACTED)
            .field("key", &REDACTED)
            .field("token", &self.0.token.as_ref().map(|_| REDACTED))
            .finish()
    }
}

/// Why a text cannot be a part of a credential.
fn flaw(secret: &str, forbidden: &[char]) -> Option<String> {
    if secret.is_empty() {
        Some("is empty".to_owned())
    } else if secret.contains(char::is_whitespace) {
        Some("holds a space or a line break".to_owned())
    } else if let Some(character) = forbidden.iter().find(|c| secret.contains(**c)) {
        Some(format!("holds a `{character}`"))
    } else if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        Some("holds a control character or one outside of ASCII".to_owned())
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ErrorKind;

    #[test]
    fn refuses_what_would_break_a_header() {
        for (id, key, token, problem) in [
            ("", "key", None, "the secret id is empty"),
            (
                "id\r\nX-Evil: 1",
                "key",
                None,
                "the secret id holds a space or a line break",
            ),
            ("id/2019", "key", None, "the secret id holds a `/`"),
            (
                "id",
                "key\n",
                None,
                "the secret key holds a space or a line break",
            ),
            (
                "id",
                "key",
                Some("t\u{1}"),
                "the token holds a control character",
            ),
            (
                "id",
                "key",
                Some("é"),
                "the token holds a control character or one outside of ASCII",
            ),
        ] {
            let mut credential = Credential::new(id, key);
            if let Some(token) = token {
                credential = credential.with_token(token);
            }
            let error = credential.check().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Setting);
            assert!(error.to_string().contains(problem), "{error}");
        }
        Credential::new("AKID****", "a+b/c=")
            .with_token("x==")
            .check()
            .unwrap();
    }

    #[test]
    fn shows_no_secret() {
        let credential = Credential::new("planted-id", "planted-key").with_token("planted-token");
        assert!(!format!("{credential:?} {credential:#?}").contains("planted"));
        assert_eq!(
            credential.redact("planted-id planted-key planted-token planted"),
            "[redacted] [redacted] [redacted] planted"
        );
        let stand_in = Credential::new("id", "key");
        assert_eq!(stand_in.redact("an invalid key"), "an invalid key");
    }
}
