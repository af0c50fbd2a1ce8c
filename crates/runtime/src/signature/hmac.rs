use zeroize::Zeroizing;

use super::sha256::{BLOCK, Midstate, sha256};

/// HMAC-SHA256 (RFC 2104) with a key at hand: the two hashes after the block of the key, which are wiped when dropped.
pub(super) struct Hmac {
    inner: Midstate,
    outer: Midstate,
}

impl Hmac {
    pub(super) fn new(key: &[u8]) -> Self {
        let mut block = Zeroizing::new([0; BLOCK]);
        if key.len() <= BLOCK {
            block[..key.len()].copy_from_slice(key);
        } else {
            block[..32].copy_from_slice(&*Zeroizing::new(sha256(key)));
        }
        let mut keyed = |mask: u8| {
            block.iter_mut().for_each(|byte| *byte ^= mask);
            Midstate::after(block.as_slice()).0
        };
        let inner = keyed(0x36);
        // The second mask takes back the first.
        let outer = keyed(0x36 ^ 0x5c);
        Self { inner, outer }
    }

    pub(super) fn sign(&self, text: &[u8]) -> [u8; 32] {
        self.outer.finish(&self.inner.finish(text))
    }
}

#[cfg(test)]
mod tests {
    use hmac::{KeyInit as _, Mac as _};
    use proptest::prelude::*;
    use sha2::Sha256;

    use super::*;

    proptest! {
        #[test]
        fn signs_like_the_library(
            key in prop::collection::vec(any::<u8>(), 0..150),
            text in prop::collection::vec(any::<u8>(), 0..300),
        ) {
            let mut library = hmac::Hmac::<Sha256>::new_from_slice(&key).unwrap();
            library.update(&text);
            let expected: [u8; 32] = library.finalize().into_bytes().into();
            prop_assert_eq!(Hmac::new(&key).sign(&text), expected);
        }
    }
}
