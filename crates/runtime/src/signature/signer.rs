use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    SigningKey, ToSign,
    canonical::{
        hex, into_string, sha256, write_canonical_request, write_signed_headers,
        write_string_to_sign,
    },
    credential_scope,
    date::Date,
};
use crate::Credential;

/// Enough for a canonical request with an average host and action, and for each of the texts that follow.
const CAPACITY: usize = 512;

/// Signs requests to one service, and keeps the derived key while its day lasts and the credential stays.
pub struct Signer {
    service: Box<str>,
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
    pub fn new(service: impl Into<Box<str>>) -> Self {
        Self {
            service: service.into(),
            current: Mutex::new(None),
        }
    }

    /// The value of the `Authorization` header. `timestamp` is Unix time in seconds; it must be the one that
    /// `X-TC-Timestamp` says.
    ///
    /// ```
    /// use tc3::{Credential, signature::{Signer, ToSign}};
    ///
    /// let request = ToSign {
    ///     headers: &[("content-type", "application/json"), ("host", "cvm.tencentcloudapi.com")],
    ///     body: b"{}",
    /// };
    /// let authorization = Signer::new("cvm").authorization(
    ///     &Credential::new("AKIDEXAMPLE", "example-key"),
    ///     1_551_113_065,
    ///     &request,
    /// );
    /// assert!(authorization.starts_with(
    ///     "TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature="
    /// ));
    /// ```
    pub fn authorization(
        &self,
        credential: &Credential,
        timestamp: u64,
        request: &ToSign<'_>,
    ) -> String {
        let day = self.day(credential, timestamp);

        // One buffer holds the three texts in turn.
        let mut text = Vec::with_capacity(CAPACITY);
        write_canonical_request(&mut text, request);
        let canonical_request = sha256(&text);

        text.clear();
        write_string_to_sign(&mut text, timestamp, &day.scope, &canonical_request);
        let signature = day.key.sign(&text);

        text.clear();
        text.extend_from_slice(b"TC3-HMAC-SHA256 Credential=");
        text.extend_from_slice(credential.id().as_bytes());
        text.push(b'/');
        text.extend_from_slice(day.scope.as_bytes());
        text.extend_from_slice(b", SignedHeaders=");
        write_signed_headers(&mut text, request);
        text.extend_from_slice(b", Signature=");
        text.extend_from_slice(&hex(&signature));
        into_string(text)
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
    const REQUEST: ToSign<'static> = ToSign {
        headers: &[
            ("content-type", "application/json"),
            ("host", "example.com"),
        ],
        body: b"{}",
    };

    fn fresh(credential: &Credential, timestamp: u64) -> String {
        Signer::new("cvm").authorization(credential, timestamp, &REQUEST)
    }

    #[test]
    fn keeps_the_key_while_day_and_credential_stay() {
        let signer = Signer::new("cvm");
        let credential = Credential::new("id", "key");
        let first = signer.day(&credential, 10 * DAY);
        let again = signer.day(&Credential::new("id", "key").with_token("t"), 11 * DAY - 1);
        assert!(Arc::ptr_eq(&first, &again));
        assert!(!Arc::ptr_eq(&first, &signer.day(&credential, 11 * DAY)));
    }

    #[test]
    fn signs_alike_whatever_it_signed_before() {
        let signer = Signer::new("cvm");
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
                signer.authorization(credential, timestamp, &REQUEST),
                fresh(credential, timestamp)
            );
        }
        assert_ne!(fresh(&one, 10 * DAY), fresh(&one, 11 * DAY));
        assert_ne!(fresh(&one, 10 * DAY), fresh(&other_key, 10 * DAY));
    }
}
