//! Turns by a transport whose pauses take no time, so that no test waits.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll, Waker},
    time::{Duration, Instant},
};

use super::turns::{REST, SLOW, window};
use super::*;
use crate::transport::{Bytes, Limits, Sending, Sleeping, Transport, http};
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
