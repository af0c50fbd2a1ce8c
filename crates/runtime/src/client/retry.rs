//! Retry policy: decides whether and when a failed call is sent again.

use std::{
    sync::atomic::{AtomicU32, Ordering::Relaxed},
    time::Duration,
};

use http::{HeaderMap, header};

use super::clock;
use crate::{Access, Error, ErrorKind, random};

/// Retry policy: the maximum number of attempts, and the backoff between them.
///
/// A call of an action that only reads is retried after any transient failure. Any other call is retried only if the
/// service cannot have acted, or has reported that it did nothing.
///
/// ```
/// use std::time::Duration;
///
/// use tc3::Retry;
///
/// let patient = Retry::new().max_attempts(6).max_backoff(Duration::from_secs(20));
/// let never = Retry::never();
/// # let _ = (patient, never);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retry {
    pub(super) max_attempts: u32,
    initial_backoff: Duration,
    max_backoff: Duration,
}

impl Retry {
    /// Returns the default policy: up to four attempts, with a random backoff of at most 100 ms, 200 ms and 400 ms
    /// between them, as long as the timeout of the call allows.
    pub const fn new() -> Self {
        Self {
            max_attempts: 4,
            initial_backoff: Duration::from_millis(100),
            max_backoff: Duration::from_secs(5),
        }
    }

    /// Returns a policy of one attempt. A call that was refused because of a wrong clock or a stale credential is still
    /// sent once more.
    pub const fn never() -> Self {
        Self::new().max_attempts(1)
    }

    /// Sets the maximum number of attempts, the first one included.
    pub const fn max_attempts(mut self, attempts: u32) -> Self {
        self.max_attempts = attempts;
        self
    }

    /// Sets the maximum backoff before the second attempt; it doubles before each further one.
    pub const fn initial_backoff(mut self, backoff: Duration) -> Self {
        self.initial_backoff = backoff;
        self
    }

    /// Sets the maximum backoff before any attempt.
    pub const fn max_backoff(mut self, backoff: Duration) -> Self {
        self.max_backoff = backoff;
        self
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        if self.max_attempts == 0 {
            let problem = "max_attempts must be greater than zero; 1 turns retries off";
            return Err(Error::setting("retry", problem));
        }
        if self.max_backoff < self.initial_backoff {
            let initial = self.initial_backoff;
            let problem = format!("max_backoff must be at least initial_backoff ({initial:?})");
            return Err(Error::setting("retry", problem));
        }
        Ok(())
    }

    /// Returns the backoff after this many attempts: exponential with full jitter, so that clients which failed
    /// together do not retry together.
    pub(super) fn backoff(&self, attempts: u32, rate_limited: bool) -> Duration {
        let mut first = self.initial_backoff;
        if rate_limited {
            // Rates are per second, so a retry within the same second would be refused as well.
            first = first.max(Duration::from_secs(1)).min(self.max_backoff);
        }
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1).min(20));
        let max = first.saturating_mul(doubled).min(self.max_backoff);
        max.mul_f64(random::fraction())
    }
}

impl Default for Retry {
    fn default() -> Self {
        Self::new()
    }
}

/// Returns whether a retry is safe even if the whole request was sent.
pub(super) fn is_safe_to_retry(error: &Error, access: Access) -> bool {
    access == Access::Read || is_refusal(error)
}

/// Returns whether the response proves that the service did nothing. A response that contradicts itself proves nothing.
fn is_refusal(error: &Error) -> bool {
    let status = error.http_status().unwrap_or_default();
    match error.kind() {
        // The service checks rate and signature before it acts.
        ErrorKind::Service => (error.is_throttled() || error.is_auth_failure()) && status < 500,
        // A proxy in front of the service refused the request. With a request ID, the service itself responded.
        ErrorKind::Response => status == 429 && error.request_id().is_none(),
        _ => false,
    }
}

/// Returns whether the service, or a proxy in front of it, reported too many calls.
pub(super) fn is_rate_limited(error: &Error) -> bool {
    error.is_throttled() || error.http_status() == Some(429)
}

/// Returns the delay that the header `Retry-After` requests, in seconds or until a date. `now` is Unix time in seconds
/// by the service's clock, which dates refer to.
pub(super) fn retry_after(headers: &HeaderMap, now: u64) -> Option<Duration> {
    let text = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = clock::http_date(text)?;
    Some(Duration::from_secs(date.saturating_sub(now)))
}

/// Retry budget of a client: a token bucket that all its calls share. It bounds the extra load of retries while most
/// calls fail.
pub(super) struct RetryBudget(AtomicU32);

impl RetryBudget {
    /// Cost of a retry in tokens; each response without a transient failure adds one token.
    const COST: u32 = 10;
    /// Capacity: a hundred retries.
    const MAX: u32 = 100 * Self::COST;

    pub(super) fn full() -> Self {
        Self(AtomicU32::new(Self::MAX))
    }

    /// Takes the tokens of a retry. Returns `false` if the budget is exhausted.
    pub(super) fn spend(&self) -> bool {
        let spend = |left: u32| left.checked_sub(Self::COST);
        self.0.fetch_update(Relaxed, Relaxed, spend).is_ok()
    }

    /// Adds a token.
    pub(super) fn earn(&self) {
        let earn = |left: u32| (left < Self::MAX).then_some(left + 1);
        // `Err` means that the budget is full, which is the usual case. Nothing is written then, so the cache line stays
        // shared.
        let _ = self.0.fetch_update(Relaxed, Relaxed, earn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn backoff_doubles_up_to_the_maximum() {
        let retry = Retry::new().max_backoff(Duration::from_millis(300));
        for (attempts, max) in [(1, 100), (2, 200), (3, 300), (4, 300), (u32::MAX, 300)] {
            let backoffs: Vec<_> = (0..200).map(|_| retry.backoff(attempts, false)).collect();
            let max = Duration::from_millis(max);
            assert!(backoffs.iter().all(|backoff| *backoff < max));
            assert!(backoffs.iter().any(|backoff| *backoff > max / 2));
            assert!(backoffs.iter().any(|backoff| *backoff < max / 2));
        }
        let rate_limited = (0..200).map(|_| Retry::new().backoff(1, true)).max();
        assert!(rate_limited > Some(Duration::from_millis(500)));
    }

    #[test]
    fn reads_retry_after() {
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
    fn budget_is_spent_and_earned_again() {
        let budget = RetryBudget::full();
        assert_eq!((0..1000).filter(|_| budget.spend()).count(), 100);
        (0..RetryBudget::COST).for_each(|_| budget.earn());
        assert!(budget.spend());
        assert!(!budget.spend());
        (0..10 * RetryBudget::MAX).for_each(|_| budget.earn());
        assert_eq!((0..1000).filter(|_| budget.spend()).count(), 100);
    }
}
