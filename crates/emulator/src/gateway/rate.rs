//! Rate limits.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// The number of calls per account and action in the current second.
#[derive(Debug, Default)]
pub(crate) struct Rates(Mutex<Second>);

#[derive(Debug, Default)]
struct Second {
    time: u64,
    calls: HashMap<(u64, String), u32>,
}

impl Rates {
    /// Counts a call, and returns whether it is within the limit.
    ///
    /// The emulator's clock determines the second, so all calls at a stopped clock are in the same one.
    pub(crate) fn admit(&self, uin: u64, action: String, limit: u32, now: u64) -> bool {
        let mut second = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if second.time != now {
            second.time = now;
            second.calls.clear();
        }
        let calls = second.calls.entry((uin, action)).or_default();
        *calls = calls.saturating_add(1);
        *calls <= limit
    }
}
