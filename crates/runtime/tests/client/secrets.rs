//! Secrets are planted, everything is made to talk, and what it says is searched.

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

use crate::{
    api::{Find, SECRET_ID, SECRET_KEY, SERVICE, TOKEN, credential},
    server::{Connection, Server, answer, envelope},
};

fn planted() -> Credential {
    credential().with_token(TOKEN)
}

#[track_caller]
fn search(text: &str) {
    // The excerpts of errors may end within a secret, so its beginning counts as well.
    for secret in [&SECRET_ID[..6], &SECRET_KEY[..9], &TOKEN[..9], "planted"] {
        assert!(!text.contains(secret), "{secret} stands in {text}");
    }
}

#[track_caller]
fn search_error(error: &Error) {
    search(&format!("{error} {error:?} {error:#?}"));
    let mut cause = error.source();
    while let Some(error) = cause {
        search(&format!("{error} {error:?} {error:#?}"));
        cause = error.source();
    }
}

#[test]
fn nothing_that_holds_a_secret_shows_it() {
    let builder = Client::builder(&SERVICE)
        .credential(planted())
        .proxy("http://me:planted@localhost:1");
    search(&format!("{:?} {builder:?} {builder:#?}", planted()));
    let client = builder.build().unwrap();
    search(&format!("{client:?} {client:#?}"));
    let signer = Signer::new("member", &[("host", "localhost")]);
    search(&format!(
        "{signer:?} {:?}",
        SigningKey::derive(SECRET_KEY, 0, "member")
    ));
}

#[tokio::test]
async fn an_error_does_not_repeat_a_secret_that_was_sent_back() {
    let secrets = format!("{SECRET_ID} {SECRET_KEY} {TOKEN}");
    for reply in [
        answer(
            "502 Bad Gateway",
            "",
            &format!("<html>You sent {secrets}</html>"),
        ),
        // The excerpt ends within a secret.
        answer("200 OK", "", &format!("{}{secrets}", "x".repeat(150))),
        // What is looked at for the excerpt ends within a secret.
        answer(
            "502 Bad Gateway",
            "",
            &format!("{}{TOKEN} and more", " ".repeat(8 * 1024 - 10)),
        ),
        // What the reader of JSON quotes ends within a secret.
        answer(
            "200 OK",
            "",
            &format!(r#"{{"Response": {}{TOKEN}"#, " ".repeat(20)),
        ),
        answer("200 OK", "", &format!(r#"{{"{}": 1}}"#, secrets)),
        answer(
            "307 There",
            &format!("Location: http://x/?t={TOKEN}\r\n"),
            "",
        ),
        answer("200 OK", &format!("Content-Encoding: {TOKEN}\r\n"), "x"),
        envelope(&format!(r#"{{"Uin":1,"Echo":"{secrets}"}}"#)),
        envelope(&format!(
            r#"{{"Error":{{"Code":"{SECRET_ID}","Message":"{secrets}"}},"RequestId":"{TOKEN}"}}"#
        )),
        answer(
            "200 OK",
            "",
            &format!(r#"{{"code":1,"codeDesc":"{TOKEN}","message":"{secrets}"}}"#),
        ),
    ] {
        let server = Server::answering(reply);
        let client = Client::builder(&SERVICE)
            .credential(planted())
            .endpoint(server.endpoint())
            .no_proxy()
            .build()
            .unwrap();
        let error = client.send(&Find::new("Ada")).await.unwrap_err();
        assert_eq!(error.phase(), Phase::Answered, "{error}");
        search_error(&error);
    }
}

#[tokio::test]
async fn a_connection_that_breaks_shows_no_secret() {
    let server = Server::requests(|_, _| Connection::Close);
    for endpoint in [
        server.endpoint(),
        server.host(),
        "http://127.0.0.1:1".to_owned(),
    ] {
        let client = Client::builder(&SERVICE)
            .credential(planted())
            .endpoint(endpoint)
            .no_proxy()
            .build()
            .unwrap();
        search_error(&client.send(&Find::new("Ada")).await.unwrap_err());
    }
}

/// Notes how the requests that it is given show themselves.
#[derive(Clone, Default)]
struct Curious(Arc<Mutex<String>>);

impl Transport for Curious {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        *self.0.lock().unwrap() = format!("{request:?}");
        Box::pin(async { Err(TransportError::new(Phase::NotConnected, "curious")) })
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

#[tokio::test]
async fn a_request_that_is_logged_shows_no_secret() {
    let transport = Curious::default();
    let client = Client::builder(&SERVICE)
        .credential(planted())
        .transport(transport.clone())
        .build()
        .unwrap();
    client.send(&Find::new("Ada")).await.unwrap_err();
    let shown = transport.0.lock().unwrap().clone();
    assert!(
        shown.contains("x-tc-token") && shown.contains("authorization"),
        "{shown}"
    );
    search(&shown);
}
