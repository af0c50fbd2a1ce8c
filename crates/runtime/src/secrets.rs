use std::{fmt, sync::Arc};

use bytes::Bytes;
use tc3_protocol::message::REDACTED;
use zeroize::Zeroizing;

/// Secret ID and secret key, with a token if they are temporary.
///
/// Clones share one copy of the secrets, which is wiped when the last clone is dropped. `Debug` shows no secret.
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
    /// Shared with the headers of requests.
    token: Option<Bytes>,
}

impl Credential {
    /// Creates a credential without a token.
    ///
    /// A client checks it when it is built.
    pub fn new(secret_id: impl Into<String>, secret_key: impl Into<String>) -> Self {
        Self(Arc::new(Secrets {
            id: Zeroizing::new(secret_id.into()),
            key: Zeroizing::new(secret_key.into()),
            token: None,
        }))
    }

    /// Adds the token of a temporary credential.
    pub fn with_token(mut self, token: impl Into<String>) -> Self {
        let token = Zeroizing::new(token.into());
        Arc::make_mut(&mut self.0).token = Some(Bytes::from_owner(token));
        self
    }

    pub(crate) fn id(&self) -> &str {
        &self.0.id
    }

    pub(crate) fn key(&self) -> &str {
        &self.0.key
    }

    pub(crate) fn token(&self) -> Option<&str> {
        str::from_utf8(self.0.token.as_deref()?).ok()
    }

    /// Returns the token for a header, without a copy that would not be wiped.
    pub(crate) fn shared_token(&self) -> Option<Bytes> {
        self.0.token.clone()
    }

    /// Returns whether both have the same ID and key, so that a key derived from one is valid for the other.
    pub(crate) fn signs_like(&self, other: &Self) -> bool {
        self.is_same(other) || (self.0.id == other.0.id && self.0.key == other.0.key)
    }

    /// Returns whether both are clones of one credential.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Checks that the secrets are valid in headers. A copied secret may have a trailing space.
    pub(crate) fn validate(&self) -> Result<(), String> {
        let parts = [
            ("secret id", Some(self.id())),
            ("secret key", Some(self.key())),
            ("token", self.token()),
        ];
        let mut parts = parts.into_iter();
        let problem = parts.find_map(|(name, secret)| {
            let problem = problem(secret?, name == "secret id")?;
            Some(format!("the {name} {problem}"))
        });
        problem.map_or(Ok(()), Err)
    }

    /// Replaces the secrets in a text from elsewhere, such as an error page that repeats the request.
    pub(crate) fn redact(&self, text: &str) -> String {
        self.secrets().fold(text.to_owned(), |text, secret| {
            text.replace(secret, REDACTED)
        })
    }

    /// Returns whether a text contains one of the secrets.
    pub(crate) fn occurs_in(&self, text: &str) -> bool {
        self.secrets().any(|secret| text.contains(secret))
    }

    /// Returns the length of the longest secret.
    pub(crate) fn max_secret_length(&self) -> usize {
        self.secrets().map(str::len).max().unwrap_or_default()
    }

    /// Returns the secrets that must not appear in texts. Shorter strings are placeholders, not real secrets, and could
    /// be a part of ordinary words.
    fn secrets(&self) -> impl Iterator<Item = &str> {
        const MIN_LENGTH: usize = 6;
        let secrets = [Some(self.key()), self.token(), Some(self.id())];
        let secrets = secrets.into_iter().flatten();
        secrets.filter(|secret| secret.len() >= MIN_LENGTH)
    }
}

/// Returns the problem of a secret, which must be valid in headers.
pub(crate) fn problem(secret: &str, is_id: bool) -> Option<&'static str> {
    // In the `Authorization` header the ID ends at the first slash, the credential at the first comma.
    let forbidden: &[char] = if is_id { &['/', ','] } else { &[] };
    Some(if secret.is_empty() {
        "is empty"
    } else if secret.contains(char::is_whitespace) {
        "contains a space or a line break"
    } else if secret.contains(['"', '\'']) {
        "contains a quotation mark"
    } else if secret.contains(forbidden) {
        "contains a slash or a comma"
    } else if !secret.bytes().all(|byte| byte.is_ascii_graphic()) {
        "contains a control character or one that is not ASCII"
    } else {
        return None;
    })
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("id", &REDACTED)
            .field("key", &REDACTED)
            .field("token", &self.0.token.as_ref().map(|_| REDACTED))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Credentials, ErrorKind};

    /// A copy in a header would not be wiped.
    #[test]
    fn header_and_clones_share_the_token() {
        let credential = Credential::new("id", "key").with_token("token");
        let token = credential.clone().shared_token().unwrap();
        let header = http::HeaderValue::from_maybe_shared(token).unwrap();
        let shared = credential.token().unwrap();
        assert_eq!(header.as_bytes().as_ptr(), shared.as_ptr());
    }

    #[test]
    fn credential_invalid_in_a_header_is_refused() {
        for (id, key, token, problem) in [
            ("", "key", None, "the secret id is empty"),
            (
                "id\r\nX-Evil: 1",
                "key",
                None,
                "the secret id contains a space or a line break",
            ),
            (
                "id/2019",
                "key",
                None,
                "the secret id contains a slash or a comma",
            ),
            (
                "id",
                "key\n",
                None,
                "the secret key contains a space or a line break",
            ),
            (
                "id",
                "key",
                Some("t\u{1}"),
                "the token contains a control character",
            ),
            (
                "id",
                "key",
                Some("é"),
                "the token contains a control character or one that is not ASCII",
            ),
        ] {
            let mut credential = Credential::new(id, key);
            if let Some(token) = token {
                credential = credential.with_token(token);
            }
            let error = Credentials::from(credential).check().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Setting);
            let expected = format!("setting `credential`: {problem}");
            assert!(error.to_string().starts_with(&expected), "{error}");
        }
        let credential = Credential::new("AKID****", "a+b/c=").with_token("x==");
        Credentials::from(credential).check().unwrap();
    }

    #[test]
    fn no_secret_is_shown() {
        let credential = Credential::new("planted-id", "planted-key").with_token("planted-token");
        assert!(!format!("{credential:?} {credential:#?}").contains("planted"));
        assert_eq!(
            credential.redact("planted-id planted-key planted-token planted"),
            "[redacted] [redacted] [redacted] planted"
        );
        let placeholder = Credential::new("id", "key");
        assert_eq!(placeholder.redact("an invalid key"), "an invalid key");
    }
}
