//! Tests of rate limiters, most of them with sleeps that return immediately.

use std::{
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use super::{
    local::{Entry, Queue},
    window::{BACKOFF, MAX_TRAVEL, SLOW_DOWN, SlidingWindow, window},
    *,
};
use crate::{
    Action, Service,
    lock::lock,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, http},
};

/// Transport whose sleeps return immediately.
struct InstantTransport;

impl Transport for InstantTransport {
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

fn limits(limit: RateLimit, rates: &[(&str, f64)]) -> Result<RateLimits, Error> {
    let rates = rates
        .iter()
        .map(|(action, rate)| ((*action).to_owned(), *rate));
    RateLimits::new(limit, rates.collect(), Arc::new(LocalRateLimiter::new()))
}

fn window_of(rate: Option<f64>) -> SlidingWindow {
    let mut window = SlidingWindow::default();
    window.rate = rate;
    window
}

/// Returns the permit of a call that does not wait.
fn permit(queue: &Queue, rate: f64) -> u64 {
    match queue.enter(Some(rate), LONG) {
        Ok(Entry::Permit(permit)) => permit,
        _ => panic!("the call has to wait"),
    }
}

/// Returns a queue that has just admitted this number of calls, all of which are answered.
fn queue_after(rate: f64, calls: usize) -> Queue {
    let queue = Queue::default();
    for _ in 0..calls {
        let permit = permit(&queue, rate);
        lock(&queue.0).window.answered(permit);
    }
    queue
}

/// Returns the error of a call that would wait longer than its timeout.
fn refusal(waiting: usize, rate: f64) -> String {
    format!("rate limit of {rate} calls per second reached with {waiting} calls waiting")
}

#[test]
fn immediate_permits_keep_rate_and_order() {
    let queue = queue_after(20.0, 18);
    assert!(queue.try_acquire(Some(20.0)).is_some());
    assert!(queue.try_acquire(Some(20.0)).is_some());
    assert!(queue.try_acquire(Some(20.0)).is_none());

    let queue = queue_after(20.0, 20);
    let entry = queue.enter(Some(20.0), LONG).unwrap();
    assert!(matches!(entry, Entry::QueueEntry(_)));
    // The rate now admits another call, but one waits.
    assert!(queue.try_acquire(Some(40.0)).is_none());
    drop(entry);
    assert!(queue.try_acquire(Some(40.0)).is_some());
}

#[test]
fn calls_beyond_a_second_wait() {
    let before = Instant::now();
    let queue = queue_after(20.0, 20);
    for _ in 0..60 {
        let acquired = poll(pin!(queue.acquire(Some(20.0), &InstantTransport, LONG)));
        let Poll::Ready(Ok(permit)) = acquired else {
            panic!("{acquired:?}");
        };
        lock(&queue.0).window.answered(permit);
    }
    let after = Instant::now();
    // The other 60 calls took three seconds.
    let state = lock(&queue.0);
    let second = Duration::from_secs(1);
    assert_eq!(state.window.calls.len(), 20);
    for (call, _) in &state.window.calls {
        assert!(*call >= before + 3 * second && *call <= after + 3 * second);
    }
}

#[test]
fn call_counts_until_a_second_after_its_answer() {
    let mut window = window_of(Some(2.0));
    let second = Duration::from_secs(1);
    let start = window.now();
    let (first, last) = (window.record(start), window.record(start));
    // The earliest time assumes an immediate response.
    assert_eq!(window.due(start, 0), start + second);
    window.advance_to(start + 300 * second / 1000);
    window.answered(last);
    let answered = window.calls[0];
    assert!(
        answered.1 == last && answered.0 < start + second,
        "{answered:?}"
    );
    assert_eq!(window.due(start + second, 0), answered.0 + second);
    // The call without a response counts as received after a second; a later response changes nothing.
    window.advance_to(start + 5 * second);
    window.answered(first);
    assert_eq!(window.calls[1], (start + MAX_TRAVEL, first));
    assert_eq!(window.due(start + second, 1), start + 2 * second);
    assert_eq!(window.due(start + 3 * second, 1), start + 3 * second);
}

#[test]
fn rate_below_one_is_kept() {
    let queue = queue_after(0.25, 1);
    let due = lock(&queue.0).window.due(Instant::now(), 0);
    let wait = due - Instant::now();
    assert!(
        wait > Duration::from_secs(3) && wait <= Duration::from_secs(4),
        "{wait:?}"
    );
    assert_eq!(window(0.0001), (1, Duration::from_secs(10_000)));
    // Seven calls within a second would be more than the rate.
    assert_eq!(window(6.9), (6, Duration::from_secs(1)));
    // The smallest rate does not overflow.
    let smallest = f64::MIN_POSITIVE;
    let queue = queue_after(smallest, 1);
    lock(&queue.0).window.slow_down();
    assert!(queue.enter(Some(smallest), LONG).is_err());
    assert!(queue.enter(Some(smallest), Duration::MAX).is_ok());
}

#[test]
fn instant_sleeps_do_not_shorten_later_timeouts() {
    let queue = queue_after(1.0, 1);
    let timeout = Duration::from_secs(4);
    for _ in 0..1000 {
        let acquired = poll(pin!(queue.acquire(Some(1.0), &InstantTransport, timeout)));
        assert!(matches!(acquired, Poll::Ready(Ok(_))));
    }
}

/// Transport whose sleeps never end, so that it blocks the queue.
struct EndlessSleepTransport;

impl Transport for EndlessSleepTransport {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> Sending<'_> {
        unreachable!("nothing is sent here")
    }

