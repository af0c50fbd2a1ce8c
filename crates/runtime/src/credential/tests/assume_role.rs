use std::{sync::Arc, time::Duration};

use super::{
    super::{AssumeRole, Credential, Credentials, ExpiringCredential, Provider as _},
    assert_no_secret, at,
    mock::{MockProvider, OfflineTransport, Outcome},
    offline,
    server::{Received, Reply, Server, ok, transport},
};
use crate::{Error, signature::Signer, transport::Transport};

const ARN: &str = "qcs::cam::uin/100000000001:roleName/auditor";

pub(super) fn credential_response() -> Reply {
    ok(
        r#"{"Response":{"Credentials":{"Token":"planted-new-token","TmpSecretId":"AKIDplanted-new",
            "TmpSecretKey":"planted-new-key"},"Expiration":"2023-11-15T00:13:20Z","ExpiredTime":1700007200,
            "RequestId":"r-1"}}"#,
    )
}

pub(super) fn error_response(code: &str, message: &str) -> Reply {
    ok(format!(
        r#"{{"Response":{{"Error":{{"Code":"{code}","Message":"{message}"}},"RequestId":"r-2"}}}}"#
    ))
}

fn caller() -> Credential {
    Credential::new("AKIDplanted", "planted-key").with_token("planted-token")
}

async fn provide(role: &AssumeRole) -> Result<ExpiringCredential, Error> {
    role.provide(&transport(), at(0)).await
}

/// Returns the expected `Authorization` header of a request.
fn authorization(request: &Received, credential: &Credential, host: &str) -> String {
    let headers = [("content-type", "application/json"), ("host", host)];
    Signer::new("sts", &headers).authorization(
        credential,
        request.headers["x-tc-timestamp"].parse().unwrap(),
        &[("x-tc-action", "AssumeRole")],
        request.body.as_bytes(),
    )
}

