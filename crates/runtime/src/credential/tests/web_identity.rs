use std::{env, fs, path::PathBuf, process};

use super::{
    super::{Credentials, ExpiringCredential, Provider as _, WebIdentity},
    assert_no_secret,
    assume_role::{credential_response, error_response},
    at,
    server::{Server, transport},
};
use crate::Error;

const ARN: &str = "qcs::cam::uin/100000000001:roleName/pod";

/// Writes a temporary file and returns its path.
pub(super) fn write_temp_file(name: &str, text: &str) -> PathBuf {
    let path = env::temp_dir().join(format!("tc3-{}-{name}", process::id()));
    fs::write(&path, text).unwrap();
    path
}

fn identity(server: &Server, token_file: impl Into<PathBuf>) -> WebIdentity {
    WebIdentity::new()
        .region("ap-bangkok")
        .provider_id("cls-1")
        .role_arn(ARN)
        .token_file(token_file)
        .endpoint(server.endpoint())
}

async fn provide(identity: &WebIdentity) -> Result<ExpiringCredential, Error> {
    identity.provide(&transport(), at(0)).await
}

#[tokio::test]
async fn token_is_read_at_every_fetch() {
    let server = Server::new([credential_response()]);
    let path = write_temp_file("renewed", "planted.one\n");
    let identity = identity(&server, &path);
    let fetched = provide(&identity).await.unwrap();
    assert_eq!(fetched.credential.id(), "AKIDplanted-new");
    assert_eq!(fetched.expires, Some(at(7200)));
    fs::write(&path, "planted.two").unwrap();
    provide(&identity).await.unwrap();
    fs::remove_file(&path).unwrap();

    let received = server.received();
    for (name, value) in [
        ("authorization", "SKIP"),
        ("x-tc-action", "AssumeRoleWithWebIdentity"),
        ("x-tc-region", "ap-bangkok"),
    ] {
        assert_eq!(received[0].headers[name], value);
    }
    assert!(!received[0].headers.contains_key("x-tc-token"));
    assert_eq!(
        received[0].body,
        format!(
            r#"{{"RoleSessionName":"tc3","DurationSeconds":7200,"RoleArn":"{ARN}","ProviderId":"cls-1","WebIdentityToken":"planted.one"}}"#
        )
    );
    assert!(received[1].body.contains("planted.two"));
}

#[tokio::test]
async fn token_in_error_message_is_redacted() {
    let server = Server::new([error_response(
        "InvalidParameter.WebIdentityTokenError",
        "the token planted.one is invalid",
    )]);
    let path = write_temp_file("echo", "planted.one");
    let error = provide(&identity(&server, &path)).await.unwrap_err();
    fs::remove_file(&path).unwrap();
    assert!(
        error.to_string().starts_with(
            "AssumeRoleWithWebIdentity: InvalidParameter.WebIdentityTokenError: the token [redacted] is invalid"
        ),
        "{error}"
    );
    assert_no_secret(&error);
}

#[tokio::test]
async fn token_file_without_token_is_a_failure() {
    let server = Server::new([credential_response()]);
    let empty = write_temp_file("empty", " \n");
    for (path, problem) in [
        (&PathBuf::from("/nowhere"), "cannot be read: "),
        (&empty, "is empty"),
    ] {
        let error = provide(&identity(&server, path)).await.unwrap_err();
        let expected = format!("the token file `{}` {problem}", path.display());
        assert!(error.to_string().starts_with(&expected), "{error}");
        assert!(!error.is_absent_credential());
    }
    fs::remove_file(&empty).unwrap();
    assert!(server.received().is_empty());
}

#[test]
fn invalid_settings_are_refused() {
    for (identity, setting) in [
        (WebIdentity::new().role_arn("pod"), "role_arn"),
        (WebIdentity::new().region("a b"), "region"),
        (WebIdentity::new().session_name(""), "session_name"),
    ] {
        let error = Credentials::new(identity).check().unwrap_err().to_string();
        let expected = format!("setting `credential`: web identity: setting `{setting}`: ");
        assert!(error.starts_with(&expected), "{error}");
    }
}
