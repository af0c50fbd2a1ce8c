//! Calls without an async runtime.

use std::{
    io::{Read as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, SystemTime},
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

/// Provider that blocks the thread until it is opened, and counts its fetches.
#[derive(Clone, Default)]
struct GatedProvider {
    is_open: Arc<AtomicBool>,
    fetches: Arc<AtomicUsize>,
}

impl Provider for GatedProvider {
    fn name(&self) -> &str {
        "the slow provider"
    }

    fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, _now: SystemTime) -> Providing<'a> {
        Box::pin(async move {
            self.fetches.fetch_add(1, Ordering::SeqCst);
            while !self.is_open.load(Ordering::SeqCst) {
                thread::sleep(Duration::from_millis(5));
            }
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

#[test]
fn waiting_threads_share_one_fetch() {
    let server = Server::responding(envelope(MEMBER));
    let provider = GatedProvider::default();
    let client = server
        .client()
        .credential(Credentials::new(provider.clone()))
        .build_blocking()
        .unwrap();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| client.send(&Update::new("Ada")).wait().unwrap());
        }
        // Time for the other threads to wait for the credential.
        thread::sleep(Duration::from_millis(200));
        provider.is_open.store(true, Ordering::SeqCst);
    });
    assert_eq!(provider.fetches.load(Ordering::SeqCst), 1);
    assert_eq!(server.received().len(), 4);
}

/// Neither the call that starts the fetch nor one that joins it waits longer than its timeout.
#[test]
fn fetch_continues_after_the_timeouts_of_calls() {
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
    provider.is_open.store(true, Ordering::SeqCst);
    let calls = (0..100).find(|_| client.send(&Update::new("Ada")).wait().is_ok());
    assert!(calls.is_some());
    assert_eq!(provider.fetches.load(Ordering::SeqCst), 1);
}

/// Calls must not use up tokio's cooperative budget of the task.
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
    let outcome = tokio::time::timeout(Duration::from_millis(300), call).await;
    assert!(outcome.is_err());
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
    let error = client.send(&Update::new("Ada")).wait().unwrap_err();
    assert!(error.is_connect() && error.is_timeout(), "{error}");
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
