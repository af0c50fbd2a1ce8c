//! Calls without an async runtime.

use std::{
    thread,
    time::{Duration, Instant, SystemTime},
};

use tc3::{
    Client, Credentials, ErrorKind,
    credential::{ExpiringCredential, Provider, Providing},
    transport::Transport,
};

use super::{
    api::{MEMBER, SERVICE, Update, credential},
    server::{Server, envelope},
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

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
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
