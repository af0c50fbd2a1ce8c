//! Clients whose credentials come from a provider.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::SystemTime,
};

use tc3::{
    Client, CommonError, Credential, Credentials, Error, ErrorKind, Phase,
    credential::{ExpiringCredential, Provider, Providing},
    testing::MockTransport,
    transport::{Transport, TransportError},
};

use crate::{
    api::{Find, Look, SERVICE, credential},
    server::{Server, envelope},
};

const FOUND: &str = r#"{"Uin":7,"RequestId":"id-1"}"#;

/// Gives the test's credential, after it has failed for a while.
#[derive(Clone, Default)]
struct Source {
    asked: Arc<AtomicUsize>,
    failures: usize,
}

impl Source {
    fn asked(&self) -> usize {
        self.asked.load(Ordering::Relaxed)
    }
}

impl Provider for Source {
    fn name(&self) -> &str {
        "the test's source"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        let before = self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            // Others get the chance to ask as well.
            tokio::task::yield_now().await;
            if before < self.failures {
                return Err(Error::credential("it rests"));
            }
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

#[tokio::test]
async fn a_thousand_tasks_fetch_one_credential() {
    let server = Server::answering(envelope(FOUND));
    let source = Source::default();
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(source.clone()))
        .endpoint(server.endpoint())
        .no_proxy()
        .build()
        .unwrap();
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&Find::new("Ada")).await.unwrap().uin })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), Some(7));
    }
    assert_eq!((server.received().len(), source.asked()), (1000, 1));
}

#[tokio::test]
async fn a_credential_that_the_service_does_not_know_is_fetched_anew_once() {
    for (code, asked) in [
        ("AuthFailure.TokenFailure", 2),
        ("AuthFailure.SecretIdNotFound", 2),
        ("AuthFailure.SignatureFailure", 1),
    ] {
        let source = Source::default();
        let transport = MockTransport::new();
        transport.respond_error("FindMember", code, "no");
        let client = Client::builder(&SERVICE)
            .credential(Credentials::new(source.clone()))
            .transport(transport.clone())
            .build()
            .unwrap();
        let error = client.send(&Find::new("Ada")).await.unwrap_err();
        assert!(error.is_auth_failure() && error.is_retry_safe(), "{error}");
        assert_eq!(
            (source.asked(), transport.requests().len()),
            (asked, asked),
            "{code}"
        );
    }

    let transport = MockTransport::new();
    transport
        .respond_error("FindMember", "AuthFailure.TokenFailure", "no")
        .respond("FindMember", FOUND);
    let client = |credentials: Credentials| {
        let builder = Client::builder(&SERVICE).credential(credentials);
        builder.transport(transport.clone()).build().unwrap()
    };
    client(Credentials::new(Source::default()))
        .send(&Find::new("Ada"))
        .await
        .unwrap();

    // One that was given explicitly cannot be fetched anew.
    transport.respond_error("LookAtMember", "AuthFailure.TokenFailure", "no");
    let client = client(Credential::new("id", "key").into());
    let error = client.send(&Look::new("Ada")).await.unwrap_err();
    assert!(error.is(CommonError::AuthFailureTokenFailure));
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_service_that_accepts_no_credential_does_not_have_each_call_fetch_one() {
    let source = Source::default();
    let transport = MockTransport::new();
    transport.respond_error("FindMember", "AuthFailure.TokenFailure", "no");
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(source.clone()))
        .transport(transport.clone())
        .build()
        .unwrap();
    for _ in 0..20 {
        client.send(&Find::new("Ada")).await.unwrap_err();
    }
    assert_eq!((source.asked(), transport.requests().len()), (2, 21));
}

/// Asks a server that is not there yet.
struct Remote(Arc<AtomicUsize>);

impl Provider for Remote {
    fn name(&self) -> &str {
        "the far source"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            if before < 2 {
                let lost = TransportError::new(Phase::SentWhole, "lost");
                return Err(lost.into());
            }
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

#[tokio::test]
async fn a_source_that_could_not_be_reached_is_tried_again_within_the_call() {
    let asked = Arc::new(AtomicUsize::new(0));
    let transport = MockTransport::new();
    transport.respond("FindMember", FOUND);
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(Remote(Arc::clone(&asked))))
        .transport(transport.clone())
        .build()
        .unwrap();
    client.send(&Find::new("Ada")).await.unwrap();
    assert_eq!(asked.load(Ordering::Relaxed), 3);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn a_source_that_fails_is_asked_again_by_the_next_call() {
    let source = Source {
        failures: 2,
        ..Source::default()
    };
    let transport = MockTransport::new();
    transport.respond("FindMember", FOUND);
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(source.clone()))
        .transport(transport.clone())
        .build()
        .unwrap();
    for _ in 0..2 {
        let error = client.send(&Find::new("Ada")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential);
        assert_eq!((error.phase(), error.attempts()), (Phase::NotConnected, 0));
        assert!(error.is_retry_safe());
        let text = error.to_string();
        assert!(
            text.contains("the test's source") && text.contains("it rests"),
            "{text}"
        );
    }
    client.send(&Find::new("Ada")).await.unwrap();
    client.send(&Find::new("Ada")).await.unwrap();
    assert_eq!((source.asked(), transport.requests().len()), (3, 2));
}
