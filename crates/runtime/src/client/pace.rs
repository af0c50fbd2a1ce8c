//! Keeping to the documented rates on our side, so that a loop runs at the allowed pace instead of into errors.

use std::{
    collections::{HashMap, VecDeque},
    future::poll_fn,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
    time::{Duration, Instant},
};

use crate::{
    Error,
    operation::Operation,
    transport::{Transport, within},
};

/// How fast a client calls, and all its clones together.
///
/// By default no action is called more often within any second than its documentation allows; calls beyond that wait
/// for their turn, first come, first served. If the service says all the same that there were too many, the action is
/// called at half the rate for some seconds, and at half of that if it says so again.
///
/// ```
/// use tc3::Pacing;
///
/// let shared_account = Pacing::times(0.5);
/// let raised_by_support = Pacing::times(10.0);
/// # let _ = (shared_account, raised_by_support, Pacing::off());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pacing {
    /// What the documented rates are multiplied with; `None` if they are not kept.
    factor: Option<f64>,
}

impl Pacing {
    /// The documented rates. This is the default.
    pub const fn documented() -> Self {
        Self::times(1.0)
    }

    /// The documented rates times a factor: less than 1 where others call with the same account, more than 1 where the
    /// service allows the account more.
    pub const fn times(factor: f64) -> Self {
        Self {
            factor: Some(factor),
        }
    }

    /// No waiting, not even after the service has said that there were too many calls.
    pub const fn off() -> Self {
        Self { factor: None }
    }
}

impl Default for Pacing {
    fn default() -> Self {
        Self::documented()
    }
}

/// The rate of a service that documents none: what the vendor documents nearly everywhere.
const USUAL: f64 = 20.0;

/// How long an action is called at a lower rate after the service said that there were too many calls.
const SLOW: Duration = Duration::from_secs(10);

/// How long it is not called at all then: rates are per second.
const REST: Duration = Duration::from_secs(1);

/// How often the rate is halved at most.
const SLOWEST: u32 = 5;

/// The turns of a client's calls, by action.
pub(super) struct Pacer {
    pacing: Pacing,
    /// Rates that the caller has set, by action.
    rates: HashMap<String, f64>,
    lanes: Mutex<HashMap<Box<str>, Arc<Lane>>>,
}

impl Pacer {
    /// A pacer; refuses rates that cannot be ones.
    pub(super) fn new(pacing: Pacing, rates: Vec<(String, f64)>) -> Result<Self, Error> {
        let is_rate = |rate: f64| rate.is_finite() && rate > 0.0;
        if let Some(factor) = pacing.factor.filter(|factor| !is_rate(*factor)) {
            return Err(Error::setting(
                "pacing",
                format_args!(
                    "no rate times {factor} can be kept; the factor may be any number above 0, and `Pacing::off` turns it off"
                ),
            ));
        }
        if let Some((action, rate)) = rates.iter().find(|(_, rate)| !is_rate(*rate)) {
            return Err(Error::setting(
                "rate",
                format_args!(
                    "`{}` cannot be called {rate} times a second; it may be any number above 0",
                    action.escape_debug()
                ),
            ));
        }
        Ok(Self {
            pacing,
            rates: rates.into_iter().collect(),
            lanes: Mutex::default(),
        })
    }

    /// The turns of an action; nothing where calls never wait.
    pub(super) fn lane(&self, operation: &Operation) -> Option<Arc<Lane>> {
        let action = operation.name();
        let set = self.rates.get(action).copied();
        let rate = match (set, self.pacing.factor, operation) {
            (Some(rate), ..) => Some(rate),
            // Names can be anything, so nothing is kept for each of them.
            (None, None, _) | (None, _, Operation::Named(_)) => return None,
            (None, Some(factor), Operation::Described(action)) => action
                .rate_limit
                .filter(|rate| *rate > 0)
                .map(|rate| f64::from(rate) * factor),
        };
        let mut lanes = lock(&self.lanes);
        if let Some(lane) = lanes.get(action) {
            return Some(Arc::clone(lane));
        }
        let lane = Arc::new(Lane(Mutex::new(Turns::new(rate))));
        lanes.insert(action.into(), Arc::clone(&lane));
        Some(lane)
    }
}

