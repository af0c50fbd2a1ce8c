//! The clock, replaceable in tests.

use std::thread;
use std::time::{Duration, SystemTime};

/// A source of time.
pub trait TimeSource {
    /// Returns the current time.
    fn now(&self) -> SystemTime;

    /// Sleeps for a duration.
    fn pause(&self, duration: Duration);
}

/// The system clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl TimeSource for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn pause(&self, duration: Duration) {
        thread::sleep(duration);
    }
}
