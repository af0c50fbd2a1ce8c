//! Tests of rate limiters, most of them with sleeps that return immediately.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use super::window::{BACKOFF, SLOW, window};
use super::*;
use crate::transport::{Bytes, Limits, Sending, Sleeping, Transport, http};
use crate::{Action, Service};

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

fn limiters(limit: RateLimit, rates: &[(&str, f64)]) -> Result<RateLimiters, Error> {
    let rates = rates
        .iter()
        .map(|(action, rate)| ((*action).to_owned(), *rate));
    RateLimiters::new(limit, rates.collect())
}

/// Returns a rate limiter that has just admitted this number of calls.
fn limiter_after(rate: f64, calls: usize) -> Arc<RateLimiter> {
    let limiters = limiters(RateLimit::documented(), &[("A", rate)]).unwrap();
    let limiter = limiters.limiter(&Operation::Named("A".into())).unwrap();
    (0..calls).for_each(|_| assert!(limiter.enqueue(LONG).unwrap().is_none()));
    limiter
}

/// Returns the error of a call that would wait longer than its timeout.
fn refusal(waiting: usize, rate: f64) -> String {
    format!("rate limit of {rate} calls per second reached with {waiting} calls waiting")
}

#[test]
fn calls_beyond_a_second_wait() {
    let before = Instant::now();
    let limiter = limiter_after(20.0, 20);
    for _ in 0..60 {
        assert!(poll(pin!(limiter.acquire(&InstantTransport, LONG))).is_ready());
    }
    let after = Instant::now();
    // The other 60 calls took three seconds.
    let state = lock(&limiter.0);
    let second = Duration::from_secs(1);
    assert_eq!(state.window.calls.len(), 20);
    for call in &state.window.calls {
        assert!(*call >= before + 3 * second && *call <= after + 3 * second);
    }
}

#[test]
fn rate_below_one_is_kept() {
    let limiter = limiter_after(0.25, 1);
    let due = lock(&limiter.0).window.due(Instant::now(), 0);
    let wait = due - Instant::now();
    assert!(
        wait > Duration::from_secs(3) && wait <= Duration::from_secs(4),
        "{wait:?}"
    );
    assert_eq!(window(0.0001), (1, Duration::from_secs(10_000)));
    // The smallest rate does not overflow.
    let limiter = limiter_after(f64::MIN_POSITIVE, 1);
    limiter.slow_down();
    assert!(limiter.enqueue(LONG).is_err());
    assert!(limiter.enqueue(Duration::MAX).is_ok());
}

#[test]
fn instant_sleeps_do_not_shorten_later_timeouts() {
    let limiter = limiter_after(1.0, 1);
    let two = Duration::from_secs(2);
    for _ in 0..1000 {
        assert_eq!(
            poll(pin!(limiter.acquire(&InstantTransport, two))),
            Poll::Ready(Ok(()))
        );
    }
}

#[test]
fn timeout_is_kept_after_a_slow_down() {
    // Transport whose sleeps end at the second poll.
    struct TwoPollTransport;
    impl Transport for TwoPollTransport {
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
    let limiter = limiter_after(1.0, 1);
    let time = Duration::from_millis(2500);
    let mut first = Box::pin(limiter.acquire(&TwoPollTransport, time));
    let mut second = Box::pin(limiter.acquire(&TwoPollTransport, time));
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    // At half the rate the first is due in two seconds, and the second in four.
    limiter.slow_down();
    // The timeout of the second ends before it is the first in the queue.
    let late = |waiting| Poll::Ready(Err(refusal(waiting, 0.5)));
    assert_eq!(poll(second.as_mut()), late(1));
    drop(second);
    // The first sleeps again, since it is due later now.
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(first.as_mut()).is_ready());
    // The first in the queue keeps its timeout too.
    let limiter = limiter_after(1.0, 1);
    let mut first = Box::pin(limiter.acquire(&TwoPollTransport, Duration::from_millis(1500)));
    assert!(poll(first.as_mut()).is_pending());
    limiter.slow_down();
    assert_eq!(poll(first.as_mut()), late(0));
}

