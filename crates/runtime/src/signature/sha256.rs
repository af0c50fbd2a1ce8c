use sha2::block_api::compress256;
use zeroize::Zeroizing;

/// The length of a block in bytes.
pub(super) const BLOCK: usize = 64;

/// SHA-256 after some whole blocks of a text, to be finished with different ends.
///
/// The work is done by `sha2`'s compression function; what is added here is the padding. Compared with `sha2`'s own
/// type, nothing is copied into a buffer, and what is derived from a key is wiped.
pub(super) struct Midstate {
    state: Zeroizing<[u32; 8]>,
    /// How many bytes were hashed.
    length: u64,
}

impl Midstate {
    /// The state before a text (FIPS 180-4, section 5.3.3).
    fn start() -> Self {
        Self {
            state: Zeroizing::new([
                0x6a09_e667,
                0xbb67_ae85,
                0x3c6e_f372,
                0xa54f_f53a,
                0x510e_527f,
                0x9b05_688c,
                0x1f83_d9ab,
                0x5be0_cd19,
            ]),
            length: 0,
        }
    }

    /// The state after the whole blocks of a text, and what follows them in it.
    pub(super) fn after(text: &[u8]) -> (Self, &[u8]) {
        let mut state = Self::start();
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        compress256(&mut state.state, blocks);
        state.length = (text.len() - rest.len()) as u64;
        (state, rest)
    }

    /// The hash of the text that has `rest` after the blocks.
    pub(super) fn finish(&self, rest: &[u8]) -> [u8; 32] {
        let mut state = *self.state;
        let (blocks, tail) = rest.as_chunks::<BLOCK>();
        compress256(&mut state, blocks);

        // A one bit, zeros, and the length in bits fill the last block, or one more if it has no room for them.
        let mut last = [[0; BLOCK]; 2];
        let count = if tail.len() < BLOCK - 8 { 1 } else { 2 };
        let bits = 8 * (self.length + rest.len() as u64);
        let bytes = last[..count].as_flattened_mut();
        bytes[..tail.len()].copy_from_slice(tail);
        bytes[tail.len()] = 0x80;
        bytes[count * BLOCK - 8..].copy_from_slice(&bits.to_be_bytes());
        compress256(&mut state, &last[..count]);

        let mut hash = [0; 32];
        for (bytes, word) in hash.chunks_exact_mut(4).zip(state) {
            bytes.copy_from_slice(&word.to_be_bytes());
        }
        hash
    }
}

/// The hash of a text.
pub(super) fn sha256(text: &[u8]) -> [u8; 32] {
    Midstate::start().finish(text)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use sha2::{Digest as _, Sha256};

    use super::*;

    fn library(text: &[u8]) -> [u8; 32] {
        Sha256::digest(text).into()
    }

    #[test]
    fn hashes_texts_of_every_length_like_the_library() {
        let text: Vec<u8> = (0..=255).collect();
        for length in 0..text.len() {
            assert_eq!(
                sha256(&text[..length]),
                library(&text[..length]),
                "{length}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_text_may_be_divided_anywhere(
            text in prop::collection::vec(any::<u8>(), 0..400),
            at: prop::sample::Index,
        ) {
            let (state, rest) = Midstate::after(&text[..at.index(text.len() + 1)]);
            let hashed = state.length as usize;
            prop_assert_eq!(&text[hashed..hashed + rest.len()], rest);
            prop_assert_eq!(state.finish(&text[hashed..]), library(&text));
        }
    }
}
