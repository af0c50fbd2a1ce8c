use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::date::date;

/// Builds the scope of a signature: the day in UTC, the service, and `tc3_request`.
///
/// `timestamp` is Unix time in seconds.
///
/// ```
/// use tc3::signature::credential_scope;
///
/// assert_eq!(credential_scope(1_551_113_065, "cvm"), "2019-02-25/cvm/tc3_request");
/// ```
pub fn credential_scope(timestamp: u64, service: &str) -> String {
    format!("{}/{service}/tc3_request", date(timestamp))
}

/// Key that signs the requests of one day to one service. It is wiped when dropped.
pub struct SigningKey(Hmac<Sha256>);

impl SigningKey {
    /// Derives the key from the secret key. `timestamp` is Unix time in seconds, `service` the short name of the
    /// service.
    pub fn derive(secret_key: &str, timestamp: u64, service: &str) -> Self {
        let [_, _, signing] = derive(secret_key, &date(timestamp), service);
        Self(hmac(&*signing))
    }

    /// Signs a string and returns the signature as bytes.
    pub fn sign(&self, string_to_sign: &[u8]) -> [u8; 32] {
        let mut mac = self.0.clone();
        mac.update(string_to_sign);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey").finish_non_exhaustive()
    }
}

/// Derives `SecretDate`, `SecretService` and `SecretSigning`, each from the one before.
pub(super) fn derive(secret_key: &str, date: &str, service: &str) -> [Zeroizing<[u8; 32]>; 3] {
    let start = Zeroizing::new(["TC3", secret_key].concat());
    let sign = |key: &[u8], text: &str| Zeroizing::new(SigningKey(hmac(key)).sign(text.as_bytes()));
    let date = sign(start.as_bytes(), date);
    let service = sign(&*date, service);
    let signing = sign(&*service, "tc3_request");
    [date, service, signing]
}

/// Returns HMAC-SHA256 with this key. Its state is wiped when dropped, by the `zeroize` features of `hmac` and `sha2`.
fn hmac(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}