/// The turns of one action.
pub(super) struct Lane(Mutex<Turns>);

struct Turns {
    /// How many calls a second are allowed, if there is a limit.
    rate: Option<f64>,
    /// When the last turns were, as many as the rate looks back on.
    taken: VecDeque<Instant>,
    /// Who waits, in the order in which they came.
    queue: VecDeque<(u64, Option<Waker>)>,
    next_ticket: u64,
    /// How often the rate is halved, and until when.
    halved: u32,
    slow_until: Option<Instant>,
    /// No turn comes before this.
    rest_until: Option<Instant>,
    /// By how much the times here are ahead of the system's: the pauses that a transport without a network took no time
    /// for.
    ahead: Duration,
}

/// A call has to wait for longer than it may take.
#[derive(Debug, PartialEq)]
pub(super) struct TooLate {
    /// How many calls wait before it.
    pub(super) waiting: usize,
    /// How many calls a second are made at present.
    pub(super) rate: f64,
}

impl Lane {
    /// Waits for a turn, for which there is so much time.
    ///
    /// Whoever stops waiting gives the turn to the next.
    pub(super) async fn turn(
        &self,
        transport: &dyn Transport,
        time: Duration,
    ) -> Result<(), TooLate> {
        let Some(place) = self.queue(time)? else {
            return Ok(());
        };
        let first = poll_fn(|context| {
            let mut turns = lock(&self.0);
            match turns.queue.front_mut() {
                Some((ticket, _)) if *ticket == place.ticket => Poll::Ready(()),
                _ => {
                    if let Some((_, waker)) = turns.find(place.ticket) {
                        *waker = Some(context.waker().clone());
                    }
                    Poll::Pending
                }
            }
        });
        // That there was time enough for the queue may be true no more: the action may have been slowed down.
        if within(transport, time, first).await.is_none() {
            return Err(lock(&self.0).too_late(place.ticket));
        }
        loop {
            let (due, pause) = {
                let mut turns = lock(&self.0);
                let now = turns.now();
                let due = turns.due(now, 0);
                if due <= now {
                    turns.take(now);
                    return Ok(());
                }
                if place.until.is_some_and(|until| due >= until) {
                    return Err(turns.too_late(place.ticket));
                }
                (due, due - now)
            };
            transport.sleep(pause).await;
            // What a transport without a network calls a pause may be none.
            let mut turns = lock(&self.0);
            let missing = due.saturating_duration_since(turns.now());
            turns.ahead = turns.ahead.saturating_add(missing);
        }
    }

    /// Takes a turn at once, or else a place in the queue.
    fn queue(&self, time: Duration) -> Result<Option<Place<'_>>, TooLate> {
        let mut turns = lock(&self.0);
        let now = turns.now();
        let waiting = turns.queue.len();
        let due = turns.due(now, waiting);
        if waiting == 0 && due <= now {
            turns.take(now);
            return Ok(None);
        }
        let ticket = turns.next_ticket;
        if due.saturating_duration_since(now) >= time {
            return Err(turns.too_late(ticket));
        }
        turns.next_ticket += 1;
        turns.queue.push_back((ticket, None));
        Ok(Some(Place {
            lane: self,
            ticket,
            until: now.checked_add(time),
        }))
    }

    /// The service said that there were too many calls.
    pub(super) fn slow_down(&self) {
        let mut turns = lock(&self.0);
        let now = turns.now();
        // Calls that went out together are refused together: that is one refusal.
        let is_new = turns.rest_until.is_none_or(|rest| rest <= now);
        turns.rate(now);
        if is_new {
            turns.halved = (turns.halved + 1).min(SLOWEST);
        }
        turns.slow_until = Some(now + SLOW);
        turns.rest_until = Some(now + REST);
    }
}

