use std::{
    collections::VecDeque,
    task::Waker,
    time::{Duration, Instant},
};

use super::TooLate;

/// The rate of a service that documents none: what the vendor documents nearly everywhere.
const USUAL: f64 = 20.0;

/// How long an action is called at a lower rate after the service said that there were too many calls.
pub(super) const SLOW: Duration = Duration::from_secs(10);

/// How long it is not called at all then: rates are per second.
pub(super) const REST: Duration = Duration::from_secs(1);

/// How often the rate is halved at most.
const SLOWEST: u32 = 5;

/// The turns of one action: when they were, who waits for one, and how fast they may follow each other.
pub(super) struct Turns {
    /// How many calls a second are allowed, if there is a limit.
    pub(super) rate: Option<f64>,
    /// When the last turns were, as many as the rate looks back on.
    pub(super) taken: VecDeque<Instant>,
    /// Who waits, in the order in which they came.
    pub(super) queue: VecDeque<(u64, Option<Waker>)>,
    pub(super) next_ticket: u64,
    /// How often the rate is halved, and until when.
    halved: u32,
    slow_until: Option<Instant>,
    /// No turn comes before this.
    rest_until: Option<Instant>,
    /// By how much the times here are ahead of the system's: the pauses that a transport without a network took no time
    /// for.
    pub(super) ahead: Duration,
}

impl Turns {
    pub(super) fn new(rate: Option<f64>) -> Self {
        Self {
            rate,
            taken: VecDeque::new(),
            queue: VecDeque::new(),
            next_ticket: 0,
            halved: 0,
            slow_until: None,
            rest_until: None,
            ahead: Duration::ZERO,
        }
    }

    /// The service said that there were too many calls.
    pub(super) fn slow_down(&mut self) {
        let now = self.now();
        // Calls that went out together are refused together: that is one refusal.
        let is_new = self.rest_until.is_none_or(|rest| rest <= now);
        self.rate(now);
        if is_new {
            self.halved = (self.halved + 1).min(SLOWEST);
        }
        self.slow_until = Some(now + SLOW);
        self.rest_until = Some(now + REST);
    }

    pub(super) fn now(&self) -> Instant {
        let now = Instant::now();
        now.checked_add(self.ahead).unwrap_or(now)
    }

    pub(super) fn find(&mut self, ticket: u64) -> Option<&mut (u64, Option<Waker>)> {
        // Tickets are in the order of the queue.
        let at = self
            .queue
            .binary_search_by_key(&ticket, |(ticket, _)| *ticket);
        self.queue.get_mut(at.ok()?)
    }

    /// What to tell a call that has no time left to wait for its turn.
    pub(super) fn too_late(&mut self, ticket: u64) -> TooLate {
        let waiting = self.queue.partition_point(|(other, _)| *other < ticket);
        let rate = self.rate(self.now()).unwrap_or_default();
        TooLate { waiting, rate }
    }

    /// How many calls a second are allowed now.
    pub(super) fn rate(&mut self, now: Instant) -> Option<f64> {
        while let Some(until) = self.slow_until.filter(|until| *until <= now) {
            self.halved = self.halved.saturating_sub(1);
            self.slow_until = (self.halved > 0).then(|| until + SLOW);
        }
        if self.halved == 0 {
            return self.rate;
        }
        Some(self.rate.unwrap_or(USUAL) / f64::from(1_u32 << self.halved))
    }

    /// When the next call may go out, after so many others that wait already.
    pub(super) fn due(&mut self, now: Instant, waiting: usize) -> Instant {
        let rest = self.rest_until.filter(|rest| *rest > now).unwrap_or(now);
        let Some(rate) = self.rate(now) else {
            return rest;
        };
        let (calls, window) = window(rate);
        // With so many before it, a call takes the place of the one that was so many places earlier.
        let (rounds, place) = (waiting / calls, waiting % calls);
        let later = window.saturating_mul(u32::try_from(rounds).unwrap_or(u32::MAX));
        let taken = self.taken.len();
        let due = match (taken + place).checked_sub(calls) {
            Some(before) if before < taken => self.taken[before] + window,
            _ => now,
        };
        due.max(rest).checked_add(later).unwrap_or(due)
    }

    pub(super) fn take(&mut self, now: Instant) {
        if let Some(rate) = self.rate {
            let (calls, _) = window(rate);
            self.taken.push_back(now);
            while self.taken.len() > calls {
                self.taken.pop_front();
            }
        } else if self.halved > 0 {
            self.taken.push_back(now);
            while self.taken.len() > USUAL as usize {
                self.taken.pop_front();
            }
        }
    }
}

/// How many calls are allowed within what time: the whole number of a second's calls, or one in longer than a second.
pub(super) fn window(rate: f64) -> (usize, Duration) {
    // More calls a second than this are not worth counting.
    const MOST: f64 = 100_000.0;
    // No clock runs over for so many years, nor is a client used for longer.
    const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let rate = rate.min(MOST);
    let calls = rate.floor().max(1.0);
    let window = Duration::try_from_secs_f64(calls / rate).unwrap_or(LONGEST);
    (calls as usize, window.min(LONGEST))
}
