use std::fmt;

use zeroize::Zeroizing;

use super::{date::Date, hmac::Hmac};

/// The scope of a signature: the day in UTC, the service, and what it is.
///
/// `timestamp` is Unix time in seconds.
///
/// ```
/// use tc3::signature::credential_scope;
///
/// assert_eq!(credential_scope(1_551_113_065, "cvm"), "2019-02-25/cvm/tc3_request");
/// ```
pub fn credential_scope(timestamp: u64, service: &str) -> String {
    format!("{}/{service}/tc3_request", Date::of(timestamp))
}

/// The key that signs the requests of one day to one service. It is wiped when dropped.
pub struct SigningKey(Hmac);

impl SigningKey {
    /// Derives the key from the secret key. `timestamp` is Unix time in seconds, `service` the service's short name.
    pub fn derive(secret_key: &str, timestamp: u64, service: &str) -> Self {
        let [_, _, signing] = derive(secret_key, &Date::of(timestamp).to_string(), service);
        Self(Hmac::new(&*signing))
    }

    /// The signature of a text, in bytes.
    pub fn sign(&self, string_to_sign: &[u8]) -> [u8; 32] {
        self.0.sign(string_to_sign)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

/// The keys of the day, of the service and of signing, each derived from the one before.
pub(super) fn derive(secret_key: &str, date: &str, service: &str) -> [Zeroizing<[u8; 32]>; 3] {
    let mut start = Zeroizing::new(Vec::with_capacity("TC3".len() + secret_key.len()));
    start.extend_from_slice(b"TC3");
    start.extend_from_slice(secret_key.as_bytes());
    let day = hmac(&start, date);
    let of_service = hmac(&*day, service);
    let signing = hmac(&*of_service, "tc3_request");
    [day, of_service, signing]
}

fn hmac(key: &[u8], text: &str) -> Zeroizing<[u8; 32]> {
    Zeroizing::new(Hmac::new(key).sign(text.as_bytes()))
}
