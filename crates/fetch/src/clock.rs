//! The time, which a test need not wait for.

use std::thread;
use std::time::{Duration, SystemTime};

/// Tells the time, and lets it pass.
pub trait Clock {
    /// The time.
    fn now(&self) -> SystemTime;

    /// Returns once this much time has passed.
    fn pause(&self, time: Duration);
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn pause(&self, time: Duration) {
        thread::sleep(time);
    }
}
