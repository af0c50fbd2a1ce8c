use std::fmt;
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{
    SigningKey,
    canonical::{ALGORITHM, START, hex, write_headers, write_names},
    credential_scope,
    date::DAY,
};
use crate::{Credential, lock::lock};

/// Initial capacity of the buffer: enough for each string of a signature with usual names.
const CAPACITY: usize = 512;

/// Signs requests to one service at one host.
///
/// It caches the signing key while the day and the credential stay the same, and the canonical form of the headers that
/// all requests share.
pub struct Signer {
    service: Box<str>,
    /// Hash state of a canonical request up to the shared headers.
    start: Sha256,
    /// Names of the shared headers.
    names: String,
    current: Mutex<Option<Day>>,
}

/// Signing key of a day, and the values that it was derived from.
struct Day {
    credential: Credential,
    /// Day number, counted from 1970-01-01.
    number: u64,
    /// Line of the string to sign after the timestamp.
    scope: String,
    /// `Authorization` header up to the names of the shared headers. It contains the secret ID.
    start: Zeroizing<String>,
    key: SigningKey,
}

impl Signer {
    /// Creates a signer for a service, by its short name as it appears in credential scopes.
    ///
    /// `headers` are the names and values of the signed headers that all requests share, as they are sent, with names
    /// in lower case and sorted; `content-type` and `host` must be among them.
    pub fn new(service: impl Into<Box<str>>, headers: &[(&str, &str)]) -> Self {
        let mut start = START.to_owned();
        write_headers(&mut start, headers);
        let mut names = String::new();
        write_names(&mut names, "", headers);
        Self {
            service: service.into(),
            start: Sha256::new_with_prefix(start),
            names,
            current: Mutex::new(None),
        }
    }

    /// Builds the value of the `Authorization` header.
    ///
    /// `timestamp` is Unix time in seconds and must equal `X-TC-Timestamp`. `headers` are the other signed headers of
    /// this request; their names must sort after those of the shared headers.
    ///
    /// ```
    /// use tc3::{Credential, signature::Signer};
    ///
    /// let headers = [("content-type", "application/json"), ("host", "cvm.tencentcloudapi.com")];
    /// let authorization = Signer::new("cvm", &headers).authorization(
    ///     &Credential::new("AKIDEXAMPLE", "example-key"),
    ///     1_551_113_065,
    ///     &[("x-tc-action", "DescribeInstances")],
    ///     b"{}",
    /// );
    /// assert!(authorization.starts_with(
    ///     "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, \
    ///      SignedHeaders=content-type;host;x-tc-action, Signature="
    /// ));
    /// ```
    pub fn authorization(
        &self,
        credential: &Credential,
        timestamp: u64,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> String {
        // One buffer is used for parts of three texts in turn.
        let mut text = String::with_capacity(CAPACITY);
        write_headers(&mut text, headers);
        text.extend(["\n", &self.names]);
        write_names(&mut text, ";", headers);
        text.push('\n');
        let mut canonical_request = self.start.clone();
        canonical_request.update(&text);
        canonical_request.update(hex(Sha256::digest(body).into()));

        let number = timestamp / DAY;
        let mut current = lock(&self.current);
        current.take_if(|day| day.number != number || !day.credential.signs_like(credential));
        let day = current.get_or_insert_with(|| {
            let scope = credential_scope(timestamp, &self.service);
            let (id, names) = (credential.id(), &self.names);
            Day {
                credential: credential.clone(),
                number,
                start: Zeroizing::new(format!(
                    "{ALGORITHM} Credential={id}/{scope}, SignedHeaders={names}"
                )),
                scope: format!("\n{scope}\n"),
                key: SigningKey::derive(credential.key(), timestamp, &self.service),
            }
        });

        text.clear();
        let mut digits = itoa::Buffer::new();
        text.extend([ALGORITHM, "\n", digits.format(timestamp), &day.scope]);
        let digest = hex(canonical_request.finalize().into());
        text.push_str(str::from_utf8(&digest).unwrap_or_default());
        let signature = hex(day.key.sign(text.as_bytes()));

        text.clear();
        text.push_str(&day.start);
        write_names(&mut text, ";", headers);
        text.push_str(", Signature=");
        text.push_str(str::from_utf8(&signature).unwrap_or_default());
        text
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer")
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADERS: &[(&str, &str)] = &[("content-type", "application/json"), ("host", "cvm")];

    fn signer() -> Signer {
        Signer::new("cvm", HEADERS)
    }

    fn sign(signer: &Signer, credential: &Credential, timestamp: u64) -> String {
        signer.authorization(credential, timestamp, &[("x-tc-action", "Find")], b"{}")
    }

    fn fresh(credential: &Credential, timestamp: u64) -> String {
        sign(&signer(), credential, timestamp)
    }

    #[test]
    fn key_is_cached_per_day_and_credential() {
        let signer = signer();
        let credential = Credential::new("id", "key");
        let derived_for = |credential: &Credential, timestamp| {
            sign(&signer, credential, timestamp);
            signer
                .current
                .lock()
                .unwrap()
                .as_ref()
                .unwrap()
                .credential
                .clone()
        };
        assert!(derived_for(&credential, 10 * DAY).is_same(&credential));
        let equal = Credential::new("id", "key").with_token("t");
        assert!(derived_for(&equal, 11 * DAY - 1).is_same(&credential));
        assert!(derived_for(&equal, 11 * DAY).is_same(&equal));
    }

    #[test]
    fn cached_key_signs_like_a_fresh_one() {
        let signer = signer();
        let one = Credential::new("id", "key");
        let other_key = Credential::new("id", "other");
        let other_id = Credential::new("other", "key");
        for (credential, timestamp) in [
            (&one, 10 * DAY),
            (&one, 11 * DAY - 1),
            (&one, 11 * DAY),
            (&one, 11 * DAY - 1),
            (&other_key, 11 * DAY - 1),
            (&other_id, 11 * DAY - 1),
            (&one, 11 * DAY - 1),
        ] {
            assert_eq!(
                sign(&signer, credential, timestamp),
                fresh(credential, timestamp)
            );
        }
        assert_ne!(fresh(&one, 10 * DAY), fresh(&one, 11 * DAY));
        assert_ne!(fresh(&one, 10 * DAY), fresh(&other_key, 10 * DAY));
    }
}
