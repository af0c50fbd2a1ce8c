//! Clients with credentials from a provider.

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

use super::{
    api::{Get, MEMBER, SERVICE, Update, credential},
    server::{Server, envelope},
};

/// Provider that fails at first, and counts its fetches.
#[derive(Clone, Default)]
struct CountingProvider {
    fetches: Arc<AtomicUsize>,
    failures: usize,
}

impl CountingProvider {
    fn fetches(&self) -> usize {
        self.fetches.load(Ordering::Relaxed)
    }
}

impl Provider for CountingProvider {
    fn name(&self) -> &str {
        "the test provider"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        let before = self.fetches.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            // Lets other tasks request a credential at the same time.
            tokio::task::yield_now().await;
            if before < self.failures {
                return Err(Error::credential("unavailable"));
            }
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

#[tokio::test]
async fn thousand_tasks_share_one_fetch() {
    let server = Server::responding(envelope(MEMBER));
    let provider = CountingProvider::default();
    let client = server
        .client()
        .credential(Credentials::new(provider.clone()))
        .build()
        .unwrap();
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { client.send(&Update::new("Ada")).await.unwrap().uin })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), Some(7));
    }
    assert_eq!((server.received().len(), provider.fetches()), (1000, 1));
}

#[tokio::test]
async fn rejected_credential_is_fetched_again_once() {
    for (code, fetches) in [
        ("AuthFailure.TokenFailure", 2),
        ("AuthFailure.SecretIdNotFound", 2),
        ("AuthFailure.SignatureFailure", 1),
    ] {
        let provider = CountingProvider::default();
        let transport = MockTransport::new();
        transport.respond_error("UpdateMember", code, "no");
        let client = Client::builder(&SERVICE)
            .credential(Credentials::new(provider.clone()))
            .transport(transport.clone())
            .build()
            .unwrap();
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert!(error.is_auth_failure() && error.is_retry_safe(), "{error}");
        assert_eq!(
            (provider.fetches(), transport.requests().len()),
            (fetches, fetches),
            "{code}"
        );
    }

    let transport = MockTransport::new();
    transport
        .respond_error("UpdateMember", "AuthFailure.TokenFailure", "no")
        .respond("UpdateMember", MEMBER);
    let client = |credentials: Credentials| {
        let builder = Client::builder(&SERVICE).credential(credentials);
        builder.transport(transport.clone()).build().unwrap()
    };
    client(Credentials::new(CountingProvider::default()))
        .send(&Update::new("Ada"))
        .await
        .unwrap();

    // A fixed credential cannot be fetched again.
    transport.respond_error("GetMember", "AuthFailure.TokenFailure", "no");
    let client = client(Credential::new("id", "key").into());
    let error = client.send(&Get::new("Ada")).await.unwrap_err();
    assert!(error.is(CommonError::AuthFailureTokenFailure));
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn repeated_rejections_do_not_fetch_each_time() {
    let provider = CountingProvider::default();
    let transport = MockTransport::new();
    transport.respond_error("UpdateMember", "AuthFailure.TokenFailure", "no");
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(provider.clone()))
        .transport(transport.clone())
        .build()
        .unwrap();
    for _ in 0..20 {
        client.send(&Update::new("Ada")).await.unwrap_err();
    }
    assert_eq!((provider.fetches(), transport.requests().len()), (2, 21));
}

/// Provider whose first two fetches fail with a connection error.
struct UnreachableProvider(Arc<AtomicUsize>);

impl Provider for UnreachableProvider {
    fn name(&self) -> &str {
        "the unreachable provider"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        let before = self.0.fetch_add(1, Ordering::Relaxed);
        Box::pin(async move {
            if before < 2 {
                let error = TransportError::new(Phase::SentWhole, "lost");
                return Err(error.into());
            }
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

#[tokio::test]
async fn unreachable_provider_is_retried_in_the_call() {
    let fetches = Arc::new(AtomicUsize::new(0));
    let transport = MockTransport::new();
    transport.respond("UpdateMember", MEMBER);
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(UnreachableProvider(Arc::clone(&fetches))))
        .transport(transport.clone())
        .build()
        .unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!(fetches.load(Ordering::Relaxed), 3);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn next_call_fetches_again_after_failure() {
    let provider = CountingProvider {
        failures: 2,
        ..CountingProvider::default()
    };
    let transport = MockTransport::new();
    transport.respond("UpdateMember", MEMBER);
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(provider.clone()))
        .transport(transport.clone())
        .build()
        .unwrap();
    for _ in 0..2 {
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Credential);
        assert_eq!((error.phase(), error.attempts()), (Phase::NotConnected, 0));
        assert!(error.is_retry_safe());
        let text = error.to_string();
        assert!(
            text.contains("the test provider") && text.contains("unavailable"),
            "{text}"
        );
    }
    client.send(&Update::new("Ada")).await.unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!((provider.fetches(), transport.requests().len()), (3, 2));
}
