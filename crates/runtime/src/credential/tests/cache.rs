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
    assert_no_secret, at,
    mock::{MockProvider, OfflineTransport, Outcome},
    offline,
};
use crate::{Error, ErrorKind, transport::Transport};

/// Lifetime of most credentials, in seconds.
const LIFETIME: u64 = 7200;

fn until(seconds: u64) -> Option<SystemTime> {
    Some(at(seconds))
}

async fn id(credentials: &Credentials, seconds: u64) -> Result<String, Error> {
    let credential = credentials.get(&offline(), at(seconds)).await?;
    Ok(credential.id().to_owned())
}

/// Counts its wake-ups.
#[derive(Default)]
struct CountingWaker(AtomicUsize);

impl Wake for CountingWaker {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl CountingWaker {
    fn wakes(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

#[tokio::test]
async fn thousand_calls_share_one_fetch() {
    for (outcome, expected) in [
        (
            Outcome::Credential("one", until(LIFETIME)),
            Ok("one".to_owned()),
        ),
        (
            Outcome::Failure("connection lost"),
            Err("no credential from the mock provider: connection lost".to_owned()),
        ),
    ] {
        let provider = MockProvider::new([outcome, Outcome::Credential("two", until(LIFETIME))]);
        provider.block();
        let credentials = Credentials::new(provider.clone());
        let mut calls = JoinSet::new();
        for _ in 0..1000 {
            let credentials = credentials.clone();
            calls
                .spawn(async move { id(&credentials, 0).await.map_err(|error| error.to_string()) });
        }
        // Until all calls wait.
        for _ in 0..1000 {
            yield_now().await;
        }
        provider.unblock();
        for outcome in calls.join_all().await {
            assert_eq!(outcome, expected);
        }
        assert_eq!(provider.fetches(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn threads_share_one_fetch() {
    let provider = MockProvider::new([Outcome::Credential("one", until(LIFETIME))]);
    let credentials = Credentials::new(provider.clone());
    let mut calls = JoinSet::new();
    for _ in 0..1000 {
        let credentials = credentials.clone();
        calls.spawn(async move { id(&credentials, 0).await.unwrap() });
    }
    assert!(calls.join_all().await.iter().all(|id| id == "one"));
    assert_eq!(provider.fetches(), 1);
}

#[tokio::test]
async fn credential_is_refreshed_before_expiry() {
    for (life, last, due) in [(7200, 6899, 6900), (1500, 1199, 1200), (100, 79, 80)] {
        let provider = MockProvider::new([
            Outcome::Credential("one", until(life)),
            Outcome::Credential("two", None),
        ]);
        let credentials = Credentials::new(provider.clone());
        assert_eq!(id(&credentials, 0).await.unwrap(), "one");
        assert_eq!(id(&credentials, last).await.unwrap(), "one");
        assert_eq!(provider.fetches(), 1);
        assert_eq!(id(&credentials, due).await.unwrap(), "two");
        // The second one does not expire.
        assert_eq!(id(&credentials, 1 << 40).await.unwrap(), "two");
        assert_eq!(provider.fetches(), 2);
    }
}

#[tokio::test]
async fn old_credential_is_used_after_failed_refresh() {
    let provider = MockProvider::new([
        Outcome::Credential("old", until(LIFETIME)),
        Outcome::Failure("down"),
        Outcome::Failure("still down"),
        Outcome::Credential("new", until(2 * LIFETIME)),
    ]);
    let credentials = Credentials::new(provider.clone());
    for (seconds, expected, fetches) in [
        (0, "old", 1),
        (6900, "old", 2),
        // The next attempt follows after 10 seconds.
        (6901, "old", 2),
        (6909, "old", 2),
        (6910, "old", 3),
        (6919, "old", 3),
        (6920, "new", 4),
        (6921, "new", 4),
    ] {
        assert_eq!(id(&credentials, seconds).await.unwrap(), expected);
        assert_eq!(provider.fetches(), fetches, "at {seconds}");
    }
}

#[tokio::test]
async fn expired_credential_is_not_used() {
    let provider = MockProvider::new([
        Outcome::Credential("old", until(LIFETIME)),
        Outcome::Failure("down"),
        Outcome::Failure("still down"),
        Outcome::Credential("new", until(2 * LIFETIME)),
    ]);
    let credentials = Credentials::new(provider.clone());
    id(&credentials, 0).await.unwrap();
    let error = id(&credentials, LIFETIME).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert_eq!(
        error.to_string(),
        "no credential from the mock provider: down"
    );
    let error = id(&credentials, LIFETIME).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the mock provider: still down"
    );
    assert_eq!(id(&credentials, LIFETIME).await.unwrap(), "new");
    assert_eq!(provider.fetches(), 4);
}

#[tokio::test]
async fn refresh_delays_one_call_only() {
    let provider = MockProvider::new([
        Outcome::Credential("old", until(LIFETIME)),
        Outcome::Credential("new", None),
    ]);
    let credentials = Credentials::new(provider.clone());
    id(&credentials, 0).await.unwrap();

    provider.block();
    let mut context = Context::from_waker(Waker::noop());
    let mut refreshing = pin!(id(&credentials, 7000));
    assert!(refreshing.as_mut().poll(&mut context).is_pending());
    assert_eq!(id(&credentials, 7000).await.unwrap(), "old");
    assert_eq!(id(&credentials, 7009).await.unwrap(), "old");
    assert_eq!(provider.fetches(), 2);
    provider.unblock();
    assert_eq!(refreshing.await.unwrap(), "new");
    assert_eq!(id(&credentials, 7100).await.unwrap(), "new");
}

#[tokio::test]
async fn slow_refresh_times_out() {
    let provider = MockProvider::new([
        Outcome::Credential("old", until(LIFETIME)),
        Outcome::Credential("new", None),
    ]);
    let credentials = Credentials::new(provider.clone());
    id(&credentials, 0).await.unwrap();

    provider.block();
    let timeout = Duration::from_secs(3);
    let transport = OfflineTransport::with_sleeps_up_to(timeout);
    let shared: Arc<dyn Transport> = transport.clone();
    let credential = credentials.get(&shared, at(7000)).await.unwrap();
    assert_eq!(credential.id(), "old");
    assert!(transport.sleeps.lock().unwrap().contains(&timeout));
    assert_eq!(id(&credentials, 7001).await.unwrap(), "old");
    provider.unblock();
    assert_eq!(id(&credentials, 7010).await.unwrap(), "new");
    // The refresh continues after the timeout.
    assert_eq!(provider.fetches(), 2);
}

#[tokio::test]
async fn refresh_timeout_fails_no_waiting_call() {
    let provider = MockProvider::new([
        Outcome::Credential("old", until(LIFETIME)),
        Outcome::Credential("new", None),
    ]);
    let credentials = Credentials::new(provider.clone());
    id(&credentials, 0).await.unwrap();

    provider.block();
    let transport: Arc<dyn Transport> = OfflineTransport::with_sleeps_up_to(Duration::from_secs(3));
    let mut context = Context::from_waker(Waker::noop());
    let mut refreshing = pin!(credentials.get(&transport, at(LIFETIME - 1)));
    assert!(refreshing.as_mut().poll(&mut context).is_pending());
    let mut waiting = pin!(id(&credentials, LIFETIME));
    assert!(waiting.as_mut().poll(&mut context).is_pending());
    assert_eq!(refreshing.await.unwrap().id(), "old");
    provider.unblock();
    assert_eq!(waiting.await.unwrap(), "new");
    assert_eq!(provider.fetches(), 2);
}

#[tokio::test]
async fn dropped_refresh_does_not_delay_next_call() {
    let provider = MockProvider::new([Outcome::Credential("old", until(LIFETIME))]);
    let credentials = Credentials::new(provider.clone());
    id(&credentials, 0).await.unwrap();

    provider.block();
    {
        let mut refreshing = pin!(id(&credentials, 7000));
        let mut context = Context::from_waker(Waker::noop());
        assert!(refreshing.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(id(&credentials, 7001).await.unwrap(), "old");
    assert_eq!(provider.fetches(), 2);
}

/// Calls that are dropped, or kept without being polled as in a loop over `select!`, do not block the fetch.
#[tokio::test]
async fn fetch_continues_after_dropped_and_suspended_calls() {
    let provider = MockProvider::new([Outcome::Credential("one", None)]);
    provider.block();
    let credentials = Credentials::new(provider.clone());
    let mut context = Context::from_waker(Waker::noop());
    let mut calls = [(); 4].map(|()| Some(Box::pin(id(&credentials, 0))));
    for call in calls.iter_mut().flatten() {
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    let [dropped, suspended, alone, waiting] = &mut calls;
    *dropped = None;
    provider.unblock();
    assert_eq!(waiting.take().unwrap().await.unwrap(), "one");
    assert_eq!(suspended.take().unwrap().await.unwrap(), "one");
    *alone = None;
    assert_eq!(provider.fetches(), 1);
}

/// The fetch was started by a call that was dropped, and nobody polls it in the meantime.
#[tokio::test]
async fn next_call_continues_the_fetch_of_a_dropped_one() {
    let provider = MockProvider::new([Outcome::Credential("one", None)]);
    provider.block();
    let credentials = Credentials::new(provider.clone());
    for _ in 0..3 {
        let mut context = Context::from_waker(Waker::noop());
        let mut call = pin!(id(&credentials, 0));
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    provider.unblock();
    assert_eq!(id(&credentials, 0).await.unwrap(), "one");
    assert_eq!(provider.fetches(), 1);
}

/// The call that polls the fetch may be dropped before it is polled again, so all are woken.
#[test]
fn progress_wakes_all_waiting_calls() {
    let provider = MockProvider::new([Outcome::Credential("one", None)]);
    provider.block();
    let credentials = Credentials::new(provider.clone());
    let counters = [(); 3].map(|()| Arc::new(CountingWaker::default()));
    let mut calls = [(); 3].map(|()| Box::pin(id(&credentials, 0)));
    for (call, counter) in calls.iter_mut().zip(&counters) {
        let waker = Waker::from(Arc::clone(counter));
        let mut context = Context::from_waker(&waker);
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    assert!(counters.iter().all(|counter| counter.wakes() > 0));
    provider.unblock();
    for call in calls {
        assert_eq!(poll_until_ready(call).unwrap(), "one");
    }
}

fn poll_until_ready<T>(mut future: std::pin::Pin<Box<impl Future<Output = T>>>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Provider that panics once.
struct PanickingProvider(AtomicU64);

impl Provider for PanickingProvider {
    fn name(&self) -> &str {
        "the panicking provider"
    }

    fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, _now: SystemTime) -> Providing<'a> {
        Box::pin(async move {
            assert!(
                self.0.fetch_add(1, Ordering::SeqCst) > 0,
                "the first fetch panics"
            );
            Ok(ExpiringCredential::lasting(Credential::new("id", "key")))
        })
    }
}

#[test]
fn panic_ends_the_fetch() {
    let credentials = Credentials::from(PanickingProvider(AtomicU64::new(0)));
    let get = || poll_until_ready(Box::pin(id(&credentials, 0)));
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(get)).unwrap_err();
    assert_eq!(get().unwrap(), "id");
}

#[tokio::test]
async fn rejected_credential_is_replaced() {
    let provider = MockProvider::new([
        Outcome::Credential("one", until(LIFETIME)),
        Outcome::Credential("two", until(LIFETIME)),
        Outcome::Credential("three", until(LIFETIME)),
    ]);
    let credentials = Credentials::new(provider.clone());
    let one = credentials.get(&offline(), at(0)).await.unwrap();
    assert!(credentials.reject(&one));
    assert_eq!(id(&credentials, 0).await.unwrap(), "two");
    // Late rejections of the first credential do not drop the second one.
    for _ in 0..1000 {
        assert!(credentials.reject(&one));
    }
    assert_eq!(id(&credentials, 0).await.unwrap(), "two");
    assert_eq!(provider.fetches(), 2);
}

#[tokio::test]
async fn fixed_credential_cannot_be_rejected() {
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
async fn invalid_credential_is_not_used() {
    let provider = MockProvider::new([
        Outcome::Credential("planted\r\nX-Evil: 1", None),
        Outcome::Credential("good", None),
    ]);
    let credentials = Credentials::new(provider);
    let error = id(&credentials, 0).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the mock provider: the secret id contains a space or a line break"
    );
    assert_no_secret(&error);
    assert_eq!(id(&credentials, 0).await.unwrap(), "good");
}

/// The clock may be wrong, and only the service can tell.
#[tokio::test]
async fn expired_result_is_used_but_not_cached() {
    let provider = MockProvider::new([Outcome::Credential("one", until(0))]);
    let credentials = Credentials::new(provider.clone());
    for fetches in 1..=3 {
        assert_eq!(id(&credentials, 3600).await.unwrap(), "one");
        assert_eq!(provider.fetches(), fetches);
    }
}

/// Returns a new credential each time, with the same number as ID, key and token.
struct CountingProvider(AtomicU64);

impl Provider for CountingProvider {
    fn name(&self) -> &str {
        "the counting provider"
    }

    fn provide<'a>(&'a self, _transport: &'a Arc<dyn Transport>, now: SystemTime) -> Providing<'a> {
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
fn concurrent_refresh_never_mixes_credentials() {
    let credentials = Credentials::from(CountingProvider(AtomicU64::new(0)));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .build()
                    .unwrap();
                let transport = offline();
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
    let credentials = Credentials::new(MockProvider::new([Outcome::Credential("planted", None)]));
    assert_eq!(format!("{credentials:?}"), "Credentials(the mock provider)");
    let fixed = Credentials::from(Credential::new("planted-id", "planted-key"));
    assert!(!format!("{fixed:?}").contains("planted"));
}
