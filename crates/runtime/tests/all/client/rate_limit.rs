//! Rate limits of calls.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tc3::{
    Acquiring, Attempt, Client, ClientBuilder, LocalRateLimiter, RateLimit, RateLimiter,
    testing::MockTransport, transport::Transport,
};

use super::api::{Add, SERVICE, Update, credential};

fn client(transport: &MockTransport) -> ClientBuilder {
    transport
        .respond("AddMember", "{}")
        .respond("UpdateMember", "{}");
    Client::builder(&SERVICE)
        .credential(credential())
        .transport(transport.clone())
}

/// Returns how many calls of an action with a rate limit of 20 succeed before one would exceed its timeout.
async fn burst(builder: ClientBuilder) -> usize {
    let client = builder.timeout(Duration::from_millis(200)).build().unwrap();
    let mut calls = 0;
    while calls < 500 && client.send(&Add::new("Ada")).await.is_ok() {
        calls += 1;
    }
    calls
}

#[tokio::test]
async fn rate_limiter_is_per_action_for_all_clones() {
    let transport = MockTransport::new();
    let client = client(&transport)
        .timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let start = Instant::now();
    let mut refused = None;
    for _ in 0..21 {
        refused = client.clone().send(&Add::new("Ada")).await.err();
    }
    // After a second, on a slow machine, another call is allowed.
    if start.elapsed() < Duration::from_millis(700) {
        let error = refused.unwrap();
        assert!(error.is_timeout() && error.is_connect() && error.is_retry_safe());
        assert_eq!(
            error.to_string(),
            "AddMember: rate limit of 20 calls per second reached with 0 calls waiting: timeout is 200ms"
        );
        assert_eq!((error.attempts(), transport.requests().len()), (0, 20));
    }
    for _ in 0..30 {
        client.send(&Update::new("Ada")).await.unwrap();
    }
}

#[tokio::test]
async fn rate_limits_are_scaled_set_and_turned_off() {
    let start = Instant::now();
    let bursts = [
        burst(client(&MockTransport::new())).await,
        burst(client(&MockTransport::new()).rate_limit(RateLimit::scaled(0.5))).await,
        burst(client(&MockTransport::new()).action_rate_limit("AddMember", 3.0)).await,
        burst(client(&MockTransport::new()).rate_limit(RateLimit::scaled(2.0))).await,
        burst(client(&MockTransport::new()).rate_limit(RateLimit::off())).await,
    ];
    if start.elapsed() < Duration::from_millis(700) {
        assert_eq!(bursts, [20, 10, 3, 40, 500]);
    }
}

#[tokio::test]
async fn mock_transport_skips_rate_limit_waits() {
    let transport = MockTransport::new();
    let client = client(&transport).build().unwrap();
    // At 20 calls per second this would take longer than the timeout of a call.
    for _ in 0..2000 {
        client.send(&Add::new("Ada")).await.unwrap();
    }
}

#[tokio::test]
async fn thousand_tasks_share_a_rate_limiter() {
    let transport = MockTransport::new();
    let client = client(&transport)
        .action_rate_limit("AddMember", 400.0)
        .build()
        .unwrap();
    let done = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let (client, done) = (client.clone(), Arc::clone(&done));
            tokio::spawn(async move {
                client.send(&Add::new("Ada")).await.unwrap();
                done.fetch_add(1, Ordering::Relaxed);
            })
        })
        .collect();
    // Aborted tasks leave the queue.
    tasks
        .iter()
        .step_by(7)
        .for_each(tokio::task::JoinHandle::abort);
    let mut aborted = 0;
    for task in tasks {
        aborted += usize::from(task.await.is_err());
    }
    assert_eq!(done.load(Ordering::Relaxed) + aborted, 1000);
    client.send(&Add::new("Ada")).await.unwrap();
}

