use std::{
    sync::Mutex,
    time::{Duration, SystemTime},
};

use super::{
    super::{Credentials, CvmRole, ExpiringCredential, Provider as _},
    assert_no_secret, at,
    server::{Reply, Server, ok, transport},
};
use crate::Error;

fn credential_response(expired_time: u64) -> Reply {
    ok(format!(
        r#"{{"TmpSecretId":"AKIDplanted","TmpSecretKey":"planted-key","ExpiredTime":{expired_time},
            "Expiration":"2023-11-14T22:13:20Z","Token":"planted-token","Code":"Success"}}"#
    ))
}

async fn provide(role: &CvmRole) -> Result<ExpiringCredential, Error> {
    role.provide(&transport(), at(0)).await
}

#[tokio::test]
async fn role_is_looked_up() {
    let server = Server::new([ok("my-role\n"), credential_response(1_700_007_200)]);
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
async fn configured_role_is_not_looked_up() {
    let server = Server::new([credential_response(1_700_007_200)]);
    let role = CvmRole::new().endpoint(server.endpoint()).role("given");
    provide(&role).await.unwrap();
    assert_eq!(server.received().len(), 1);
    assert!(server.received()[0].line.contains("/given "));
}

#[tokio::test]
async fn credential_is_absent_without_a_role() {
    for (reply, problem) in [
        (
            Reply::Response(404, "<html>".into()),
            "the machine has no role (HTTP 404)",
        ),
        (ok(""), "the response is empty (HTTP 200)"),
        (
            ok("<html>planted</html>"),
            "the response is a web page (HTTP 200)",
        ),
        (
            Reply::Response(502, "<html>".into()),
            "the response is a web page (HTTP 502)",
        ),
        (
            Reply::Response(500, "planted".into()),
            "the response is an error (HTTP 500)",
        ),
        (
            Reply::Response(302, "planted".into()),
            "the response is an error (HTTP 302)",
        ),
        (
            ok("../../planted?x"),
            "the response has an unexpected format (HTTP 200)",
        ),
        (
            Reply::NoResponse,
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
        assert_no_secret(&error);
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
async fn response_without_credential_is_a_failure() {
    for (reply, problem) in [
        (
            Reply::Response(404, String::new()),
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
            Reply::Response(502, "<html>planted</html>".into()),
            "the response is a web page (HTTP 502)",
        ),
        (ok(""), "the response is empty (HTTP 200)"),
        (
            Reply::Response(302, "{}".into()),
            "the response is an error (HTTP 302)",
        ),
    ] {
        let server = Server::new([ok("role"), reply]);
        let role = CvmRole::new().endpoint(server.endpoint());
        let error = provide(&role).await.unwrap_err();
        assert_eq!(error.to_string(), problem);
        assert!(!error.is_absent_credential());
        assert_no_secret(&error);
    }
}

#[tokio::test]
async fn metadata_request_has_a_timeout() {
    let server = Server::new([ok("role"), Reply::NoResponse]);
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

/// Covers fetch, cache, early refresh, failed refresh and expiry.
#[tokio::test]
async fn credential_is_cached_until_expiry() {
    let role = || ok("role");
    let down = || Reply::Response(502, "<html>".into());
    let server = Server::new([
        role(),
        credential_response(1_700_007_200),
        role(),
        credential_response(1_700_014_400),
        down(),
        down(),
        role(),
        credential_response(1_700_028_800),
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
    assert_no_secret(&error);
    credentials.get(&transport(), at(14_400)).await.unwrap();
    assert_eq!(server.received().len(), 8);
}

/// The local clock may be wrong; only the service can tell whether a credential has expired.
#[tokio::test]
async fn expired_result_is_used_but_not_cached() {
    let server = Server::new([credential_response(1_600_000_000)]);
    let role = CvmRole::new().endpoint(server.endpoint()).role("role");
    let credentials = Credentials::new(role);
    for requests in 1..=2 {
        let now = SystemTime::now();
        credentials.get(&transport(), now).await.unwrap();
        assert_eq!(server.received().len(), requests);
    }
}

#[test]
fn invalid_settings_are_refused() {
    for (role, problem) in [
        (
            CvmRole::new().role("../x"),
            "`../x` is not a valid role name",
        ),
        (CvmRole::new().role(""), "`` is not a valid role name"),
        (CvmRole::new().endpoint("ftp://x"), "has an unknown scheme"),
        (CvmRole::new().timeout(Duration::ZERO), "setting `timeout`"),
    ] {
        let error = Credentials::new(role).check().unwrap_err().to_string();
        assert!(
            error.starts_with("setting `credential`: the CVM role: "),
            "{error}"
        );
        assert!(error.contains(problem), "{error}");
    }
}