impl Turns {
    fn new(rate: Option<f64>) -> Self {
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

    fn now(&self) -> Instant {
        let now = Instant::now();
        now.checked_add(self.ahead).unwrap_or(now)
    }

    fn find(&mut self, ticket: u64) -> Option<&mut (u64, Option<Waker>)> {
        // Tickets are in the order of the queue.
        let at = self
            .queue
            .binary_search_by_key(&ticket, |(ticket, _)| *ticket);
        self.queue.get_mut(at.ok()?)
    }

    /// What to tell a call that has no time left to wait for its turn.
    fn too_late(&mut self, ticket: u64) -> TooLate {
        let waiting = self.queue.partition_point(|(other, _)| *other < ticket);
        let rate = self.rate(self.now()).unwrap_or_default();
        TooLate { waiting, rate }
    }

    /// How many calls a second are allowed now.
    fn rate(&mut self, now: Instant) -> Option<f64> {
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
    fn due(&mut self, now: Instant, waiting: usize) -> Instant {
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

    fn take(&mut self, now: Instant) {
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
fn window(rate: f64) -> (usize, Duration) {
    // More calls a second than this are not worth counting.
    const MOST: f64 = 100_000.0;
    // No clock runs over for so many years, nor is a client used for longer.
    const LONGEST: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let rate = rate.min(MOST);
    let calls = rate.floor().max(1.0);
    let window = Duration::try_from_secs_f64(calls / rate).unwrap_or(LONGEST);
    (calls as usize, window.min(LONGEST))
}

/// A place in the queue.
struct Place<'a> {
    lane: &'a Lane,
    ticket: u64,
    /// When whoever waits has no more time.
    until: Option<Instant>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let next = {
            let mut turns = lock(&self.lane.0);
            let at = turns
                .queue
                .binary_search_by_key(&self.ticket, |(ticket, _)| *ticket);
            let Ok(at) = at else { return };
            turns.queue.remove(at);
            match turns.queue.front_mut() {
                Some((_, waker)) if at == 0 => waker.take(),
                _ => None,
            }
        };
        if let Some(next) = next {
            next.wake();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::{
        pin::{Pin, pin},
        task::Context,
    };

    use super::*;
    use crate::transport::{Bytes, Limits, Sending, Sleeping, http};
    use crate::{Action, Service};

    /// A transport whose pauses take no time.
    struct Still;

    impl Transport for Still {
        fn send(&self, _: http::Request<Bytes>, _: Limits) -> Sending<'_> {
            unreachable!("nothing is sent here")
        }

        fn sleep(&self, _: Duration) -> Sleeping<'_> {
            Box::pin(std::future::ready(()))
        }
    }

    static SERVICE: Service = Service::new("member", "2021-03-31", "member.tencentcloudapi.com");

    const LONG: Duration = Duration::from_secs(1000);

    fn poll<T>(future: Pin<&mut (impl Future<Output = T> + ?Sized)>) -> Poll<T> {
        future.poll(&mut Context::from_waker(Waker::noop()))
    }

    /// A lane of which that many turns were taken just now.
    fn lane(rate: f64, taken: usize) -> Arc<Lane> {
        let pacer = Pacer::new(Pacing::documented(), vec![("A".to_owned(), rate)]).unwrap();
        let lane = pacer.lane(&Operation::Named("A".into())).unwrap();
        (0..taken).for_each(|_| assert!(lane.queue(LONG).unwrap().is_none()));
        lane
    }

    #[test]
    fn a_seconds_calls_go_out_at_once_and_the_next_ones_wait() {
        let before = Instant::now();
        let lane = lane(20.0, 20);
        for _ in 0..60 {
            assert!(poll(pin!(lane.turn(&Still, LONG))).is_ready());
        }
        let after = Instant::now();
        // The turns after the first second's took three seconds.
        let turns = lock(&lane.0);
        let second = Duration::from_secs(1);
        assert_eq!(turns.taken.len(), 20);
        for turn in &turns.taken {
            assert!(*turn >= before + 3 * second && *turn <= after + 3 * second);
        }
    }

    #[test]
    fn a_rate_below_one_is_kept_too() {
        let lane = lane(0.25, 1);
        let due = lock(&lane.0).due(Instant::now(), 0);
        let wait = due - Instant::now();
        assert!(
            wait > Duration::from_secs(3) && wait <= Duration::from_secs(4),
            "{wait:?}"
        );
        assert_eq!(window(0.0001), (1, Duration::from_secs(10_000)));
        // Nothing overflows, however seldom it is.
        let lane = self::lane(f64::MIN_POSITIVE, 1);
        lane.slow_down();
        assert!(lane.queue(LONG).is_err());
        assert!(lane.queue(Duration::MAX).is_ok());
    }

    #[test]
    fn pauses_that_take_no_time_do_not_use_up_the_time_of_later_calls() {
        let lane = lane(1.0, 1);
        let two = Duration::from_secs(2);
        for _ in 0..1000 {
            assert_eq!(poll(pin!(lane.turn(&Still, two))), Poll::Ready(Ok(())));
        }
    }

    #[test]
    fn who_waits_keeps_the_time_out_when_the_action_is_slowed_down() {
        // A transport whose first pause ends once it is polled again, and the others never.
        struct Once;
        impl Transport for Once {
            fn send(&self, _: http::Request<Bytes>, _: Limits) -> Sending<'_> {
                unreachable!("nothing is sent here")
            }
            fn sleep(&self, _: Duration) -> Sleeping<'_> {
                let mut polls = 0;
                Box::pin(poll_fn(move |_| {
                    polls += 1;
                    if polls == 1 {
                        Poll::Pending
                    } else {
                        Poll::Ready(())
                    }
                }))
            }
        }
        let lane = lane(1.0, 1);
        let time = Duration::from_millis(2500);
        let mut first = Box::pin(lane.turn(&Once, time));
        let mut second = Box::pin(lane.turn(&Once, time));
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        // At half the rate there is a turn in two seconds, and one in four.
        lane.slow_down();
        // The time of the second is over while it is not even the first in the queue.
        let late = |waiting| Poll::Ready(Err(TooLate { waiting, rate: 0.5 }));
        assert_eq!(poll(second.as_mut()), late(1));
        drop(second);
        // After its first pause the first has another one.
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(first.as_mut()).is_ready());
        // The first in the queue does not wait beyond its time either.
        let lane = self::lane(1.0, 1);
        let mut first = Box::pin(lane.turn(&Once, Duration::from_millis(1500)));
        assert!(poll(first.as_mut()).is_pending());
        lane.slow_down();
        assert_eq!(poll(first.as_mut()), late(0));
    }

