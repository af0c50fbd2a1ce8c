//! Rate limits of calls.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tc3::{Client, ClientBuilder, RateLimit, testing::MockTransport};

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
