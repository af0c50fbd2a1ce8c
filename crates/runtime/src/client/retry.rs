//! Whether a failed call is sent again, and when.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use http::{HeaderMap, header};

use super::clock;
use crate::{Access, Error, ErrorKind, Phase, random};

/// How often, and after what pauses, a failed call is sent again.
///
/// Whether it is sent again at all hangs on what can have happened: a call of an action that only reads is
/// repeated on anything that may pass by itself; any other one only if the service cannot have acted, or said that it did
/// nothing.
///
/// ```
/// use std::time::Duration;
///
/// use tc3::Retry;
///
/// let patient = Retry::new().attempts(6).longest_pause(Duration::from_secs(20));
/// let never = Retry::never();
/// # let _ = (patient, never);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    attempts: u32,
    first_pause: Duration,
    longest_pause: Duration,
}

impl Retry {
    /// Up to four attempts, with pauses of at most 100 ms, 200 ms, 400 ms, each of a random length, as long as the
    /// time-out of the call allows for them.
    pub const fn new() -> Self {
        Self {
            attempts: 4,
            first_pause: Duration::from_millis(100),
            longest_pause: Duration::from_secs(5),
        }
    }

    /// One attempt. Only a wrong clock and a stale credential are still put right, each at most once.
    pub const fn never() -> Self {
        Self::new().attempts(1)
    }

    /// Sets how many attempts there are at most, the first one included.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets how long the pause before the second attempt is at most; before each further one it is twice as long.
    pub const fn first_pause(mut self, pause: Duration) -> Self {
        self.first_pause = pause;
        self
    }

    /// Sets how long a pause gets at most.
    pub const fn longest_pause(mut self, pause: Duration) -> Self {
        self.longest_pause = pause;
        self
    }

    /// Refuses what makes no sense.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.attempts == 0 {
            return Err(Error::setting(
                "retry",
                "0 attempts are no call; `attempts` may be any other number, 1 for no retry",
            ));
        }
        if self.longest_pause < self.first_pause {
            return Err(Error::setting(
                "retry",
                format_args!(
                    "the longest pause, {:?}, is shorter than the first one, {:?}; it may be as long or longer",
                    self.longest_pause, self.first_pause
                ),
            ));
        }
        Ok(())
    }

    /// Whether there is one more attempt after this many.
    pub(super) fn allows(&self, attempts: u32) -> bool {
        attempts < self.attempts
    }

    /// How long to wait after this many attempts: a random part of a time that doubles, so that clients which failed
    /// together do not come back together.
    pub(super) fn pause(&self, attempts: u32, throttled: bool) -> Duration {
        // Rates are per second, so a refusal for the rate is of no use to repeat in the same one.
        let first = if throttled {
            self.first_pause
                .max(Duration::from_secs(1))
                .min(self.longest_pause)
        } else {
            self.first_pause
        };
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1).min(20));
        let most = first.saturating_mul(doubled).min(self.longest_pause);
        most.mul_f64(random::fraction())
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether the same call can be sent again without the risk that it acts twice.
pub(super) fn is_harmless(error: &Error, access: Access) -> bool {
    access == Access::Read
        || match error.kind() {
            ErrorKind::Transport => error.phase() < Phase::SentWhole,
            // Nothing was sent.
            ErrorKind::Credential | ErrorKind::Request | ErrorKind::Setting => true,
            // Refused for the rate or for who calls, before anything else.
            _ => is_for_the_rate(error) || error.is_auth_failure(),
        }
}

/// Whether there were too many calls, as the service says or something in front of it.
pub(super) fn is_for_the_rate(error: &Error) -> bool {
    error.is_throttled() || error.http_status() == Some(429)
}

/// How long the answer asks to wait: a number of seconds, or a date. `now` is Unix time in seconds by the service's
/// clock, which is the one that dates are by.
pub(super) fn retry_after(headers: &HeaderMap, now: u64) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = clock::http_date(text)?;
    Some(Duration::from_secs(date.saturating_sub(now)))
}

/// How many retries a client may still make, all its calls together: when everything fails, retries only add to
/// the load.
pub(super) struct Budget(AtomicU32);

impl Budget {
    /// What a retry costs, in what a success brings.
    const COST: u32 = 10;
    /// A hundred retries.
    const FULL: u32 = 100 * Self::COST;

    pub(super) fn full() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Takes a retry out; `false` if there is none left.
    pub(super) fn take(&self) -> bool {
        let take = |left: u32| left.checked_sub(Self::COST);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    /// A call went well.
    pub(super) fn refill(&self) {
        // Nearly always it is full, and then nothing is written that other threads read.
        if self.0.load(Ordering::Relaxed) < Self::FULL {
            let add = |left: u32| (left < Self::FULL).then_some(left + 1);
            let _ = self
                .0
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, add);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let retry = Retry::new().longest_pause(Duration::from_millis(300));
        for (attempts, most) in [(1, 100), (2, 200), (3, 300), (4, 300), (u32::MAX, 300)] {
            let pauses: Vec<_> = (0..200).map(|_| retry.pause(attempts, false)).collect();
            let most = Duration::from_millis(most);
            assert!(pauses.iter().all(|pause| *pause < most));
            assert!(pauses.iter().any(|pause| *pause > most / 2));
            assert!(pauses.iter().any(|pause| *pause < most / 2));
        }
        let throttled = (0..200).map(|_| Retry::new().pause(1, true)).max();
        assert!(throttled > Some(Duration::from_millis(500)));
    }

    #[test]
    fn reads_how_long_to_wait() {
        let now = 784_111_777;
        for (value, expect) in [
            ("3", Some(3)),
            (" 120 ", Some(120)),
            ("Sun, 06 Nov 1994 08:49:40 GMT", Some(3)),
            ("Sun, 06 Nov 1994 08:49:30 GMT", Some(0)),
            ("-1", None),
            ("soon", None),
        ] {
            let headers = [(header::RETRY_AFTER, value.parse().unwrap())];
            let waits = retry_after(&headers.into_iter().collect(), now);
            assert_eq!(waits, expect.map(Duration::from_secs), "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), now), None);
    }

    #[test]
    fn the_budget_is_used_up_and_filled_again() {
        let budget = Budget::full();
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
        (0..Budget::COST).for_each(|_| budget.refill());
        assert!(budget.take());
        assert!(!budget.take());
        (0..10 * Budget::FULL).for_each(|_| budget.refill());
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
    }
}
