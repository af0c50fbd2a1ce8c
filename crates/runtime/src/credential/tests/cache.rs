use std::{
    future::Future,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread,
    time::{Duration, SystemTime},
};

use tokio::task::{JoinSet, yield_now};

use super::{
    super::{Credential, Credentials, ExpiringCredential, Provider, Providing},
    at,
    script::{Act, Nowhere, Script},
    search,
};
use crate::{Error, ErrorKind, transport::Transport};

/// Long enough for the tests' ends, and so much less than a day that nothing overflows.
const LIFE: u64 = 7200;

fn until(seconds: u64) -> Option<SystemTime> {
    Some(at(seconds))
}

async fn id(credentials: &Credentials, seconds: u64) -> Result<String, Error> {
    let credential = credentials.get(&Nowhere::default(), at(seconds)).await?;
    Ok(credential.id().to_owned())
}

/// Counts how often it is woken.
#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Bell {
    fn rings(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn one_fetch_serves_a_thousand_calls() {
    for (act, expected) in [
        (Act::Give("one", until(LIFE)), Ok("one".to_owned())),
        (
            Act::Fail("the wire is cut"),
            Err("no credential from the script: the wire is cut".to_owned()),
        ),
    ] {
        let script = Script::new([act, Act::Give("two", until(LIFE))]);
        script.set_open(false);
        let credentials = Credentials::new(script.clone());
        let mut calls = JoinSet::new();
        for _ in 0..1000 {
            let credentials = credentials.clone();
            calls
                .spawn(async move { id(&credentials, 0).await.map_err(|error| error.to_string()) });
        }
        for _ in 0..10 {
            yield_now().await;
        }
        script.set_open(true);
        for outcome in calls.join_all().await {
            assert_eq!(outcome, expected);
        }
        assert_eq!(script.fetches(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_fetch_at_a_time_on_many_threads() {
    let script = Script::new([Act::Give("one", until(LIFE))]);
    let credentials = Credentials::new(script.clone());
    let mut calls = JoinSet::new();
    for _ in 0..1000 {
        let credentials = credentials.clone();
        calls.spawn(async move { id(&credentials, 0).await.unwrap() });
    }
    assert!(calls.join_all().await.iter().all(|id| id == "one"));
    assert_eq!(script.fetches(), 1);
}

#[tokio::test]
async fn a_credential_is_replaced_ahead_of_its_expiry() {
    for (life, last, due) in [(7200, 6899, 6900), (1500, 1199, 1200), (100, 79, 80)] {
        let script = Script::new([Act::Give("one", until(life)), Act::Give("two", None)]);
        let credentials = Credentials::new(script.clone());
        assert_eq!(id(&credentials, 0).await.unwrap(), "one");
        assert_eq!(id(&credentials, last).await.unwrap(), "one");
        assert_eq!(script.fetches(), 1);
        assert_eq!(id(&credentials, due).await.unwrap(), "two");
        // And that one lasts.
        assert_eq!(id(&credentials, 1 << 40).await.unwrap(), "two");
        assert_eq!(script.fetches(), 2);
    }
}

#[tokio::test]
async fn the_old_one_is_kept_while_it_is_valid_and_no_new_one_comes() {
    let script = Script::new([
        Act::Give("old", until(LIFE)),
        Act::Fail("down"),
        Act::Fail("still down"),
        Act::Give("new", until(2 * LIFE)),
    ]);
    let credentials = Credentials::new(script.clone());
    for (seconds, expected, fetches) in [
        (0, "old", 1),
        (6900, "old", 2),
        // The next try comes after a pause, not at every call.
        (6901, "old", 2),
        (6909, "old", 2),
        (6910, "old", 3),
        (6919, "old", 3),
        (6920, "new", 4),
        (6921, "new", 4),
    ] {
        assert_eq!(id(&credentials, seconds).await.unwrap(), expected);
        assert_eq!(script.fetches(), fetches, "at {seconds}");
    }
}

#[tokio::test]
async fn an_expired_one_is_not_used_and_a_failure_is_not_kept() {
    let script = Script::new([
        Act::Give("old", until(LIFE)),
        Act::Fail("down"),
        Act::Fail("still down"),
        Act::Give("new", until(2 * LIFE)),
    ]);
    let credentials = Credentials::new(script.clone());
    id(&credentials, 0).await.unwrap();
    let error = id(&credentials, LIFE).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert_eq!(error.to_string(), "no credential from the script: down");
    let error = id(&credentials, LIFE).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the script: still down"
    );
    assert_eq!(id(&credentials, LIFE).await.unwrap(), "new");
    assert_eq!(script.fetches(), 4);
}

#[tokio::test]
async fn only_the_call_that_refreshes_waits_for_it() {
    let script = Script::new([Act::Give("old", until(LIFE)), Act::Give("new", None)]);
    let credentials = Credentials::new(script.clone());
    id(&credentials, 0).await.unwrap();

    script.set_open(false);
    let mut context = Context::from_waker(Waker::noop());
    let mut refreshing = pin!(id(&credentials, 7000));
    assert!(refreshing.as_mut().poll(&mut context).is_pending());
    assert_eq!(id(&credentials, 7000).await.unwrap(), "old");
    assert_eq!(id(&credentials, 7019).await.unwrap(), "old");
    assert_eq!(script.fetches(), 2);
    script.set_open(true);
    assert_eq!(refreshing.await.unwrap(), "new");
    assert_eq!(id(&credentials, 7100).await.unwrap(), "new");
}

#[tokio::test]
async fn a_slow_refresh_delays_a_call_no_more_than_some_seconds() {
    let script = Script::new([Act::Give("old", until(LIFE)), Act::Give("new", None)]);
    let credentials = Credentials::new(script.clone());
    id(&credentials, 0).await.unwrap();

    script.set_open(false);
    let transport = Nowhere {
        impatient: true,
        ..Nowhere::default()
    };
    let credential = credentials.get(&transport, at(7000)).await.unwrap();
    assert_eq!(credential.id(), "old");
    assert_eq!(*transport.pauses.lock().unwrap(), [Duration::from_secs(3)]);
    assert_eq!(id(&credentials, 7001).await.unwrap(), "old");
    assert_eq!(script.fetches(), 2);
    script.set_open(true);
    assert_eq!(id(&credentials, 7010).await.unwrap(), "new");
}

#[tokio::test]
async fn late_refresh_fails_no_call_that_waits_for_it() {
    let script = Script::new([Act::Give("old", until(LIFE)), Act::Give("new", None)]);
    let credentials = Credentials::new(script.clone());
    id(&credentials, 0).await.unwrap();

    script.set_open(false);
    let transport = Nowhere {
        impatient: true,
        ..Nowhere::default()
    };
    let mut context = Context::from_waker(Waker::noop());
    let mut refreshing = pin!(credentials.get(&transport, at(LIFE - 1)));
    assert!(refreshing.as_mut().poll(&mut context).is_pending());
    let mut waiting = pin!(id(&credentials, LIFE));
    assert!(waiting.as_mut().poll(&mut context).is_pending());
    assert_eq!(refreshing.await.unwrap().id(), "old");
    script.set_open(true);
    assert_eq!(waiting.await.unwrap(), "new");
    assert_eq!(script.fetches(), 3);
}

#[tokio::test]
async fn a_refresh_that_is_given_up_does_not_delay_the_next_call() {
    let script = Script::new([Act::Give("old", until(LIFE))]);
    let credentials = Credentials::new(script.clone());
    id(&credentials, 0).await.unwrap();

    script.set_open(false);
    {
        let mut refreshing = pin!(id(&credentials, 7000));
        let mut context = Context::from_waker(Waker::noop());
        assert!(refreshing.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(id(&credentials, 7001).await.unwrap(), "old");
    assert_eq!(script.fetches(), 2);
}

#[tokio::test]
async fn a_waiting_call_takes_over_from_one_that_is_given_up() {
    let script = Script::new([Act::Give("one", None)]);
    script.set_open(false);
    let credentials = Credentials::new(script.clone());
    let bells = [(); 3].map(|()| Arc::new(Bell::default()));
    let wakers = bells.clone().map(Waker::from);
    let mut calls = [(); 3].map(|()| Some(Box::pin(id(&credentials, 0))));
    for (call, waker) in calls.iter_mut().zip(&wakers) {
        let call = call.as_mut().unwrap().as_mut();
        assert!(call.poll(&mut Context::from_waker(waker)).is_pending());
    }
    assert_eq!(script.fetches(), 1);
    // Two that wait, one of which is polled again for no reason.
    let call = calls[1].as_mut().unwrap().as_mut();
    assert!(call.poll(&mut Context::from_waker(&wakers[1])).is_pending());

    calls[0] = None;
    assert_eq!((bells[1].rings(), bells[2].rings()), (1, 1));
    // The first of them is given up as well.
    calls[1] = None;
    let mut last = calls[2].take().unwrap();
    let mut context = Context::from_waker(&wakers[2]);
    assert!(last.as_mut().poll(&mut context).is_pending());
    script.set_open(true);
    assert_eq!(last.await.unwrap(), "one");
    assert_eq!(script.fetches(), 2);
}

/// A loop over `select!` keeps a call and does not poll it while it makes another one.
#[tokio::test]
async fn calls_go_on_without_one_that_is_left_half_way() {
    let script = Script::new([Act::Give("one", until(LIFE)), Act::Give("two", None)]);
    script.set_open(false);
    let credentials = Credentials::new(script.clone());
    let mut context = Context::from_waker(Waker::noop());
    let mut left = pin!(id(&credentials, 0));
    assert!(left.as_mut().poll(&mut context).is_pending());
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut short = pin!(id(&credentials, 19));
    assert!(
        short
            .as_mut()
            .poll(&mut Context::from_waker(&waker))
            .is_pending()
    );

    script.set_open(true);
    let transport = Nowhere {
        impatient: true,
        ..Nowhere::default()
    };
    let patient = credentials.get(&transport, at(0)).await.unwrap();
    assert_eq!(patient.id(), "one");
    assert_eq!(*transport.pauses.lock().unwrap(), [Duration::from_secs(20)]);
    // Who waited as well looks again.
    assert_eq!(bell.rings(), 1);
    assert_eq!(short.await.unwrap(), "one");
    assert_eq!(script.fetches(), 2);
    // And what is left half-way can still be taken up.
    assert_eq!(left.await.unwrap(), "two");
    assert_eq!(id(&credentials, 1).await.unwrap(), "two");
}

/// However short the calls' time-outs are: it is the age of the refresh that counts.
#[tokio::test]
async fn no_call_waits_for_a_refresh_that_is_overdue() {
    for held in [None, Some(Act::Give("old", until(1000)))] {
        let begin = if held.is_some() { 900 } else { 0 };
        let script = Script::new(held.into_iter().chain([Act::Give("new", None)]));
        let credentials = Credentials::new(script.clone());
        if begin > 0 {
            id(&credentials, 0).await.unwrap();
        }
        script.set_open(false);
        let mut context = Context::from_waker(Waker::noop());
        let mut left = pin!(id(&credentials, begin));
        assert!(left.as_mut().poll(&mut context).is_pending());
        {
            let mut other = pin!(id(&credentials, begin + 19));
            let polled = other.as_mut().poll(&mut context);
            assert_eq!(polled.is_pending(), begin == 0);
        }
        script.set_open(true);
        assert_eq!(id(&credentials, begin + 20).await.unwrap(), "new");
    }
}

#[tokio::test]
async fn what_waits_is_woken_once_and_not_polled_in_vain() {
    let script = Script::new([Act::Give("one", None)]);
    script.set_open(false);
    let credentials = Credentials::new(script.clone());
    let mut first = pin!(id(&credentials, 0));
    let mut context = Context::from_waker(Waker::noop());
    assert!(first.as_mut().poll(&mut context).is_pending());

    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let mut context = Context::from_waker(&waker);
    let mut second = pin!(id(&credentials, 0));
    assert!(second.as_mut().poll(&mut context).is_pending());
    assert_eq!(bell.rings(), 0);
    script.set_open(true);
    first.await.unwrap();
    assert_eq!(bell.rings(), 1);
    assert!(matches!(second.as_mut().poll(&mut context), Poll::Ready(Ok(id)) if id == "one"));
}

#[tokio::test]
async fn a_rejected_credential_is_replaced_at_the_next_call() {
    let script = Script::new([
        Act::Give("one", until(LIFE)),
        Act::Give("two", until(LIFE)),
        Act::Give("three", until(LIFE)),
    ]);
    let credentials = Credentials::new(script.clone());
    let transport = Nowhere::default();
    let one = credentials.get(&transport, at(0)).await.unwrap();
    assert!(credentials.reject(&one));
    assert_eq!(id(&credentials, 0).await.unwrap(), "two");
    // Others who had the first one say so late, and cost nobody the second one.
    for _ in 0..1000 {
        assert!(credentials.reject(&one));
    }
    assert_eq!(id(&credentials, 0).await.unwrap(), "two");
    assert_eq!(script.fetches(), 2);
}

#[tokio::test]
async fn a_fixed_credential_is_the_only_one_there_is() {
    let fixed = Credential::new("fixed", "key");
    let credentials = Credentials::from(fixed.clone());
    assert!(!credentials.reject(&fixed));
    assert_eq!(id(&credentials, 0).await.unwrap(), "fixed");
    assert!(
        Credentials::from(Credential::new("a b", "key"))
            .check()
            .is_err()
    );
}

#[tokio::test]
async fn what_cannot_be_a_credential_is_not_used() {
    let script = Script::new([
        Act::Give("planted\r\nX-Evil: 1", None),
        Act::Give("good", None),
    ]);
    let credentials = Credentials::new(script);
    let error = id(&credentials, 0).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the script: the secret id contains a space or a line break"
    );
    search(&error);
    assert_eq!(id(&credentials, 0).await.unwrap(), "good");
}

/// The clock may be wrong, and only the service can tell.
#[tokio::test]
async fn what_comes_expired_is_tried_but_not_kept() {
    let script = Script::new([Act::Give("one", until(0))]);
    let credentials = Credentials::new(script.clone());
    for fetches in 1..=3 {
        assert_eq!(id(&credentials, 3600).await.unwrap(), "one");
        assert_eq!(script.fetches(), fetches);
    }
}

/// Gives a new credential each time, with the same number in all its parts.
struct Counting(AtomicU64);

impl Provider for Counting {
    fn name(&self) -> &str {
        "the counter"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, now: SystemTime) -> Providing<'a> {
        let number = self.0.fetch_add(1, Ordering::SeqCst).to_string();
        Box::pin(async move {
            let credential = Credential::new(number.clone(), number.clone()).with_token(number);
            Ok(ExpiringCredential::until(
                credential,
                now + Duration::from_secs(10),
            ))
        })
    }
}

#[test]
fn id_key_and_token_belong_together_while_others_refresh() {
    let credentials = Credentials::from(Counting(AtomicU64::new(0)));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .build()
                    .unwrap();
                let transport = Nowhere::default();
                for seconds in 0..2000 {
                    let get = credentials.get(&transport, at(seconds));
                    let credential = runtime.block_on(get).unwrap();
                    assert_eq!(credential.id(), credential.key());
                    assert_eq!(Some(credential.id()), credential.token());
                }
            });
        }
    });
}

#[test]
fn debug_names_the_provider_and_shows_no_secret() {
    let credentials = Credentials::new(Script::new([Act::Give("planted", None)]));
    assert_eq!(format!("{credentials:?}"), "Credentials(the script)");
    let fixed = Credentials::from(Credential::new("planted-id", "planted-key"));
    assert!(!format!("{fixed:?}").contains("planted"));
}
