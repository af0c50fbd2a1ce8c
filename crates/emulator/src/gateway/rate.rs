//! The documented rates.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// How often each account called each action within the current second.
#[derive(Debug, Default)]
pub(crate) struct Rates(Mutex<Second>);

#[derive(Debug, Default)]
struct Second {
    time: u64,
    calls: HashMap<(u64, String), u32>,
}

impl Rates {
    /// Counts a call, of an action that is named with its service and version; `false` if it is one too many.
    ///
    /// Seconds are those of the emulator's clock, so that a clock that stands still allows the rate once.
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