#[test]
fn queue_is_fair_and_can_be_left() {
    // Transport whose sleeps never end, so that it blocks the queue.
    struct EndlessSleepTransport;
    impl Transport for EndlessSleepTransport {
        fn send(&self, _: http::Request<Bytes>, _: Limits) -> Sending<'_> {
            unreachable!("nothing is sent here")
        }
        fn sleep(&self, _: Duration) -> Sleeping<'_> {
            Box::pin(std::future::pending())
        }
    }
    let before = Instant::now();
    let limiter = limiter_after(1.0, 1);
    let mut first = Box::pin(limiter.acquire(&EndlessSleepTransport, LONG));
    let mut second = Box::pin(limiter.acquire(&InstantTransport, LONG));
    let mut third = Box::pin(limiter.acquire(&InstantTransport, LONG));
    assert!(poll(first.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    assert!(poll(third.as_mut()).is_pending());
    // No call overtakes the one before it.
    assert!(poll(third.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_pending());
    drop(first);
    assert!(poll(third.as_mut()).is_pending());
    assert!(poll(second.as_mut()).is_ready());
    assert!(poll(third.as_mut()).is_ready());
    // Two calls were admitted; the dropped one used no slot.
    let after = Instant::now();
    let last = *lock(&limiter.0).window.calls.back().unwrap();
    let two = Duration::from_secs(2);
    assert!(last >= before + two && last <= after + two);
}

#[test]
fn wait_beyond_the_timeout_is_refused_at_once() {
    let limiter = limiter_after(10.0, 10);
    assert_eq!(
        poll(pin!(
            limiter.acquire(&InstantTransport, Duration::from_millis(100))
        )),
        Poll::Ready(Err(refusal(0, 10.0)))
    );
    let waiting: Vec<_> = (0..25)
        .map(|_| limiter.enqueue(LONG).unwrap().unwrap())
        .collect();
    let refused = limiter.enqueue(Duration::from_millis(2500));
    assert_eq!(refused.err(), Some(refusal(25, 10.0)));
    assert!(limiter.enqueue(Duration::from_millis(3500)).is_ok());
    drop(waiting);
    assert!(limiter.enqueue(Duration::from_millis(1500)).is_ok());
}

#[test]
fn slow_down_ends() {
    static RATED: Action = Action::new("Rated", &SERVICE).rate_limit(8);
    static UNRATED: Action = Action::new("Unrated", &SERVICE);
    let limiters = limiters(RateLimit::documented(), &[]).unwrap();
    for (action, documented, slow) in [(&RATED, Some(8.0), 4.0), (&UNRATED, None, 10.0)] {
        let limiter = limiters.limiter(&Operation::Described(action)).unwrap();
        let before = Instant::now();
        limiter.slow_down();
        // Reports at the same time count once.
        limiter.slow_down();
        let (window, now) = (&lock(&limiter.0).window, Instant::now());
        assert_eq!(window.rate(now), Some(slow));
        assert!(window.due(now, 0) >= before + BACKOFF);
        assert_eq!(window.rate(now + 2 * SLOW), documented);
    }
}

#[test]
fn rates_are_scaled_set_and_turned_off() {
    static A: Action = Action::new("A", &SERVICE).rate_limit(20);
    static B: Action = Action::new("B", &SERVICE).rate_limit(20);
    let set: &[(&str, f64)] = &[("B", 3.0)];
    let rate = |limit: RateLimit, action: &'static Action| {
        let operation = Operation::Described(action);
        let limiter = limiters(limit, set).unwrap().limiter(&operation)?;
        lock(&limiter.0).window.rate
    };
    assert_eq!(rate(RateLimit::documented(), &A), Some(20.0));
    assert_eq!(rate(RateLimit::documented(), &B), Some(3.0));
    assert_eq!(rate(RateLimit::scaled(0.5), &A), Some(10.0));
    assert_eq!(rate(RateLimit::scaled(10.0), &B), Some(3.0));
    assert_eq!(rate(RateLimit::off(), &A), None);
    assert_eq!(rate(RateLimit::off(), &B), Some(3.0));
    // An action that is called by name has only the rate that is set.
    let limiters = limiters(RateLimit::documented(), set).unwrap();
    assert!(limiters.limiter(&Operation::Named("A".into())).is_none());
    assert!(limiters.limiter(&Operation::Named("B".into())).is_some());
}

#[test]
fn invalid_rates_are_refused() {
    for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let error = limiters(RateLimit::scaled(rate), &[]).err().unwrap();
        assert_eq!(
            error.to_string(),
            format!(
                "setting `rate_limit`: factor {rate} must be a number greater than zero; \
                 use `RateLimit::off` for no limit"
            )
        );
        let error = limiters(RateLimit::documented(), &[("A", rate)]);
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
    let limiter = limiter_after(32.0, 0);
    let now = Instant::now();
    let window = &mut lock(&limiter.0).window;
    for rate in [16.0, 8.0, 4.0, 2.0, 1.0, 1.0] {
        window.slow_down();
        // Reports in the next second count again.
        window.advance_to(window.now() + BACKOFF);
        assert_eq!(window.rate(window.now()), Some(rate));
    }
    for (slow, rate) in [(1, 2.0), (3, 8.0), (4, 16.0), (5, 32.0)] {
        assert_eq!(window.rate(window.now() + slow * SLOW), Some(rate));
    }
    assert!(window.now() >= now + 6 * BACKOFF);
}
