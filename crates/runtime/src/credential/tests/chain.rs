use std::{
    error::Error as _,
    sync::atomic::{AtomicBool, Ordering},
    time::SystemTime,
};

use super::{
    super::{
        AssumeRole, Chain, Credential, Credentials, CvmRole, ExpiringCredential, Profile, Provider,
        Providing,
    },
    at,
    script::{Act, Nowhere, Script},
};
use crate::{Error, transport::Transport};

/// Gives a credential that has expired, and is late from then on.
struct Late(AtomicBool);

impl Provider for Late {
    fn name(&self) -> &str {
        "the late one"
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        let is_late = self.0.swap(true, Ordering::SeqCst);
        Box::pin(async move {
            if is_late {
                return Err(Error::credential("late").with_timeout(true));
            }
            Ok(ExpiringCredential::until(
                Credential::new("id", "key"),
                at(0),
            ))
        })
    }
}

async fn id(credentials: &Credentials) -> Result<String, Error> {
    let credential = credentials.get(&Nowhere::default(), at(0)).await?;
    Ok(credential.id().to_owned())
}

#[tokio::test]
async fn the_first_place_that_has_one_gives_it() {
    let first = Script::new([Act::Lack("nothing here")]);
    let second = Script::new([Act::Give("second", None)]);
    let third = Script::new([Act::Give("third", None)]);
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
async fn the_error_names_every_place_and_why_it_has_none() {
    let chain = Chain::new()
        .then(Script::named("the drawer", [Act::Lack("it is empty")]))
        .then(Profile::new().file("/nowhere").section("a"));
    let error = id(&Credentials::new(chain)).await.unwrap_err();
    let expected = "no credential from the credential chain: the drawer: it is empty; \
                    the profile file: `/nowhere`: ";
    assert!(error.to_string().starts_with(expected), "{error}");

    let chain = Chain::new()
        .then(CvmRole::new())
        .then(Script::named("the drawer", [Act::Lack("it is empty")]));
    let error = id(&Credentials::new(chain)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the credential chain: \
         the CVM role: connecting failed (metadata.tencentyun.com): there is no network; the drawer: it is empty"
    );
}

/// To go on would be to act as somebody else than was meant.
#[tokio::test]
async fn a_place_that_is_set_up_and_fails_ends_the_search() {
    let other = Script::new([Act::Give("somebody else", None)]);
    let chain = Chain::new()
        .then(Script::named("the vault", [Act::Fail("it is locked")]))
        .then(other.clone());
    let error = id(&Credentials::new(chain)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the credential chain: the vault: it is locked"
    );
    assert_eq!(other.fetches(), 0);
}

#[tokio::test]
async fn the_error_keeps_the_cause_of_the_place_that_failed() {
    let role = || AssumeRole::new("qcs::cam::uin/1:roleName/a", Credential::new("id", "key"));
    let chain = Chain::new()
        .then(Script::new([Act::Lack("none")]))
        .then(role());
    let error = Credentials::new(chain)
        .get(&Nowhere::default(), at(0))
        .await;
    let error = error.unwrap_err();
    assert_eq!(error.source().unwrap().to_string(), "there is no network");

    // Also that of the place which the chain has chosen.
    let chain = Chain::new().then(Late(AtomicBool::new(false)));
    let credentials = Credentials::new(chain);
    id(&credentials).await.unwrap();
    let error = id(&credentials).await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_chain_stays_with_the_place_that_it_chose() {
    let first = Script::new([Act::Lack("not yet"), Act::Give("too late", None)]);
    let second = Script::named(
        "the second",
        [Act::Give("second", Some(at(0))), Act::Lack("gone")],
    );
    let third = Script::new([Act::Give("third", None)]);
    let chain = Chain::new().then(first.clone()).then(second).then(third);
    let credentials = Credentials::new(chain);
    assert_eq!(id(&credentials).await.unwrap(), "second");
    assert_eq!(
        id(&credentials).await.unwrap_err().to_string(),
        "no credential from the credential chain: the second: gone"
    );
    assert_eq!(first.fetches(), 1);
}

#[test]
fn the_standard_chain_is_that_of_the_vendor() {
    assert_eq!(
        format!("{:?}", Chain::standard()),
        r#"Chain(["the environment", "the profile file", "the CVM role", "web identity"])"#
    );
    Credentials::default_chain().check().unwrap();
}

#[test]
fn settings_that_cannot_work_are_refused() {
    for (chain, problem) in [
        (Chain::new(), "it has no provider"),
        (
            Chain::new().then(CvmRole::new().role("a b")),
            "the CVM role: setting `role`: `a b` is not the name of a role",
        ),
    ] {
        let error = Credentials::new(chain).check().unwrap_err().to_string();
        let expected = format!("setting `credentials`: the credential chain: {problem}");
        assert!(error.starts_with(&expected), "{error}");
    }
}