#[tokio::test]
async fn role_is_assumed() {
    let server = Server::new([credential_response()]);
    let role = AssumeRole::new(ARN, caller())
        .endpoint(server.endpoint())
        .region("ap-bangkok")
        .session_name("nightly")
        .duration(Duration::from_secs(900))
        .policy(r#"{"version":"2.0 é~"}"#)
        .external_id("planted-external");
    let fetched = provide(&role).await.unwrap();
    assert_eq!(fetched.credential.id(), "AKIDplanted-new");
    assert_eq!(fetched.credential.key(), "planted-new-key");
    assert_eq!(fetched.credential.token(), Some("planted-new-token"));
    assert_eq!(fetched.expires, Some(at(7200)));
    assert!(!format!("{fetched:?} {role:?}").contains("planted"));

    let request = &server.received()[0];
    assert_eq!(request.line, "POST / HTTP/1.1");
    for (name, value) in [
        ("x-tc-action", "AssumeRole"),
        ("x-tc-version", "2018-08-13"),
        ("x-tc-region", "ap-bangkok"),
        ("x-tc-timestamp", "1700000000"),
        ("x-tc-token", "planted-token"),
        (
            "authorization",
            &authorization(request, &caller(), &server.host()),
        ),
    ] {
        assert_eq!(request.headers[name], value, "{name}");
    }
    assert_eq!(
        request.body,
        r#"{"RoleSessionName":"nightly","DurationSeconds":900,"RoleArn":"qcs::cam::uin/100000000001:roleName/auditor","Policy":"%7B%22version%22%3A%222.0%20%C3%A9~%22%7D","ExternalId":"planted-external"}"#
    );
}

#[tokio::test]
async fn settings_have_defaults() {
    let server = Server::new([credential_response()]);
    let role = AssumeRole::new(ARN, Credential::new("id", "key")).endpoint(server.endpoint());
    provide(&role).await.unwrap();
    let request = &server.received()[0];
    assert_eq!(request.headers["x-tc-region"], "ap-guangzhou");
    assert!(!request.headers.contains_key("x-tc-token"));
    let body: serde_json::Value = request.body.parse().unwrap();
    assert_eq!(body.get("DurationSeconds").unwrap().as_i64(), Some(7200));
    assert_eq!(body.get("RoleSessionName").unwrap().as_str(), Some("tc3"));
    assert_eq!(body.as_object().unwrap().len(), 3);
}

#[tokio::test]
async fn error_says_why_sts_gave_no_credential() {
    for (reply, problem) in [
        (
            error_response(
                "AuthFailure.UnauthorizedOperation",
                "AKIDplanted may not, planted-token",
            ),
            "AssumeRole: AuthFailure.UnauthorizedOperation: [redacted] may not, [redacted] (request id r-2, HTTP 200,",
        ),
        (
            error_response("InvalidParameter.RoleNotExist", "no role"),
            "AssumeRole: InvalidParameter.RoleNotExist: no role (request id r-2, HTTP 200,",
        ),
        (
            Reply::Response(502, "<html>planted</html>".into()),
            "the response is a web page (HTTP 502)",
        ),
        (
            ok("<html>planted</html>"),
            "the response is a web page (HTTP 200)",
        ),
        (ok(""), "the response is empty (HTTP 200)"),
        (
            ok(r#"{"Response":{"Credentials":{"TmpSecretKey":"planted"planted"#),
            "the response is not valid JSON at line 1, column 53 (HTTP 200)",
        ),
        (
            ok(
                r#"{"Response":{"Credentials":{"TmpSecretKey":"planted","Token":""},"RequestId":"r"}}"#,
            ),
            "the response has no `TmpSecretId`, `Token`, `ExpiredTime`",
        ),
        (
            ok(r#"{"Response":{"RequestId":"r"}}"#),
            "the response has no `TmpSecretId`, `TmpSecretKey`, `Token`, `ExpiredTime`",
        ),
        (
            Reply::Close,
            "the connection failed before the response (127.0.0.1:",
        ),
    ] {
        let server = Server::new([reply]);
        let role = AssumeRole::new(ARN, caller()).endpoint(server.endpoint());
        let error = Credentials::new(role)
            .get(&transport(), at(0))
            .await
            .unwrap_err();
        let expected = format!("no credential from the role `{ARN}`: {problem}");
        assert!(error.to_string().starts_with(&expected), "{error}");
        // The error of the call itself has no code and no action of STS.
        assert_eq!((error.code(), error.action()), (None, None));
        assert_no_secret(&error);
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn wrong_clock_is_corrected_once() {
    let expired = || {
        error_response(
            "AuthFailure.SignatureExpire",
            "Signature expired. Deviation between `Timestamp` and the server time 1700003600.",
        )
    };
    let server = Server::new([expired(), credential_response()]);
    let role = AssumeRole::new(ARN, caller()).endpoint(server.endpoint());
    provide(&role).await.unwrap();
    let received = server.received();
    assert_eq!(received[1].headers["x-tc-timestamp"], "1700003600");
    assert_eq!(
        received[1].headers["authorization"],
        authorization(&received[1], &caller(), &server.host())
    );

    let server = Server::new([expired()]);
    let role = AssumeRole::new(ARN, caller()).endpoint(server.endpoint());
    provide(&role).await.unwrap_err();
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn credential_rejected_by_sts_is_replaced_once() {
    let rejection = || error_response("AuthFailure.TokenFailure", "planted");
    let server = Server::new([rejection(), credential_response()]);
    let provider = MockProvider::new([
        Outcome::Credential("one", None),
        Outcome::Credential("two", None),
    ]);
    let role = AssumeRole::new(ARN, provider.clone()).endpoint(server.endpoint());
    provide(&role).await.unwrap();
    assert_eq!(provider.fetches(), 2);
    assert!(server.received()[1].headers["authorization"].contains("Credential=two/"));

    // A fixed credential cannot be replaced.
    let server = Server::new([rejection()]);
    let role = AssumeRole::new(ARN, Credential::new("id", "key")).endpoint(server.endpoint());
    provide(&role).await.unwrap_err();
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn error_says_why_sts_was_not_called() {
    let role = AssumeRole::new(ARN, MockProvider::new([Outcome::Failure("locked")]));
    let error = Credentials::new(role).get(&offline(), at(0)).await;
    assert_eq!(
        error.unwrap_err().to_string(),
        format!(
            "no credential from the role `{ARN}`: no credential from the mock provider: locked"
        )
    );
}

#[tokio::test]
async fn sts_request_has_a_timeout() {
    let transport = Arc::new(OfflineTransport::default());
    let shared: Arc<dyn Transport> = transport.clone();
    let role = AssumeRole::new(ARN, caller());
    let error = role.provide(&shared, at(0)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "connecting failed (sts.tencentcloudapi.com): there is no network"
    );
    let (request, limits) = transport.requests.lock().unwrap().remove(0);
    assert_eq!(limits.timeout, Duration::from_secs(10));
    // `Debug` of a request shows no secret.
    assert!(
        request.contains("x-tc-token") && !request.contains("planted"),
        "{request}"
    );
}

#[test]
fn invalid_settings_are_refused() {
    let role = |arn: &str| AssumeRole::new(arn, caller());
    for (role, setting) in [
        (role("auditor"), "role_arn"),
        (role(ARN).session_name("x"), "session_name"),
        (role(ARN).session_name("a b"), "session_name"),
        (role(ARN).duration(Duration::from_millis(10)), "duration"),
        (role(ARN).duration(Duration::from_secs(43_201)), "duration"),
        (role(ARN).region("null!"), "region"),
        (role(ARN).region(""), "region"),
        (role(ARN).endpoint("https://x/y"), "endpoint"),
        (
            AssumeRole::new(ARN, Credential::new("id", "a b")),
            "credential",
        ),
    ] {
        let error = Credentials::new(role).check().unwrap_err().to_string();
        assert!(
            error.starts_with("setting `credential`: the role `"),
            "{error}"
        );
        assert!(error.contains(&format!("setting `{setting}`: ")), "{error}");
    }
}
