//! Tests of clients with credentials from a provider.

use std::{
    io::Write as _,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use tc3::{
    Client, CommonError, Credential, Credentials, Error, ErrorKind, Phase,
    credential::{
        AssumeRole, Chain, CvmRole, ExpiringCredential, Provider, Providing, WebIdentity,
    },
    testing::MockTransport,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, TransportError, http},
};
use tokio::runtime::Runtime;

use super::{
    api::{Get, MEMBER, SECRET_ID, SECRET_KEY, SERVICE, TOKEN, Update, credential},
    server::{Connection, Server, envelope},
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

    fn provide<'a>(
        &'a self,
        _transport: &'a Arc<dyn Transport>,
        _now: SystemTime,
    ) -> Providing<'a> {
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

    fn provide<'a>(
        &'a self,
        _transport: &'a Arc<dyn Transport>,
        _now: SystemTime,
    ) -> Providing<'a> {
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

/// Timeout of calls that is shorter than a fetch.
const SHORT: Duration = Duration::from_millis(200);

/// Gate that holds back a server or a provider until it is opened.
#[derive(Clone, Default)]
struct Gate(Arc<AtomicBool>);

impl Gate {
    fn open(&self) {
        self.0.store(true, Ordering::SeqCst);
    }

    fn is_open(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// STS that sends a credential once the gate is open.
fn sts(gate: &Gate) -> Server {
    let gate = gate.clone();
    Server::per_request(move |_, stream| {
        while !gate.is_open() {
            thread::sleep(Duration::from_millis(5));
        }
        let expires = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap()
            .as_secs()
            + 7200;
        let response = format!(
            r#"{{"Credentials":{{"Token":"{TOKEN}","TmpSecretId":"{SECRET_ID}","TmpSecretKey":"{SECRET_KEY}"}},
                "ExpiredTime":{expires},"RequestId":"r"}}"#
        );
        let _ = stream.write_all(envelope(&response).as_bytes());
        Connection::KeepAlive
    })
}

fn role(sts: &Server) -> AssumeRole {
    let role = AssumeRole::new("qcs::cam::uin/1:roleName/a", Credential::new("id", "key"));
    role.endpoint(sts.endpoint())
}

/// Provider that returns a credential once the gate is open, and counts its fetches.
#[derive(Clone, Default)]
struct SlowProvider {
    gate: Gate,
    fetches: Arc<AtomicUsize>,
}

impl Provider for SlowProvider {
    fn name(&self) -> &str {
        "the slow provider"
    }

    fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, _now: SystemTime) -> Providing<'a> {
        Box::pin(async move {
            self.fetches.fetch_add(1, Ordering::Relaxed);
            while !self.gate.is_open() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Ok(ExpiringCredential::lasting(credential()))
        })
    }
}

/// Transport that cannot spawn tasks.
struct TransportWithoutSpawn(MockTransport);

impl Transport for TransportWithoutSpawn {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        self.0.send(request, limits)
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Calls until one succeeds.
async fn call_until_success(client: &Client) {
    for _ in 0..100 {
        if client.send(&Update::new("Ada")).await.is_ok() {
            return;
        }
    }
    panic!("no call succeeds");
}

#[tokio::test]
async fn short_calls_get_credential_of_slow_sts() {
    let gate = Gate::default();
    let (sts, server) = (sts(&gate), Server::responding(envelope(MEMBER)));
    let builder = server.client().credential(Credentials::new(role(&sts)));
    let client = builder.timeout(SHORT).build().unwrap();
    for _ in 0..2 {
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(
            error.to_string(),
            "UpdateMember: timeout while fetching the credential from the role `qcs::cam::uin/1:roleName/a`: timeout is 200ms"
        );
    }
    gate.open();
    call_until_success(&client).await;
    assert_eq!(sts.received().len(), 1);
}

#[tokio::test]
async fn short_calls_get_credential_without_tasks() {
    let (provider, transport) = (SlowProvider::default(), MockTransport::new());
    transport.respond("UpdateMember", MEMBER);
    let client = Client::builder(&SERVICE)
        .credential(Credentials::new(provider.clone()))
        .timeout(SHORT)
        .transport(TransportWithoutSpawn(transport))
        .build()
        .unwrap();
    for _ in 0..2 {
        client.send(&Update::new("Ada")).await.unwrap_err();
    }
    provider.gate.open();
    call_until_success(&client).await;
    assert_eq!(provider.fetches.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn fetch_outlives_a_dropped_call() {
    let gate = Gate::default();
    let (sts, server) = (sts(&gate), Server::responding(envelope(MEMBER)));
    let builder = server.client().credential(Credentials::new(role(&sts)));
    let client = builder.build().unwrap();
    for _ in 0..3 {
        let call = client.send(&Update::new("Ada"));
        let dropped = tokio::time::timeout(Duration::from_millis(50), call).await;
        dropped.unwrap_err();
    }
    gate.open();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!(sts.received().len(), 1);
}

/// The connection and the timers of a fetch belong to the runtime that started it.
#[test]
fn fetch_restarts_after_its_runtime_ends() {
    let gate = Gate::default();
    let (sts, server) = (sts(&gate), Server::responding(envelope(MEMBER)));
    let builder = server.client().credential(Credentials::new(role(&sts)));
    let client = builder.build().unwrap();
    let runtime = Runtime::new().unwrap();
    let call = client.send(&Update::new("Ada")).timeout(SHORT);
    runtime.block_on(call.into_future()).unwrap_err();
    drop(runtime);
    gate.open();
    let (runtime, call) = (Runtime::new().unwrap(), client.send(&Update::new("Ada")));
    runtime.block_on(call.into_future()).unwrap();
}

#[tokio::test]
async fn timeout_names_the_provider_of_the_chain() {
    let (sts, server) = (sts(&Gate::default()), Server::responding(envelope(MEMBER)));
    let absent = CvmRole::new().endpoint("http://127.0.0.1:1");
    let chain = Chain::new()
        .then(absent)
        .then(role(&sts))
        .then(CvmRole::new());
    let builder = server.client().credential(Credentials::new(chain));
    let client = builder.timeout(SHORT).build().unwrap();
    let error = client
        .send(&Update::new("Ada"))
        .await
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("the credential from the role `qcs"),
        "{error}"
    );
}

#[tokio::test]
async fn silent_metadata_server_is_skipped() {
    let silent = Server::per_request(|_, _| Connection::KeepAlive);
    let gate = Gate::default();
    gate.open();
    let (sts, server) = (sts(&gate), Server::responding(envelope(MEMBER)));
    let token = std::env::temp_dir().join(format!("tc3-{}-silent", std::process::id()));
    std::fs::write(&token, "token").unwrap();
    let pod = WebIdentity::new()
        .region("ap-bangkok")
        .provider_id("cls-1")
        .role_arn("qcs::cam::uin/1:roleName/a")
        .token_file(&token)
        .endpoint(sts.endpoint());
    let machine = CvmRole::new().endpoint(silent.endpoint());
    let builder = server
        .client()
        .credential(Credentials::new(Chain::new().then(machine).then(pod)));
    let client = builder.timeout(Duration::from_secs(20)).build().unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!((silent.received().len(), sts.received().len()), (1, 1));
    std::fs::remove_file(&token).unwrap();
}
