use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::date::Date;

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
pub struct SigningKey {
    mac: Hmac<Sha256>,
}

impl SigningKey {
    /// Derives the key from the secret key. `timestamp` is Unix time in seconds, `service` the service's short name.
    pub fn derive(secret_key: &str, timestamp: u64, service: &str) -> Self {
        let [_, _, signing] = derive(secret_key, &Date::of(timestamp).to_string(), service);
        Self {
            mac: keyed(&*signing),
        }
    }

    /// The signature of a text, in bytes.
    pub fn sign(&self, string_to_sign: &[u8]) -> [u8; 32] {
        // What depends on the key alone was computed with the key: two of the blocks to hash.
        let mut mac = self.mac.clone();
        mac.update(string_to_sign);
        mac.finalize().into_bytes().into()
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
    let mut mac = keyed(key);
    mac.update(text.as_bytes());
    Zeroizing::new(mac.finalize().into_bytes().into())
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

#[cfg(test)]
mod tests {
    use zeroize::ZeroizeOnDrop;

    use super::*;

    #[test]
    fn key_material_is_wiped_when_dropped() {
        fn wiped<T: ZeroizeOnDrop>(_: &T) {}

        // Both depend on a feature of the libraries, which would go unnoticed if it got lost.
        wiped(&SigningKey::derive("key", 0, "cvm").mac);
        wiped(&derive("key", "1970-01-01", "cvm")[0]);
    }
}
