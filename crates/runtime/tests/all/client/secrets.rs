//! No `Debug` output and no error contains a secret. All secrets of the tests contain `planted`.

use std::{
    error::Error as _,
    sync::{Arc, Mutex},
    time::Duration,
};

use tc3::{
    Client, Credential, Error, Phase,
    signature::{Signer, SigningKey},
    transport::{Bytes, Limits, Sending, Sleeping, Transport, TransportError, http},
};

use super::{
    api::{SECRET_ID, SECRET_KEY, SERVICE, TOKEN, Update, credential},
    server::{Connection, Server, envelope, http_response},
};

fn credential_with_token() -> Credential {
    credential().with_token(TOKEN)
}

#[track_caller]
fn assert_no_secret(text: &str) {
    // An excerpt may end inside a secret, so the first characters are searched too.
    for secret in [&SECRET_ID[..6], &SECRET_KEY[..9], &TOKEN[..9], "planted"] {
        assert!(!text.contains(secret), "{text} contains {secret}");
    }
}

#[track_caller]
fn assert_no_secret_in_error(error: &Error) {
    assert_no_secret(&format!("{error} {error:?} {error:#?}"));
    let mut cause = error.source();
    while let Some(error) = cause {
        assert_no_secret(&format!("{error} {error:?} {error:#?}"));
        cause = error.source();
    }
}

#[test]
fn debug_shows_no_secret() {
    let builder = Client::builder(&SERVICE)
        .credential(credential_with_token())
        .proxy("http://me:planted@localhost:1");
    assert_no_secret(&format!(
        "{:?} {builder:?} {builder:#?}",
        credential_with_token()
    ));
    let client = builder.build().unwrap();
    assert_no_secret(&format!("{client:?} {client:#?}"));
    let signer = Signer::new("member", &[("host", "localhost")]);
    assert_no_secret(&format!(
        "{signer:?} {:?}",
        SigningKey::derive(SECRET_KEY, 0, "member")
    ));
}

#[tokio::test]
async fn error_redacts_secrets_in_responses() {
    let secrets = format!("{SECRET_ID} {SECRET_KEY} {TOKEN}");
    for response in [
        http_response(
            "502 Bad Gateway",
            "",
            &format!("<html>You sent {secrets}</html>"),
        ),
        // The excerpt ends inside a secret.
        http_response("200 OK", "", &format!("{}{secrets}", "x".repeat(150))),
        // The part of the body that is searched for the excerpt ends inside a secret.
        http_response(
            "502 Bad Gateway",
            "",
            &format!("{}{TOKEN} and more", " ".repeat(8 * 1024 - 10)),
        ),
        // The quote in the JSON error ends inside a secret.
        http_response(
            "200 OK",
            "",
            &format!(r#"{{"Response": {}{TOKEN}"#, " ".repeat(20)),
        ),
        http_response("200 OK", "", &format!(r#"{{"{}": 1}}"#, secrets)),
        http_response(
            "307 There",
            &format!("Location: http://x/?t={TOKEN}\r\n"),
            "",
        ),
        http_response("200 OK", &format!("Content-Encoding: {TOKEN}\r\n"), "x"),
        envelope(&format!(r#"{{"Uin":1,"Echo":"{secrets}"}}"#)),
        envelope(&format!(
            r#"{{"Error":{{"Code":"{SECRET_ID}","Message":"{secrets}"}},"RequestId":"{TOKEN}"}}"#
        )),
        http_response(
            "200 OK",
            "",
            &format!(r#"{{"code":1,"codeDesc":"{TOKEN}","message":"{secrets}"}}"#),
        ),
    ] {
        let server = Server::responding(response);
        let client = server
            .client()
            .credential(credential_with_token())
            .build()
            .unwrap();
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert_eq!(error.phase(), Phase::Answered, "{error}");
        assert_no_secret_in_error(&error);
    }
}

#[tokio::test]
async fn connection_error_shows_no_secret() {
    let server = Server::per_request(|_, _| Connection::Close);
    for endpoint in [
        server.endpoint(),
        server.host(),
        "http://127.0.0.1:1".to_owned(),
    ] {
        let client = Client::builder(&SERVICE)
            .credential(credential_with_token())
            .endpoint(endpoint)
            .no_proxy()
            .build()
            .unwrap();
        assert_no_secret_in_error(&client.send(&Update::new("Ada")).await.unwrap_err());
    }
}

/// Transport that records the `Debug` output of a request.
#[derive(Clone, Default)]
struct DebugTransport(Arc<Mutex<String>>);

impl Transport for DebugTransport {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        *self.0.lock().unwrap() = format!("{request:?}");
        Box::pin(async { Err(TransportError::new(Phase::NotConnected, "not connected")) })
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

#[tokio::test]
async fn debug_of_request_shows_no_secret() {
    let transport = DebugTransport::default();
    let client = Client::builder(&SERVICE)
        .credential(credential_with_token())
        .transport(transport.clone())
        .build()
        .unwrap();
    client.send(&Update::new("Ada")).await.unwrap_err();
    let shown = transport.0.lock().unwrap().clone();
    assert!(
        shown.contains("x-tc-token") && shown.contains("authorization"),
        "{shown}"
    );
    assert_no_secret(&shown);
}
