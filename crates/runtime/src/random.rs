//! Numbers that nobody can foresee, for pauses and tokens. They are no secrets.

use std::{
    cell::Cell,
    collections::hash_map::RandomState,
    hash::{BuildHasher as _, Hasher as _},
    process,
    time::{SystemTime, UNIX_EPOCH},
};

/// A random number.
pub(crate) fn number() -> u64 {
    thread_local! {
        static STATE: Cell<u64> = Cell::new(RandomState::new().build_hasher().finish());
    }
    STATE.with(|state| {
        // SplitMix64: each state is the next number of a sequence, each number a hash of it.
        let next = state.get().wrapping_add(0x9e37_79b9_7f4a_7c15);
        state.set(next);
        let mixed = (next ^ (next >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    })
}

/// A random part of a whole: at least 0, less than 1.
pub(crate) fn part() -> f64 {
    // A double holds 53 bits.
    (number() >> 11) as f64 / (1_u64 << 53) as f64
}

/// A random identifier in the form of a UUID, version 4.
pub(crate) fn uuid() -> String {
    // A process that was forked has the same state, but another number and another time.
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    let time = time.map_or(0, |time| time.as_nanos() as u64);
    let high = number() ^ time.rotate_left(32) ^ u64::from(process::id());
    let low = number();
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
    fn identifiers_have_the_form_of_uuids_and_differ() {
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
    fn parts_spread_over_the_whole() {
        let parts: Vec<f64> = (0..1000).map(|_| part()).collect();
        assert!(parts.iter().all(|part| (0.0..1.0).contains(part)));
        assert!(parts.iter().any(|part| *part < 0.1) && parts.iter().any(|part| *part > 0.9));
    }
}
