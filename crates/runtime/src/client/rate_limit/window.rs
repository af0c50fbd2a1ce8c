use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// Assumed rate of an action without a documented one. The vendor documents it for nearly all actions.
const USUAL_RATE: f64 = 20.0;

/// Duration for which one report of too many calls lowers the rate of an action.
pub(super) const SLOW_DOWN: Duration = Duration::from_secs(10);

/// Pause of an action after such a report. Rate limits are per second.
pub(super) const BACKOFF: Duration = Duration::from_secs(1);

/// Time after which a call without a response counts as received, connecting included. A longer time would lower the rate
/// of slow actions further: each slot is used once in this time plus a window.
pub(super) const MAX_TRAVEL: Duration = Duration::from_secs(1);

/// Maximum number of times that the rate is halved.
const MAX_HALVINGS: u32 = 5;

/// A sliding window over the calls of one action at the time when the service receives them.
///
/// The service receives a call at an unknown time between the permit and the response. So a call occupies a slot from its
/// permit until one window after its response. Two calls in the same slot are received at least a window apart, whatever
/// the network does. So the service never receives more calls in a window than there are slots.
pub(super) struct SlidingWindow {
    /// Calls per second, if there is a limit.
    pub(super) rate: Option<f64>,
    /// The last calls, at most one for each slot, sorted by time: the time of the response, or else the end of
    /// `MAX_TRAVEL`, and the permit.
    pub(super) calls: VecDeque<(Instant, u64)>,
    /// Permit of the next call.
    next: u64,
    /// End of the slow-down. Each remaining `SLOW_DOWN` halves the rate.
    slow_until: Instant,
    /// No call is admitted before this.
    blocked_until: Instant,
    /// Lead of `now` over the system clock.
    ahead: Duration,
}

impl Default for SlidingWindow {
    fn default() -> Self {
        let now = Instant::now();
        Self {
            rate: None,
            calls: VecDeque::new(),
            next: 0,
            slow_until: now,
            blocked_until: now,
            ahead: Duration::ZERO,
        }
    }
}

impl SlidingWindow {
    pub(super) fn now(&self) -> Instant {
        let now = Instant::now();
        now.checked_add(self.ahead).unwrap_or(now)
    }

    /// Moves `now` to `due` after a sleep until then, because sleeps of test transports may return immediately.
    pub(super) fn advance_to(&mut self, due: Instant) {
        let missing = due.saturating_duration_since(self.now());
        self.ahead = self.ahead.saturating_add(missing);
    }

    /// Lowers the rate, after the service has reported too many calls.
    pub(super) fn slow_down(&mut self) {
        let now = self.now();
        // The service may refuse several calls at the same time, which counts once.
        let is_new = self.blocked_until <= now;
        let halvings = (self.halvings(now) + u32::from(is_new)).min(MAX_HALVINGS);
        self.slow_until = now + halvings * SLOW_DOWN;
        self.blocked_until = now + BACKOFF;
    }

    /// Returns the allowed number of calls per second.
    pub(super) fn rate(&self, now: Instant) -> Option<f64> {
        match self.halvings(now) {
            0 => self.rate,
            halvings => Some(self.rate.unwrap_or(USUAL_RATE) / f64::from(1_u32 << halvings)),
        }
    }

    /// Returns how many times the rate is halved.
    fn halvings(&self, now: Instant) -> u32 {
        let left = self.slow_until.saturating_duration_since(now);
        left.as_nanos().div_ceil(SLOW_DOWN.as_nanos()) as u32
    }

    /// Returns the earliest time of the next call after `waiting` others, assuming that pending calls are answered now.
    pub(super) fn due(&self, now: Instant, waiting: usize) -> Instant {
        let earliest = self.blocked_until.max(now);
        let Some(rate) = self.rate(now) else {
            return earliest;
        };
        let (allowed, window) = window(rate);
        let (windows, slot) = (waiting / allowed, waiting % allowed);
        let later = window.saturating_mul(u32::try_from(windows).unwrap_or(u32::MAX));
        let replaced = (self.calls.len() + slot).checked_sub(allowed);
        let replaced = replaced.and_then(|index| self.calls.get(index));
        let due = replaced
            .map_or(now, |(until, _)| now.min(*until) + window)
            .max(earliest);
        due.checked_add(later).unwrap_or(due)
    }

    /// Records a call and returns its permit.
    pub(super) fn record(&mut self, now: Instant) -> u64 {
        let (allowed, _) = window(self.rate.unwrap_or(USUAL_RATE));
        while self.calls.len() >= allowed {
            self.calls.pop_front();
        }
        let permit = self.next;
        self.next = permit.wrapping_add(1);
        self.calls.push_back((now + MAX_TRAVEL, permit));
        permit
    }

    /// Records the response to a call.
    pub(super) fn answered(&mut self, permit: u64) {
        let now = self.now();
        let call = self.calls.iter().position(|(_, call)| *call == permit);
        if let Some(index) = call.filter(|index| self.calls[*index].0 > now) {
            self.calls.remove(index);
            let index = self.calls.partition_point(|(until, _)| *until <= now);
            self.calls.insert(index, (now, permit));
        }
    }
}

/// Returns the number of calls in a window and its length: whole calls in one second, or one call in a longer time.
pub(super) fn window(rate: f64) -> (usize, Duration) {
    // Bounds the memory for recorded calls.
    const MAX_RATE: f64 = 100_000.0;
    // Prevents the overflow of an `Instant`.
    const MAX_WINDOW: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let window = Duration::try_from_secs_f64(1.0 / rate.min(1.0)).unwrap_or(MAX_WINDOW);
    (rate.clamp(1.0, MAX_RATE) as usize, window.min(MAX_WINDOW))
}