/// Limiter that records its calls, and refuses attempts after its first `attempts` calls.
struct RecordingLimiter {
    attempts: usize,
    calls: Mutex<Vec<String>>,
}

impl RateLimiter for RecordingLimiter {
    fn acquire<'a>(
        &'a self,
        attempt: Attempt<'a>,
        rate: Option<f64>,
        _transport: &'a dyn Transport,
        _timeout: Duration,
    ) -> Acquiring<'a> {
        let mut calls = self.calls.lock().unwrap();
        let Attempt { action, region, .. } = attempt;
        calls.push(format!("acquire {action} {region:?} {rate:?}"));
        let (permit, attempts) = (calls.len(), self.attempts);
        Box::pin(async move {
            if permit > attempts {
                return Err("the store is unavailable".to_owned());
            }
            Ok(permit as u64)
        })
    }

    fn answered(&self, attempt: Attempt<'_>, permit: u64, throttled: bool) {
        let call = format!("answered {} {permit} {throttled}", attempt.action);
        self.calls.lock().unwrap().push(call);
    }
}

#[tokio::test]
async fn custom_rate_limiter_is_called_for_each_attempt() {
    let transport = MockTransport::new();
    let limited = r#"{"Error":{"Code":"RequestLimitExceeded","Message":"-"},"RequestId":"1"}"#;
    transport.respond("AddMember", limited);
    let limiter = Arc::new(RecordingLimiter {
        attempts: 5,
        calls: Mutex::default(),
    });
    let client = client(&transport)
        .region("ap-guangzhou")
        .rate_limit(RateLimit::scaled(0.5))
        .rate_limiter(limiter.clone())
        .build()
        .unwrap();
    client.send(&Add::new("Ada")).await.unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    let error = client.send(&Update::new("Ada")).await.unwrap_err();
    assert!(error.is_timeout() && error.is_retry_safe(), "{error}");
    assert_eq!(
        error.to_string(),
        "UpdateMember: the store is unavailable: timeout is 60s"
    );
    assert_eq!(
        *limiter.calls.lock().unwrap(),
        [
            r#"acquire AddMember Some("ap-guangzhou") Some(10.0)"#,
            "answered AddMember 1 true",
            r#"acquire AddMember Some("ap-guangzhou") Some(10.0)"#,
            "answered AddMember 3 false",
            r#"acquire UpdateMember Some("ap-guangzhou") None"#,
            "answered UpdateMember 5 false",
            r#"acquire UpdateMember Some("ap-guangzhou") None"#,
        ]
    );
}

/// Limiter that grants this permit immediately.
struct ImmediateLimiter {
    permit: u64,
    answered: Mutex<Vec<u64>>,
}

impl RateLimiter for ImmediateLimiter {
    fn try_acquire(&self, attempt: &Attempt<'_>, rate: Option<f64>) -> Option<u64> {
        assert_eq!((attempt.action, rate), ("AddMember", Some(20.0)));
        Some(self.permit)
    }

    fn acquire<'a>(
        &'a self,
        _attempt: Attempt<'a>,
        _rate: Option<f64>,
        _transport: &'a dyn Transport,
        _timeout: Duration,
    ) -> Acquiring<'a> {
        panic!("the permit was granted")
    }

    fn answered(&self, _attempt: Attempt<'_>, permit: u64, _throttled: bool) {
        self.answered.lock().unwrap().push(permit);
    }
}

#[tokio::test]
async fn immediate_permit_skips_acquire() {
    let limiter = Arc::new(ImmediateLimiter {
        permit: 7,
        answered: Mutex::default(),
    });
    let client = client(&MockTransport::new()).rate_limiter(limiter.clone());
    let client = client.build().unwrap();
    client.send(&Add::new("Ada")).await.unwrap();
    assert_eq!(*limiter.answered.lock().unwrap(), [7]);
}

