use std::{
    error::Error as _,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::SystemTime,
};

use super::{
    super::{
        AssumeRole, Chain, Credential, Credentials, CvmRole, ExpiringCredential, Profile, Provider,
        Providing,
    },
    at,
    mock::{MockProvider, Outcome},
    offline,
};
use crate::{Error, transport::Transport};

/// Returns an expired credential first, and then times out.
struct TimeoutAfterFirst(AtomicBool);

impl Provider for TimeoutAfterFirst {
    fn name(&self) -> &str {
        "the slow provider"
    }

    fn provide<'a>(
        &'a self,
        _transport: &'a Arc<dyn Transport>,
        _now: SystemTime,
    ) -> Providing<'a> {
        let called_before = self.0.swap(true, Ordering::SeqCst);
        Box::pin(async move {
            if called_before {
                return Err(Error::credential("timed out").with_timeout(true));
            }
            Ok(ExpiringCredential::until(
                Credential::new("id", "key"),
                at(0),
            ))
        })
    }
}

async fn id(credentials: &Credentials) -> Result<String, Error> {
    let credential = credentials.get(&offline(), at(0)).await?;
    Ok(credential.id().to_owned())
}

#[tokio::test]
async fn first_provider_with_a_credential_is_used() {
    let first = MockProvider::new([Outcome::Absent("nothing here")]);
    let second = MockProvider::new([Outcome::Credential("second", None)]);
    let third = MockProvider::new([Outcome::Credential("third", None)]);
    let chain = Chain::new()
        .then(first.clone())
        .then(second.clone())
        .then(third.clone());
    assert_eq!(id(&Credentials::new(chain)).await.unwrap(), "second");
    assert_eq!(
        (first.fetches(), second.fetches(), third.fetches()),
        (1, 1, 0)
    );
}

#[tokio::test]
async fn error_names_every_provider() {
    let chain = Chain::new()
        .then(MockProvider::named(
            "the keyring",
            [Outcome::Absent("it is empty")],
        ))
        .then(Profile::new().file("/nowhere").section("a"));
    let error = id(&Credentials::new(chain)).await.unwrap_err();
    let expected = "no credential from the credential chain: the keyring: it is empty; \
                    the profile: `file` names `/nowhere`, which does not exist";
    assert!(error.to_string().starts_with(expected), "{error}");

    let chain = Chain::new().then(CvmRole::new()).then(MockProvider::named(
        "the keyring",
        [Outcome::Absent("it is empty")],
    ));
    let error = id(&Credentials::new(chain)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the credential chain: \
         the CVM role: connecting failed (metadata.tencentyun.com): there is no network; the keyring: it is empty"
    );
}

#[tokio::test]
async fn error_says_how_to_set_a_credential() {
    let chain = || {
        let vault = MockProvider::named("the vault", [Outcome::Absent("it is empty")]);
        let mut chain = Chain::new().then(vault);
        chain.remedy = Chain::standard().remedy;
        chain
    };
    let remedy = "(set `TENCENTCLOUD_SECRET_ID` and `TENCENTCLOUD_SECRET_KEY`, or write a profile with `tc3 configure`)";
    let absent = "no credential from the credential chain: the vault: it is empty";
    let error = id(&Credentials::new(chain())).await.unwrap_err();
    assert_eq!(error.to_string(), format!("{absent} {remedy}"));

    // A provider that fails because of it passes the remedy on, and it is printed once.
    let role = AssumeRole::new("qcs::cam::uin/1:roleName/a", Credentials::new(chain()));
    let error = id(&Credentials::new(Chain::new().then(role)))
        .await
        .unwrap_err();
    assert_eq!(error.to_string().matches(remedy).count(), 1, "{error}");
}

/// The next provider could have another identity than intended.
#[tokio::test]
async fn failure_stops_the_chain() {
    let other = MockProvider::new([Outcome::Credential("another identity", None)]);
    let chain = Chain::new()
        .then(MockProvider::named(
            "the vault",
            [Outcome::Failure("it is locked")],
        ))
        .then(other.clone());
    let error = id(&Credentials::new(chain)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the credential chain: the vault: it is locked"
    );
    assert_eq!(other.fetches(), 0);
}

#[tokio::test]
async fn error_keeps_cause_of_failed_provider() {
    let role = || AssumeRole::new("qcs::cam::uin/1:roleName/a", Credential::new("id", "key"));
    let chain = Chain::new()
        .then(MockProvider::new([Outcome::Absent("none")]))
        .then(role());
    let error = Credentials::new(chain).get(&offline(), at(0)).await;
    let error = error.unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "there is no network");

    // The same holds for the provider that the chain stays with.
    let chain = Chain::new().then(TimeoutAfterFirst(AtomicBool::new(false)));
    let credentials = Credentials::new(chain);
    id(&credentials).await.unwrap();
    let error = id(&credentials).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn chain_stays_with_first_successful_provider() {
    let first = MockProvider::new([
        Outcome::Absent("not yet"),
        Outcome::Credential("too late", None),
    ]);
    let second = MockProvider::named(
        "the second",
        [
            Outcome::Credential("second", Some(at(0))),
            Outcome::Absent("gone"),
        ],
    );
    let third = MockProvider::new([Outcome::Credential("third", None)]);
    let chain = Chain::new().then(first.clone()).then(second).then(third);
    let credentials = Credentials::new(chain);
    assert_eq!(id(&credentials).await.unwrap(), "second");
    assert_eq!(
        id(&credentials).await.unwrap_err().to_string(),
        "no credential from the credential chain: the second: gone"
    );
    assert_eq!(first.fetches(), 1);
}

/// A pod has an identity of its own, and may run on a machine with another one.
#[test]
fn standard_chain_asks_the_pod_before_the_machine() {
    assert_eq!(
        format!("{:?}", Chain::standard()),
        r#"Chain(["the environment", "the profile", "web identity", "the CVM role"])"#
    );
    Credentials::default_chain().check().unwrap();
}

#[test]
fn invalid_settings_are_refused() {
    for (chain, problem) in [
        (Chain::new(), "has no provider"),
        (
            Chain::new().then(CvmRole::new().role("a b")),
            "the CVM role: setting `role`: `a b` is not a valid role name",
        ),
    ] {
        let error = Credentials::new(chain).check().unwrap_err().to_string();
        let expected = format!("setting `credential`: the credential chain: {problem}");
        assert!(error.starts_with(&expected), "{error}");
    }
}
