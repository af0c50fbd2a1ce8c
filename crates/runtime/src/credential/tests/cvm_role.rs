use std::{
    sync::Mutex,
    time::{Duration, SystemTime},
};

use super::{
    super::{Credentials, CvmRole, ExpiringCredential, Provider as _},
    at, search,
    server::{Reply, Server, ok, transport},
};
use crate::Error;

fn issued(expired_time: u64) -> Reply {
    ok(format!(
        r#"{{"TmpSecretId":"AKIDplanted","TmpSecretKey":"planted-key","ExpiredTime":{expired_time},
            "Expiration":"2023-11-14T22:13:20Z","Token":"planted-token","Code":"Success"}}"#
    ))
}

async fn provide(role: &CvmRole) -> Result<ExpiringCredential, Error> {
    role.provide(&transport(), at(0)).await
}

#[tokio::test]
async fn the_role_is_looked_up_and_its_credential_taken() {
    let server = Server::new([ok("my-role\n"), issued(1_700_007_200)]);
    let role = CvmRole::new().endpoint(server.endpoint());
    let fetched = provide(&role).await.unwrap();
    assert_eq!(fetched.credential.id(), "AKIDplanted");
    assert_eq!(fetched.credential.key(), "planted-key");
    assert_eq!(fetched.credential.token(), Some("planted-token"));
    assert_eq!(fetched.expires, Some(at(7200)));
    assert!(!format!("{fetched:?} {role:?}").contains("planted"));

    let received = server.received();
    let path = "/latest/meta-data/cam/security-credentials/";
    assert_eq!(received[0].line, format!("GET {path} HTTP/1.1"));
    assert_eq!(received[1].line, format!("GET {path}my-role HTTP/1.1"));
    assert_eq!(received[1].headers["host"], server.host());
}

#[tokio::test]
async fn a_given_role_is_not_looked_up() {
    let server = Server::new([issued(1_700_007_200)]);
    let role = CvmRole::new().endpoint(server.endpoint()).role("given");
    provide(&role).await.unwrap();
    assert_eq!(server.received().len(), 1);
    assert!(server.received()[0].line.contains("/given "));
}

