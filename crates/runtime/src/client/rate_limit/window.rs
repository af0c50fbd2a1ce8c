use std::{
    collections::VecDeque,
    time::{Duration, Instant},
};

/// Rate that is assumed for an action without a documented one: what the vendor documents nearly everywhere.
const USUAL_RATE: f64 = 20.0;

/// The time for which an action's rate stays lowered after the service has reported too many calls.
pub(super) const SLOW: Duration = Duration::from_secs(10);

/// The time for which it is not called at all then: rates are per second.
pub(super) const BACKOFF: Duration = Duration::from_secs(1);

/// How long a call without an answer counts as on its way to the service, its connection included. Slow actions are
/// called no faster than once in this time and a window, so it is not longer.
pub(super) const TRAVEL: Duration = Duration::from_secs(1);

/// How often the rate is halved at most.
const MAX_HALVINGS: u32 = 5;

/// Sliding window over the calls of one action, as the service receives them.
///
/// When that is, only the service knows: after the permit and before the answer. So a call counts from its permit until
/// one window after its answer, and then its place is free. Two calls in the same place are received at least a window
/// apart, whatever the network does, so no window at the service has more calls than there are places.
pub(super) struct SlidingWindow {
    /// Calls per second, if there is a limit.
    pub(super) rate: Option<f64>,
    /// The last calls, as many as there are places: when each was answered, or else when its `TRAVEL` ends, in the order
    /// of these times, and its permit.
    pub(super) calls: VecDeque<(Instant, u64)>,
    /// The permit of the next call.
    next: u64,
    /// When the rate is no longer lowered. Each `SLOW` before that halves it.
    slow_until: Instant,
    /// No call is made before this.
    blocked_until: Instant,
    /// How far `now` is ahead of the system's clock.
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

    /// Moves `now` to `due` after a sleep until then, for transports of tests whose sleeps take no time.
    pub(super) fn advance_to(&mut self, due: Instant) {
        let missing = due.saturating_duration_since(self.now());
        self.ahead = self.ahead.saturating_add(missing);
    }

    /// Lowers the rate, after the service has reported too many calls.
    pub(super) fn slow_down(&mut self) {
        let now = self.now();
        // Calls that were sent together are refused together, which counts once.
        let is_new = self.blocked_until <= now;
        let halvings = (self.halvings(now) + u32::from(is_new)).min(MAX_HALVINGS);
        self.slow_until = now + halvings * SLOW;
        self.blocked_until = now + BACKOFF;
    }

    /// Calls per second that are allowed now.
    pub(super) fn rate(&self, now: Instant) -> Option<f64> {
        match self.halvings(now) {
            0 => self.rate,
            halvings => Some(self.rate.unwrap_or(USUAL_RATE) / f64::from(1_u32 << halvings)),
        }
    }

    /// How often the rate is halved now.
    fn halvings(&self, now: Instant) -> u32 {
        let left = self.slow_until.saturating_duration_since(now);
        left.as_nanos().div_ceil(SLOW.as_nanos()) as u32
    }

    /// When the next call may be made at the earliest, after `waiting` others: if those on their way are answered now.
    pub(super) fn due(&self, now: Instant, waiting: usize) -> Instant {
        let earliest = self.blocked_until.max(now);
        let Some(rate) = self.rate(now) else {
            return earliest;
        };
        let (allowed, window) = window(rate);
        let (windows, place) = (waiting / allowed, waiting % allowed);
        let later = window.saturating_mul(u32::try_from(windows).unwrap_or(u32::MAX));
        let replaced = (self.calls.len() + place).checked_sub(allowed);
        let replaced = replaced.and_then(|index| self.calls.get(index));
        let due = replaced
            .map_or(now, |(until, _)| now.min(*until) + window)
            .max(earliest);
        due.checked_add(later).unwrap_or(due)
    }

    /// Notes that a call is made, and returns its permit.
    pub(super) fn record(&mut self, now: Instant) -> u64 {
        let (allowed, _) = window(self.rate.unwrap_or(USUAL_RATE));
        while self.calls.len() >= allowed {
            self.calls.pop_front();
        }
        let permit = self.next;
        self.next = permit.wrapping_add(1);
        self.calls.push_back((now + TRAVEL, permit));
        permit
    }

    /// Notes that a call is answered.
    pub(super) fn answered(&mut self, permit: u64) {
        let now = self.now();
        let call = self.calls.iter().position(|(_, call)| *call == permit);
        if let Some(index) = call.filter(|index| self.calls[*index].0 > now) {
            self.calls.remove(index);
            let place = self.calls.partition_point(|(until, _)| *until <= now);
            self.calls.insert(place, (now, permit));
        }
    }
}

/// Returns how many calls are allowed within what time: the whole calls of a second, or one within a longer time.
pub(super) fn window(rate: f64) -> (usize, Duration) {
    // Bounds the memory for the times of calls; no action is called faster.
    const MAX_RATE: f64 = 100_000.0;
    // Short enough that no `Instant` overflows.
    const MAX_WINDOW: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let window = Duration::try_from_secs_f64(1.0 / rate.min(1.0)).unwrap_or(MAX_WINDOW);
    (rate.clamp(1.0, MAX_RATE) as usize, window.min(MAX_WINDOW))
}