#[tokio::test]
async fn clients_share_a_rate_limiter() {
    let (transport, limiter) = (MockTransport::new(), Arc::new(LocalRateLimiter::new()));
    let start = Instant::now();
    let first = burst(client(&transport).rate_limiter(limiter.clone())).await;
    let second = burst(client(&transport).rate_limiter(limiter)).await;
    if start.elapsed() < Duration::from_millis(700) {
        assert_eq!((first, second), (20, 0));
    }
}

/// Rates as the service measures them.
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod at_the_server {
    use std::{io::Write as _, thread};

    use tc3::{Error, Observer};

    use super::*;
    use crate::client::{
        api::MEMBER,
        server::{Server, envelope, read},
    };

    /// Server that records when each request is complete. A new connection is served after this delay.
    fn server(delay: Duration) -> (Server, Arc<Mutex<Vec<Instant>>>) {
        let arrivals = Arc::<Mutex<Vec<Instant>>>::default();
        let log = Arc::clone(&arrivals);
        let server = Server::per_connection(move |mut stream| {
            thread::sleep(delay);
            let mut reader = std::io::BufReader::new(stream.try_clone().unwrap());
            while read(&mut reader).is_some() {
                log.lock().unwrap().push(Instant::now());
                let _ = stream.write_all(envelope(MEMBER).as_bytes());
            }
        });
        (server, arrivals)
    }

    /// Observer that records the duration of the longest attempt.
    #[derive(Clone, Default)]
    struct Longest(Arc<Mutex<Duration>>);

    impl Observer for Longest {
        fn after(&self, attempt: &Attempt<'_>, _outcome: Result<&str, &Error>) {
            let mut longest = self.0.lock().unwrap();
            *longest = attempt.elapsed.max(*longest);
        }
    }

    /// Checks that no second had more requests than the rate, after `calls` calls by `run`.
    fn check(delay: Duration, calls: usize, run: impl FnOnce(ClientBuilder)) {
        let (server, arrivals) = server(delay);
        let longest = Longest::default();
        let client = server.client().rate_limit(RateLimit::documented());
        run(client.observer(longest.clone()));
        let mut arrivals = arrivals.lock().unwrap().clone();
        assert_eq!(arrivals.len(), calls);
        arrivals.sort();
        // A request that takes a second to reach the service may exceed the rate. A long attempt may contain such a
        // request.
        let longest = *longest.0.lock().unwrap();
        if longest >= Duration::from_millis(500) {
            println!("not checked: the machine is so busy that an attempt took {longest:?}");
            return;
        }
        for pair in arrivals.windows(21) {
            let time = pair[20] - pair[0];
            assert!(time >= Duration::from_secs(1), "21 requests in {time:?}");
        }
    }

    #[cfg(feature = "hyper")]
    fn tasks(client: ClientBuilder) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(4)
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let client = client.build().unwrap();
            let tasks = Vec::from_iter((0..70).map(|_| {
                let client = client.clone();
                tokio::spawn(async move { client.send(&Add::new("Ada")).await.unwrap() })
            }));
            for task in tasks {
                task.await.unwrap();
            }
        });
    }

    #[cfg(feature = "hyper")]
    #[test]
    fn rate_holds_for_tasks() {
        check(Duration::ZERO, 70, tasks);
    }

    #[cfg(feature = "hyper")]
    #[test]
    fn rate_holds_for_tasks_with_slow_connections() {
        check(Duration::from_millis(100), 70, tasks);
    }

    #[cfg(feature = "blocking")]
    fn threads(client: ClientBuilder) {
        let client = client.build_blocking().unwrap();
        thread::scope(|scope| {
            for _ in 0..100 {
                scope.spawn(|| client.send(&Add::new("Ada")).wait().unwrap());
            }
        });
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn rate_holds_for_threads() {
        check(Duration::ZERO, 100, threads);
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn rate_holds_for_threads_with_slow_connections() {
        check(Duration::from_millis(100), 100, threads);
    }
}
