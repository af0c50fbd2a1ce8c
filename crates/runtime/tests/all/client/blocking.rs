//! Calls without an async runtime.

use std::{
    io::{Read as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant, SystemTime},
};

use tc3::{
    Client, Credentials, ErrorKind, Retry,
    credential::{ExpiringCredential, Provider, Providing},
    transport::Transport,
};

use super::{
    api::{MEMBER, SERVICE, Update, credential},
    server::{Connection, Server, envelope},
    transport::FailingTransport,
};

#[test]
fn call_waits_for_response() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build_blocking().unwrap();
    for _ in 0..3 {
        let response = client.send(&Update::new("Ada")).wait().unwrap();
        assert_eq!(response.uin, Some(7));
    }
    assert_eq!(server.received().len(), 3);
    assert_eq!(server.connections(), 1);
}

#[test]
fn threads_share_a_client() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build_blocking().unwrap();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| client.send(&Update::new("Ada")).wait().unwrap());
        }
    });
    assert_eq!(server.received().len(), 16);
}

/// Provider that blocks the thread for this time.
struct SlowProvider(Duration);

impl Provider for SlowProvider {
    fn name(&self) -> &str {
        "the slow provider"
    }

    fn provide<'a>(
        &'a self,
        _transport: &'a Arc<dyn Transport>,
        _now: SystemTime,
    ) -> Providing<'a> {
        Box::pin(async move {
            thread::sleep(self.0);
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

#[test]
fn waiting_threads_share_one_fetch() {
    let server = Server::responding(envelope(MEMBER));
    let client = server
        .client()
        .credential(Credentials::new(SlowProvider(Duration::from_millis(200))))
        .timeout(Duration::from_secs(20))
        .build_blocking()
        .unwrap();
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| client.send(&Update::new("Ada")).wait().unwrap());
        }
    });
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[test]
fn timeout_covers_wait_for_credential() {
    let server = Server::responding(envelope(MEMBER));
    let client = server
        .client()
        .credential(Credentials::new(SlowProvider(Duration::from_secs(3))))
        .build_blocking()
        .unwrap();
    thread::scope(|scope| {
        scope.spawn(|| client.send(&Update::new("Ada")).wait().unwrap());
        thread::sleep(Duration::from_millis(500));
        let call = client.send(&Update::new("Ada"));
        let start = Instant::now();
        let error = call.timeout(Duration::from_millis(100)).wait().unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(start.elapsed() < Duration::from_secs(2));
    });
}

/// Provider that blocks the thread until it may answer.
#[derive(Clone, Default)]
struct GatedProvider(Arc<AtomicBool>);

impl Provider for GatedProvider {
    fn name(&self) -> &str {
        "the slow provider"
    }

    fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, _now: SystemTime) -> Providing<'a> {
        Box::pin(async move {
            while !self.0.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(5));
            }
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

/// The call that begins the fetch does not wait for its end.
#[test]
fn short_calls_end_up_with_a_slow_credential() {
    let server = Server::responding(envelope(MEMBER));
    let provider = GatedProvider::default();
    let client = server
        .client()
        .credential(Credentials::new(provider.clone()))
        .timeout(Duration::from_millis(200))
        .build_blocking()
        .unwrap();
    for _ in 0..2 {
        let error = client.send(&Update::new("Ada")).wait().unwrap_err();
        assert_eq!(
            error.to_string(),
            "UpdateMember: timeout while fetching the credential from the slow provider: timeout is 200ms"
        );
    }
    provider.0.store(true, Ordering::SeqCst);
    let calls = (0..100).find(|_| client.send(&Update::new("Ada")).wait().is_ok());
    assert!(calls.is_some());
}

/// Calls must not use up what tokio grants to a task before it has to yield.
#[tokio::test]
async fn calls_wait_in_a_runtime() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build_blocking().unwrap();
    for _ in 0..300 {
        client.send(&Update::new("Ada")).wait().unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn awaited_call_does_not_block_and_is_cancelled() {
    let (sender, closed) = mpsc::channel();
    let server = Server::per_request(move |_, stream| {
        // Until the client closes the connection.
        let _ = stream.read(&mut [0]);
        sender.send(()).unwrap();
        Connection::Close
    });
    let client = server.client().build_blocking().unwrap();
    let call = client.send(&Update::new("Ada"));
    let late = tokio::time::timeout(Duration::from_millis(300), call).await;
    assert!(late.is_err());
    closed.recv_timeout(Duration::from_secs(20)).unwrap();
    assert_eq!(server.received().len(), 1);
}

#[test]
fn connect_timeout_covers_a_slow_proxy() {
    let proxy = Server::per_connection(|mut stream| {
        let mut sent = stream.write_all(b"HTTP/1.1 200 OK\r\nX-Slow: ");
        while sent.is_ok() {
            thread::sleep(Duration::from_millis(50));
            sent = stream.write_all(b"x");
        }
    });
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .proxy(proxy.endpoint())
        .connect_timeout(Duration::from_millis(500))
        .timeout(Duration::from_secs(60))
        .retry(Retry::never())
        .build_blocking()
        .unwrap();
    let start = Instant::now();
    let error = client.send(&Update::new("Ada")).wait().unwrap_err();
    assert!(error.is_connect() && error.is_timeout(), "{error}");
    assert!(start.elapsed() < Duration::from_secs(30));
    let text = error.to_string();
    assert!(text.ends_with("the connect timeout is 500ms"), "{text}");
}

#[test]
fn service_error_is_returned() {
    let error = r#"{"Error":{"Code":"InternalError","Message":"no"},"RequestId":"id-1"}"#;
    let server = Server::responding(envelope(error));
    let client = server.client().build_blocking().unwrap();
    let error = client.send(&Update::new("Ada")).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
}

#[test]
fn wait_fails_on_async_transport() {
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(FailingTransport)
        .build()
        .unwrap();
    let error = client.send(&Update::new("Ada")).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setting);
    assert_eq!(error.action(), Some("UpdateMember"));
    let text = error.to_string();
    assert!(text.contains("`build_blocking`"), "{text}");
}

#[test]
fn custom_transport_is_refused() {
    let builder = Client::builder(&SERVICE).credential(credential());
    let error = builder
        .transport(FailingTransport)
        .build_blocking()
        .unwrap_err();
    assert!(error.to_string().starts_with("setting `transport`: "));
}

#[cfg(not(feature = "hyper"))]
#[test]
fn blocking_transport_is_the_fallback() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();
    client.send(&Update::new("Ada")).wait().unwrap();
}
