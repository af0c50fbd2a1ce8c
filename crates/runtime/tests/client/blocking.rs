//! Calls without an async runtime.

use std::{
    thread,
    time::{Duration, Instant, SystemTime},
};

use tc3::{
    Client, ClientBuilder, Credentials, ErrorKind,
    credential::{ExpiringCredential, Provider, Providing},
    transport::Transport,
};

use crate::{
    api::{Find, SERVICE, credential},
    server::{Server, envelope},
    transport::Nowhere,
};

const FOUND: &str = r#"{"Uin":7,"RequestId":"id-1"}"#;

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(server.endpoint())
        .no_proxy()
}

#[test]
fn a_call_is_waited_for() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build_blocking().unwrap();
    for _ in 0..3 {
        let response = client.send(&Find::new("Ada")).wait().unwrap();
        assert_eq!(response.uin, Some(7));
    }
    assert_eq!(server.received().len(), 3);
    assert_eq!(server.connections(), 1);
}

#[test]
fn threads_share_a_client() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build_blocking().unwrap();
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| client.send(&Find::new("Ada")).wait().unwrap());
        }
    });
    assert_eq!(server.received().len(), 16);
}

/// Takes its time on the thread that asks, as everything does here.
struct Slow(Duration);

impl Provider for Slow {
    fn name(&self) -> &str {
        "the slow source"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        Box::pin(async move {
            thread::sleep(self.0);
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

#[test]
fn threads_that_wait_for_one_credential_have_it_as_soon_as_it_is_there() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server)
        .credential(Credentials::new(Slow(Duration::from_millis(200))))
        .timeout(Duration::from_secs(20))
        .build_blocking()
        .unwrap();
    let begin = Instant::now();
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| client.send(&Find::new("Ada")).wait().unwrap());
        }
    });
    assert!(begin.elapsed() < Duration::from_secs(10));
}

#[test]
fn a_thread_that_waits_for_a_credential_keeps_its_time_out() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server)
        .credential(Credentials::new(Slow(Duration::from_secs(3))))
        .build_blocking()
        .unwrap();
    thread::scope(|scope| {
        scope.spawn(|| client.send(&Find::new("Ada")).wait().unwrap());
        thread::sleep(Duration::from_millis(500));
        let call = client.send(&Find::new("Ada"));
        let begin = Instant::now();
        let error = call.timeout(Duration::from_millis(100)).wait().unwrap_err();
        assert!(error.is_timeout(), "{error}");
        assert!(begin.elapsed() < Duration::from_secs(2));
    });
}

#[test]
fn an_error_of_the_service_is_returned() {
    let refusal = r#"{"Error":{"Code":"InternalError","Message":"no"},"RequestId":"id-1"}"#;
    let server = Server::answering(envelope(refusal));
    let client = builder(&server).build_blocking().unwrap();
    let error = client.send(&Find::new("Ada")).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Service);
}

#[test]
fn a_call_that_needs_a_runtime_is_not_waited_for() {
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .transport(Nowhere)
        .build()
        .unwrap();
    let error = client.send(&Find::new("Ada")).wait().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setting);
    assert_eq!(error.action(), Some("FindMember"));
    let text = error.to_string();
    assert!(text.contains("`build_blocking`"), "{text}");
}

#[test]
fn a_transport_of_ones_own_does_not_go_with_it() {
    let builder = Client::builder(&SERVICE).credential(credential());
    let error = builder.transport(Nowhere).build_blocking().unwrap_err();
    assert!(error.to_string().starts_with("setting `transport`: "));
}

#[cfg(not(feature = "hyper"))]
#[test]
fn it_is_the_transport_where_there_is_no_other() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build().unwrap();
    client.send(&Find::new("Ada")).wait().unwrap();
}