    #[test]
    fn who_came_first_goes_first_and_who_leaves_costs_nothing() {
        // Pauses of this transport never end, so that nobody's turn comes.
        struct Stuck;
        impl Transport for Stuck {
            fn send(&self, _: http::Request<Bytes>, _: Limits) -> Sending<'_> {
                unreachable!("nothing is sent here")
            }
            fn sleep(&self, _: Duration) -> Sleeping<'_> {
                Box::pin(std::future::pending())
            }
        }
        let before = Instant::now();
        let lane = lane(1.0, 1);
        let mut first = Box::pin(lane.turn(&Stuck, LONG));
        let mut second = Box::pin(lane.turn(&Still, LONG));
        let mut third = Box::pin(lane.turn(&Still, LONG));
        assert!(poll(first.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        assert!(poll(third.as_mut()).is_pending());
        // The third is not let past the second, and nobody past the first.
        assert!(poll(third.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_pending());
        drop(first);
        assert!(poll(third.as_mut()).is_pending());
        assert!(poll(second.as_mut()).is_ready());
        assert!(poll(third.as_mut()).is_ready());
        // Two turns after the one that was taken, none for who left.
        let after = Instant::now();
        let last = *lock(&lane.0).taken.back().unwrap();
        let two = Duration::from_secs(2);
        assert!(last >= before + two && last <= after + two);
    }

    #[test]
    fn a_wait_beyond_the_time_out_is_refused_at_once() {
        let lane = lane(10.0, 10);
        assert_eq!(
            poll(pin!(lane.turn(&Still, Duration::from_millis(100)))),
            Poll::Ready(Err(TooLate {
                waiting: 0,
                rate: 10.0
            }))
        );
        let places: Vec<_> = (0..25)
            .map(|_| lane.queue(LONG).unwrap().unwrap())
            .collect();
        let refused = lane.queue(Duration::from_millis(2500));
        assert_eq!(refused.err().map(|late| late.waiting), Some(25));
        assert!(lane.queue(Duration::from_millis(3500)).is_ok());
        drop(places);
        assert!(lane.queue(Duration::from_millis(1500)).is_ok());
    }

    #[test]
    fn the_service_slows_an_action_down_for_a_while() {
        static RATED: Action = Action::new("Rated", &SERVICE).rate_limit(8);
        static UNRATED: Action = Action::new("Unrated", &SERVICE);
        let pacer = Pacer::new(Pacing::documented(), Vec::new()).unwrap();
        for (action, documented, slow) in [(&RATED, Some(8), 4.0), (&UNRATED, None, 10.0)] {
            let lane = pacer.lane(&Operation::Described(action)).unwrap();
            let now = Instant::now();
            lane.slow_down();
            // Refusals at the same time are one.
            lane.slow_down();
            let mut turns = lock(&lane.0);
            assert_eq!(turns.rate(now), Some(slow));
            assert!(turns.due(now, 0) >= now + REST);
            assert_eq!(turns.rate(now + 2 * SLOW), documented.map(f64::from));
        }
    }

    #[test]
    fn rates_are_lowered_raised_and_turned_off() {
        static A: Action = Action::new("A", &SERVICE).rate_limit(20);
        static B: Action = Action::new("B", &SERVICE).rate_limit(20);
        let rate = |pacing: Pacing, rates: Vec<(String, f64)>, action: &'static Action| {
            let operation = Operation::Described(action);
            let lane = Pacer::new(pacing, rates).unwrap().lane(&operation)?;
            lock(&lane.0).rate
        };
        let set = || vec![("B".to_owned(), 3.0)];
        assert_eq!(rate(Pacing::documented(), set(), &A), Some(20.0));
        assert_eq!(rate(Pacing::documented(), set(), &B), Some(3.0));
        assert_eq!(rate(Pacing::times(0.5), set(), &A), Some(10.0));
        assert_eq!(rate(Pacing::times(10.0), set(), &B), Some(3.0));
        assert_eq!(rate(Pacing::off(), set(), &A), None);
        assert_eq!(rate(Pacing::off(), set(), &B), Some(3.0));
        // What is called by its name has no rate but the one that is set.
        let pacer = Pacer::new(Pacing::documented(), set()).unwrap();
        assert!(pacer.lane(&Operation::Named("A".into())).is_none());
        assert!(pacer.lane(&Operation::Named("B".into())).is_some());
    }

    #[test]
    fn refuses_what_is_no_rate() {
        for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let error = Pacer::new(Pacing::times(factor), Vec::new()).err().unwrap();
            assert!(
                error.to_string().starts_with("setting `pacing`: "),
                "{error}"
            );
            let rates = vec![("A".to_owned(), factor)];
            let error = Pacer::new(Pacing::documented(), rates).err().unwrap();
            assert!(error.to_string().starts_with("setting `rate`: "), "{error}");
        }
    }
}