    fn sleep(&self, _: Duration) -> Sleeping<'_> {
        Box::pin(std::future::pending())
    }
}

#[test]
fn timeout_is_kept_after_a_slow_down() {
    let queue = queue_after(1.0, 1);
    let time = Duration::from_millis(2500);
    let mut first = Box::pin(queue.acquire(Some(1.0), &EndlessSleepTransport, time));
    let mut second = Box::pin(queue.acquire(Some(1.0), &InstantTransport, time));
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    // At a quarter of the rate, the second is due after its timeout now.
    lock(&queue.0).window.slow_down();
    let now = lock(&queue.0).window.now();
    lock(&queue.0).window.advance_to(now + BACKOFF);
    lock(&queue.0).window.slow_down();
    drop(first);
    assert_eq!(poll(second.as_mut()), Poll::Ready(Err(refusal(0, 0.25))));
}

#[test]
fn queue_is_fair_and_can_be_left() {
    let before = Instant::now();
    let queue = queue_after(1.0, 1);
    let mut first = Box::pin(queue.acquire(Some(1.0), &EndlessSleepTransport, LONG));
    let mut second = Box::pin(queue.acquire(Some(1.0), &InstantTransport, LONG));
    let mut third = Box::pin(queue.acquire(Some(1.0), &InstantTransport, LONG));
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    assert!(poll(third.as_mut()).is_pending());
    // No call overtakes the one before it.
    assert!(poll(third.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    drop(first);
    assert!(poll(third.as_mut()).is_pending());
    let Poll::Ready(Ok(permit)) = poll(second.as_mut()) else {
        panic!("the call is first in the queue");
    };
    lock(&queue.0).window.answered(permit);
    let Poll::Ready(Ok(permit)) = poll(third.as_mut()) else {
        panic!("the call is first in the queue");
    };
    lock(&queue.0).window.answered(permit);
    // Two calls were admitted; the dropped one used no slot.
    let after = Instant::now();
    let (last, _) = *lock(&queue.0).window.calls.back().unwrap();
    let two = Duration::from_secs(2);
    assert!(last >= before + two && last <= after + two);
}

#[test]
fn wait_beyond_the_timeout_is_refused_immediately() {
    let queue = queue_after(10.0, 10);
    let enter = |millis| queue.enter(Some(10.0), Duration::from_millis(millis));
    assert_eq!(enter(100).err(), Some(refusal(0, 10.0)));
    let waiting: Vec<_> = (0..25).map(|_| enter(1_000_000).unwrap()).collect();
    assert_eq!(enter(2500).err(), Some(refusal(25, 10.0)));
    assert!(enter(3500).is_ok());
    drop(waiting);
    assert!(enter(1500).is_ok());
}

#[test]
fn refusal_without_a_rate_names_none() {
    let queue = Queue::default();
    lock(&queue.0).window.slow_down();
    let waiting = queue.enter(None, LONG).unwrap();
    assert!(matches!(waiting, Entry::QueueEntry(_)));
    let now = lock(&queue.0).window.now();
    lock(&queue.0).window.advance_to(now + 2 * SLOW_DOWN);
    let refused = queue.enter(None, Duration::ZERO).err();
    assert_eq!(refused.as_deref(), Some(PERMIT_TIMEOUT));
}

#[test]
fn slow_down_ends() {
    for (rate, slow) in [(Some(8.0), 4.0), (None, 10.0)] {
        let mut window = window_of(rate);
        let before = Instant::now();
        window.slow_down();
        // Reports at the same time count once.
        window.slow_down();
        let now = Instant::now();
        assert_eq!(window.rate(now), Some(slow));
        assert!(window.due(now, 0) >= before + BACKOFF);
        assert_eq!(window.rate(now + 2 * SLOW_DOWN), rate);
    }
}

#[test]
fn rates_are_scaled_set_and_turned_off() {
    static A: Action = Action::new("A", &SERVICE).rate_limit(20);
    static B: Action = Action::new("B", &SERVICE).rate_limit(20);
    static UNRATED: Action = Action::new("Unrated", &SERVICE);
    let set: &[(&str, f64)] = &[("B", 3.0)];
    let rate = |limit: RateLimit, action: &'static Action| {
        let operation = Operation::Described(action);
        let (_, rate) = limits(limit, set).unwrap().of(&operation)?;
        Some(rate)
    };
    assert_eq!(rate(RateLimit::documented(), &A), Some(Some(20.0)));
    assert_eq!(rate(RateLimit::documented(), &B), Some(Some(3.0)));
    assert_eq!(rate(RateLimit::documented(), &UNRATED), Some(None));
    assert_eq!(rate(RateLimit::scaled(0.5), &A), Some(Some(10.0)));
    assert_eq!(rate(RateLimit::scaled(10.0), &B), Some(Some(3.0)));
    assert_eq!(rate(RateLimit::off(), &A), None);
    assert_eq!(rate(RateLimit::off(), &B), Some(Some(3.0)));
    // A call by name is limited only if a rate is set.
    let limits = limits(RateLimit::documented(), set).unwrap();
    assert!(limits.of(&Operation::Named("A".into())).is_none());
    assert!(limits.of(&Operation::Named("B".into())).is_some());
}

#[test]
fn actions_have_separate_queues() {
    let limiter = LocalRateLimiter::new();
    let queue = |service, action| limiter.queue(service, action);
    assert!(Arc::ptr_eq(&queue("member", "A"), &queue("member", "A")));
    assert!(!Arc::ptr_eq(&queue("member", "A"), &queue("member", "B")));
    assert!(!Arc::ptr_eq(&queue("member", "A"), &queue("cvm", "A")));
}

#[test]
fn invalid_rates_are_refused() {
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = limits(RateLimit::scaled(rate), &[]).err().unwrap();
        assert_eq!(
            error.to_string(),
            format!(
                "setting `rate_limit`: factor {rate} must be a number greater than zero; \
                 use `RateLimit::off` for no limit"
            )
        );
        let error = limits(RateLimit::documented(), &[("A", rate)]);
        assert_eq!(
            error.err().unwrap().to_string(),
            format!(
                "setting `action_rate_limit`: rate {rate} of `A` must be a number greater than zero"
            )
        );
    }
}

#[test]
fn slow_downs_add_up_and_end_one_by_one() {
    let mut window = window_of(Some(32.0));
    let now = Instant::now();
    for rate in [16.0, 8.0, 4.0, 2.0, 1.0, 1.0] {
        window.slow_down();
        // Reports in the next second count again.
        window.advance_to(window.now() + BACKOFF);
        assert_eq!(window.rate(window.now()), Some(rate));
    }
    for (slow, rate) in [(1, 2.0), (3, 8.0), (4, 16.0), (5, 32.0)] {
        assert_eq!(window.rate(window.now() + slow * SLOW_DOWN), Some(rate));
    }
    assert!(window.now() >= now + 6 * BACKOFF);
}
