//! Random numbers for backoff and tokens, not for secrets.

use std::{collections::hash_map::RandomState, hash::BuildHasher as _, process, time::SystemTime};

/// Returns a random number: a hash with the random keys of the standard library, which differ at each call.
fn number() -> u64 {
    // A forked process has the same keys, but another ID and another time.
    RandomState::new().hash_one((process::id(), SystemTime::now()))
}

/// Returns a random number that is at least 0 and less than 1.
pub(crate) fn fraction() -> f64 {
    // A double has 53 bits.
    (number() >> 11) as f64 / (1_u64 << 53) as f64
}

/// Returns a random UUID, version 4.
pub(crate) fn uuid() -> String {
    let (high, low) = (number(), number());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0x0fff,
        0x8000 | (low >> 48) & 0x3fff,
        low & 0xffff_ffff_ffff,
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn uuids_are_valid_and_unique() {
        let made: HashSet<String> = (0..1000).map(|_| uuid()).collect();
        assert_eq!(made.len(), 1000);
        for id in made {
            let lengths: Vec<_> = id.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12]);
            assert_eq!(&id[14..15], "4");
            assert!(["8", "9", "a", "b"].contains(&&id[19..20]), "{id}");
        }
    }

    #[test]
    fn fractions_are_spread() {
        let fractions: Vec<f64> = (0..1000).map(|_| fraction()).collect();
        assert!(fractions.iter().all(|one| (0.0..1.0).contains(one)));
        assert!(fractions.iter().any(|one| *one < 0.1) && fractions.iter().any(|one| *one > 0.9));
    }
}
