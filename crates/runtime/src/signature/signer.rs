use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    SigningKey,
    canonical::{START, hex, into_string, write_headers, write_names, write_string_to_sign},
    credential_scope,
    date::Date,
    sha256::{Midstate, sha256},
};
use crate::Credential;

/// Enough for each of the texts of a signature, with an action and a credential of average length.
const CAPACITY: usize = 512;

/// Signs requests to one service at one host.
///
/// It keeps what requests have in common: the derived key, while its day lasts and the credential stays, and the hash
/// of the headers that are the same in all of them.
pub struct Signer {
    service: Box<str>,
    /// The hash after the common beginning of canonical requests.
    start: Midstate,
    /// What is common beyond the blocks that are hashed already.
    start_rest: Vec<u8>,
    /// The names of the common headers.
    names: Vec<u8>,
    current: Mutex<Option<Arc<Day>>>,
}

/// A derived key and what it was derived from.
struct Day {
    credential: Credential,
    date: Date,
    scope: String,
    key: SigningKey,
}

impl Signer {
    /// A signer for the service of that short name, as it stands in credential scopes.
    ///
    /// `headers` are names and values of the signed headers that are the same in all requests, as they are sent. The
    /// names are in lower case and in the alphabet's order; `content-type` and `host` must be among them.
    pub fn new(service: impl Into<Box<str>>, headers: &[(&str, &str)]) -> Self {
        let mut text = START.to_vec();
        write_headers(&mut text, headers);
        let mut names = Vec::new();
        write_names(&mut names, headers);
        let (start, start_rest) = Midstate::after(&text);
        Self {
            service: service.into(),
            start,
            start_rest: start_rest.to_vec(),
            names,
            current: Mutex::new(None),
        }
    }

    /// The value of the `Authorization` header.
    ///
    /// `timestamp` is Unix time in seconds and must be the one that `X-TC-Timestamp` says. `headers` are the signed
    /// headers that differ from request to request; in the alphabet's order they come after those that do not.
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
        let day = self.day(credential, timestamp);

        // One buffer holds the three texts in turn.
        let mut text = Vec::with_capacity(CAPACITY);
        text.extend_from_slice(&self.start_rest);
        write_headers(&mut text, headers);
        text.push(b'\n');
        self.write_names(&mut text, headers);
        text.push(b'\n');
        text.extend_from_slice(&hex(&sha256(body)));
        let canonical_request = self.start.finish(&text);

        text.clear();
        write_string_to_sign(&mut text, timestamp, &day.scope, &canonical_request);
        let signature = day.key.sign(&text);

        text.clear();
        text.extend_from_slice(b"TC3-HMAC-SHA256 Credential=");
        text.extend_from_slice(credential.id().as_bytes());
        text.push(b'/');
        text.extend_from_slice(day.scope.as_bytes());
        text.extend_from_slice(b", SignedHeaders=");
        self.write_names(&mut text, headers);
        text.extend_from_slice(b", Signature=");
        text.extend_from_slice(&hex(&signature));
        into_string(text)
    }

    fn write_names(&self, out: &mut Vec<u8>, headers: &[(&str, &str)]) {
        out.extend_from_slice(&self.names);
        if !headers.is_empty() {
            out.push(b';');
            write_names(out, headers);
        }
    }

    /// The key of the timestamp's day, derived anew if the one at hand is of another day or credential.
    fn day(&self, credential: &Credential, timestamp: u64) -> Arc<Day> {
        let date = Date::of(timestamp);
        // A panic elsewhere cannot leave the slot half-written, so a poisoned lock holds a good value.
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(day) = &*current
            && day.date == date
            && day.credential.signs_like(credential)
        {
            return Arc::clone(day);
        }
        let day = Arc::new(Day {
            credential: credential.clone(),
            date,
            scope: credential_scope(timestamp, &self.service),
            key: SigningKey::derive(credential.key(), timestamp, &self.service),
        });
        *current = Some(Arc::clone(&day));
        day
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

    const DAY: u64 = 86_400;
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
    fn keeps_the_key_while_day_and_credential_stay() {
        let signer = signer();
        let credential = Credential::new("id", "key");
        let first = signer.day(&credential, 10 * DAY);
        let again = signer.day(&Credential::new("id", "key").with_token("t"), 11 * DAY - 1);
        assert!(Arc::ptr_eq(&first, &again));
        assert!(!Arc::ptr_eq(&first, &signer.day(&credential, 11 * DAY)));
    }

    #[test]
    fn signs_alike_whatever_it_signed_before() {
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