#[tokio::test]
async fn without_a_role_there_is_no_credential() {
    for (reply, problem) in [
        (
            Reply::Answer(404, "<html>".into()),
            "the machine has no role (HTTP 404)",
        ),
        (ok(""), "the response is empty (HTTP 200)"),
        (
            ok("<html>planted</html>"),
            "the response is a web page (HTTP 200)",
        ),
        (
            Reply::Answer(502, "<html>".into()),
            "the response is a web page (HTTP 502)",
        ),
        (
            Reply::Answer(500, "planted".into()),
            "the response is an error (HTTP 500)",
        ),
        (
            Reply::Answer(302, "planted".into()),
            "the response is an error (HTTP 302)",
        ),
        (
            ok("../../planted?x"),
            "the response is not of the expected form (HTTP 200)",
        ),
        (
            Reply::Silence,
            "waiting for the response timed out (127.0.0.1:",
        ),
        (
            Reply::Close,
            "the connection failed before the response (127.0.0.1:",
        ),
    ] {
        let server = Server::new([reply]);
        let role = CvmRole::new()
            .endpoint(server.endpoint())
            .timeout(Duration::from_millis(300));
        let error = provide(&role).await.unwrap_err();
        assert!(error.to_string().starts_with(problem), "{error}");
        assert!(error.is_absent_credential());
        search(&error);
        assert_eq!(server.received().len(), 1);
    }
    let error = provide(&CvmRole::new().endpoint("http://127.0.0.1:1")).await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.starts_with("connecting failed (127.0.0.1:1): Connection refused"),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_without_a_credential_is_a_failure() {
    for (reply, problem) in [
        (
            Reply::Answer(404, String::new()),
            "the machine does not have the role `role` (HTTP 404)",
        ),
        (
            ok(r#"{"Code":"Failed","TmpSecretKey":"planted"}"#),
            "the metadata server returned the code `Failed` instead of `Success` for the role `role`",
        ),
        (
            ok(
                r#"{"TmpSecretId":"planted","TmpSecretKey":"planted","Token":"planted","ExpiredTime":1}"#,
            ),
            "the response has no `Code`",
        ),
        (
            ok(r#"{"Code":"Success","TmpSecretId":"planted","ExpiredTime":"planted"}"#),
            "the response has no `TmpSecretKey`, `Token`, `ExpiredTime`",
        ),
        (
            ok(
                r#"{"Code":"Success","TmpSecretId":null,"TmpSecretKey":"planted","Token":"planted","ExpiredTime":-1}"#,
            ),
            "the response has no `TmpSecretId`, `ExpiredTime`",
        ),
        (
            ok(r#"{"Code":"Success","TmpSecretKey":"planted"planted"#),
            "the response is not valid JSON at line 1, column 43 (HTTP 200)",
        ),
        (ok("<html>planted"), "the response is a web page (HTTP 200)"),
        (
            Reply::Answer(502, "<html>planted</html>".into()),
            "the response is a web page (HTTP 502)",
        ),
        (ok(""), "the response is empty (HTTP 200)"),
        (
            Reply::Answer(302, "{}".into()),
            "the response is an error (HTTP 302)",
        ),
    ] {
        let server = Server::new([ok("role"), reply]);
        let role = CvmRole::new().endpoint(server.endpoint());
        let error = provide(&role).await.unwrap_err();
        assert_eq!(error.to_string(), problem);
        assert!(!error.is_absent_credential());
        search(&error);
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_is_not_waited_for() {
    let server = Server::new([ok("role"), Reply::Silence]);
    let role = CvmRole::new()
        .endpoint(server.endpoint())
        .timeout(Duration::from_millis(300));
    let error = Credentials::new(role).get(&transport(), at(0)).await;
    let error = error.unwrap_err();
    assert!(error.is_timeout());
    assert!(
        error.to_string().starts_with(
            "no credential from the CVM role: waiting for the response timed out (127.0.0.1:"
        ),
        "{error}"
    );
}

/// The whole life: taken, kept, refreshed ahead of time, kept through a failure, and at last not used any more.
#[tokio::test]
async fn a_credential_lives_as_long_as_the_server_says() {
    let role = || ok("role");
    let down = || Reply::Answer(502, "<html>".into());
    let server = Server::new([
        role(),
        issued(1_700_007_200),
        role(),
        issued(1_700_014_400),
        down(),
        down(),
        role(),
        issued(1_700_028_800),
    ]);
    let credentials = Credentials::from(CvmRole::new().endpoint(server.endpoint()));
    let current = Mutex::new(None);
    for (now, requests, is_new) in [
        (at(0), 2, true),
        (at(6899), 2, false),
        (at(6900), 4, true),
        (at(14_100), 5, false),
        (at(14_101), 5, false),
    ] {
        let credential = credentials.get(&transport(), now).await.unwrap();
        let before = current.lock().unwrap().replace(credential.clone());
        assert_eq!(
            before.is_none_or(|before| !before.is_same(&credential)),
            is_new
        );
        assert_eq!(server.received().len(), requests);
    }
    let error = credentials.get(&transport(), at(14_400)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "no credential from the CVM role: the response is a web page (HTTP 502)"
    );
    search(&error);
    credentials.get(&transport(), at(14_400)).await.unwrap();
    assert_eq!(server.received().len(), 8);
}

/// The service is the judge of a credential that has expired by a clock that may be wrong.
#[tokio::test]
async fn an_expired_answer_is_tried_and_asked_for_again() {
    let server = Server::new([issued(1_600_000_000)]);
    let role = CvmRole::new().endpoint(server.endpoint()).role("role");
    let credentials = Credentials::new(role);
    for requests in 1..=2 {
        let now = SystemTime::now();
        credentials.get(&transport(), now).await.unwrap();
        assert_eq!(server.received().len(), requests);
    }
}

#[test]
fn settings_that_cannot_work_are_refused() {
    for (role, problem) in [
        (
            CvmRole::new().role("../x"),
            "`../x` is not the name of a role",
        ),
        (CvmRole::new().role(""), "`` is not the name of a role"),
        (CvmRole::new().endpoint("ftp://x"), "has an unknown scheme"),
        (CvmRole::new().timeout(Duration::ZERO), "setting `timeout`"),
    ] {
        let error = Credentials::new(role).check().unwrap_err().to_string();
        assert!(
            error.starts_with("setting `credentials`: the CVM role: "),
            "{error}"
        );
        assert!(error.contains(problem), "{error}");
    }
}
