use std::{
    error::Error as _,
    io::{Read as _, Write as _},
    net::Shutdown,
    sync::mpsc,
    thread,
    time::Duration,
};

use tc3::{Client, ClientBuilder, Error, ErrorKind, Phase, Retry};

use super::{
    api::{Get, MEMBER, SERVICE, Update, credential},
    server::{Connection, Server, envelope, http_response, refusing_address},
};

/// Timeout that is long enough for a call on loopback, and short enough for a test.
const SHORT: Duration = Duration::from_millis(300);

/// Returns the builder of a client that does not retry.
fn builder(endpoint: impl Into<String>) -> ClientBuilder {
    Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(endpoint)
        .retry(Retry::never())
        .no_proxy()
}

async fn failure(client: &Client) -> Error {
    client.send(&Update::new("Ada")).await.unwrap_err()
}

/// Returns the texts of an error and its sources.
fn error_chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

/// Returns the error of a call that gets this response, after checking that the client still works.
async fn error_of(response: String) -> Error {
    let responses = vec![envelope(MEMBER), response];
    let server = Server::responding_with(
        |responses: &mut Vec<String>| responses.pop().expect("two requests"),
        responses,
    );
    let client = builder(server.endpoint()).build().unwrap();
    let error = failure(&client).await;
    assert_eq!(client.send(&Update::new("Ada")).await.unwrap().uin, Some(7));
    assert_eq!(server.received().len(), 2);
    error
}

#[track_caller]
fn check_response_error(error: &Error, status: u16, text: &str) {
    assert_eq!(error.to_string(), text);
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!(error.http_status(), Some(status));
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn web_page_with_status_502() {
    let page = "<html>\n<head><title>502 Bad Gateway</title></head>\n</html>";
    let error = error_of(http_response(
        "502 Bad Gateway",
        "Content-Type: text/html\r\n",
        page,
    ))
    .await;
    check_response_error(
        &error,
        502,
        "UpdateMember: response does not come from the service: \
         `<html> <head><title>502 Bad Gateway</title></head> </html>` (HTTP 502)",
    );
}

#[tokio::test]
async fn web_page_with_status_200() {
    let page = format!("<html>{}", "log in first ".repeat(100));
    let error = error_of(http_response("200 OK", "", &page)).await;
    let text = error.to_string();
    assert!(
        text.starts_with("UpdateMember: response cannot be read: `<html>log in first log"),
        "{text}"
    );
    assert!(text.ends_with("…` (HTTP 200)"), "{text}");
    assert!(text.len() < 300, "the excerpt is short: {text}");
    assert!(
        error_chain(&error).contains("line 1 column 1"),
        "{}",
        error_chain(&error)
    );
}

#[tokio::test]
async fn empty_body() {
    let text = |status| format!("UpdateMember: response is empty (HTTP {status})");
    check_response_error(
        &error_of(http_response("200 OK", "", "")).await,
        200,
        &text(200),
    );
    check_response_error(
        &error_of(http_response("500 Oops", "", "")).await,
        500,
        &text(500),
    );
}

#[tokio::test]
async fn json_without_envelope() {
    check_response_error(
        &error_of(http_response("200 OK", "", r#"{"ok": true}"#)).await,
        200,
        r#"UpdateMember: response cannot be read: `{"ok": true}` (HTTP 200)"#,
    );
    check_response_error(
        &error_of(http_response(
            "200 OK",
            "",
            r#"{"code":0,"message":"fine"}"#,
        ))
        .await,
        200,
        r#"UpdateMember: response cannot be read: `{"code":0,"message":"fine"}` (HTTP 200)"#,
    );
}

#[tokio::test]
async fn response_without_request_id() {
    check_response_error(
        &error_of(envelope(r#"{"Uin":7}"#)).await,
        200,
        r#"UpdateMember: response has no `RequestId`: `{"Response":{"Uin":7}}` (HTTP 200)"#,
    );
}

#[tokio::test]
async fn response_with_status_500() {
    check_response_error(
        &error_of(http_response(
            "500 Oops",
            "",
            r#"{"Response":{"RequestId":"id-4"}}"#,
        ))
        .await,
        500,
        "UpdateMember: response has an HTTP error status but no `Error` (request id id-4, HTTP 500)",
    );
}

#[tokio::test]
async fn encoded_body() {
    check_response_error(
        &error_of(http_response(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            "\u{1f}\u{8b}",
        ))
        .await,
        200,
        "UpdateMember: response is encoded as `gzip`, which was not requested (HTTP 200)",
    );
}

#[tokio::test]
async fn control_characters_are_escaped() {
    check_response_error(
        &error_of(http_response("200 OK", "", "\u{0}\n\u{1b}[2J")).await,
        200,
        r"UpdateMember: response cannot be read: `\0 \u{1b}[2J` (HTTP 200)",
    );
}

#[tokio::test]
async fn redirect_is_not_followed() {
    let target = Server::responding(envelope(MEMBER));
    let location = format!("Location: {}/\r\n", target.endpoint());
    for status in [
        "301 Moved",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let error = error_of(http_response(status, &location, "")).await;
        let text = format!(
            "UpdateMember: response redirects to `{}/`, which is not followed (HTTP {})",
            target.endpoint(),
            &status[..3]
        );
        check_response_error(&error, status[..3].parse().unwrap(), &text);
    }
    assert_eq!(target.connections(), 0);
}

#[tokio::test]
async fn truncated_response() {
    let whole = envelope(r#"{"Uin":7,"Name":"é","RequestId":"id-1"}"#);
    let inside_a_character = whole.find('é').unwrap() + 1;
    for length in [inside_a_character, whole.len() - 1] {
        let part = whole.as_bytes()[..length].to_vec();
        let server = Server::per_request(move |_, stream| {
            stream.write_all(&part).unwrap();
            Connection::Close
        });
        let error = failure(&builder(server.endpoint()).build().unwrap()).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.phase(), Phase::Answered);
        assert_eq!(
            error.to_string(),
            format!(
                "UpdateMember: the response could not be read completely ({}): end of file before message length reached (HTTP 200)",
                server.host()
            )
        );
        assert!(error.source().is_some());
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn endless_response() {
    let server = Server::per_request(|_, stream| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
        let mut sent = stream.write_all(head);
        while sent.is_ok() {
            sent = stream.write_all(chunk.as_bytes());
        }
        Connection::Close
    });
    let client = builder(server.endpoint())
        .response_limit(100_000)
        .build()
        .unwrap();
    let error = failure(&client).await;
    assert_eq!(error.phase(), Phase::Answered);
    assert!(
        error_chain(&error).ends_with("the response is larger than 100000 bytes"),
        "{}",
        error_chain(&error)
    );
}

#[tokio::test]
async fn announced_length_is_too_large() {
    let server = Server::per_request(|_, stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n";
        stream.write_all(head).unwrap();
        let _ = stream.read(&mut [0]);
        Connection::Close
    });
    let client = builder(server.endpoint())
        .response_limit(100_000)
        .build()
        .unwrap();
    let error = failure(&client).await;
    assert!(!error.is_timeout());
    assert!(
        error_chain(&error).ends_with("the response is larger than 100000 bytes"),
        "{}",
        error_chain(&error)
    );
}

#[tokio::test]
async fn response_of_maximum_size() {
    let body = r#"{"Response":{"RequestId":"id"}}"#;
    let server = Server::responding(http_response("200 OK", "", body));
    let client = |limit| {
        builder(server.endpoint())
            .response_limit(limit)
            .build()
            .unwrap()
    };
    client(body.len()).send(&Update::new("Ada")).await.unwrap();
    // Not retried even for a read, because the response would be as large again.
    let client = client(body.len() - 1);
    let call = client.send(&Get::new("Ada")).retry(Retry::new());
    let error = call.await.map(drop).unwrap_err();
    assert!(
        error_chain(&error).ends_with("the response is larger than 30 bytes"),
        "{}",
        error_chain(&error)
    );
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn connection_refused() {
    let (_socket, address) = refusing_address();
    let error = failure(&builder(format!("http://{address}")).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::NotConnected);
    assert!(error.is_connect() && !error.is_timeout());
    let text = error.to_string();
    let expected = format!("UpdateMember: connecting failed ({address}): Connection refused");
    assert!(text.starts_with(&expected), "{text}");
}

#[tokio::test]
async fn connection_closed_immediately() {
    let server = Server::per_connection(drop);
    let error = failure(&builder(server.endpoint()).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.phase() <= Phase::SentWhole);
    assert!(!error.is_timeout());
}

#[tokio::test]
async fn connection_closed_during_request() {
    let server = Server::per_connection(|mut stream| {
        stream.read_exact(&mut [0; 64]).unwrap();
    });
    let client = builder(server.endpoint()).build().unwrap();
    let request = Update::new("x".repeat(9 << 20));
    let error = client.send(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentInPart);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn connection_closed_before_response() {
    let server = Server::per_request(|_, _| Connection::Close);
    let error = failure(&builder(server.endpoint()).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentWhole);
    assert_eq!(
        error.to_string(),
        format!(
            "UpdateMember: the connection failed before the response ({}): connection closed before message completed",
            server.host()
        )
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn closed_idle_connection_is_replaced() {
    // The server closes the connection after each response, without the header `Connection: close`.
    let (sender, closed) = mpsc::channel();
    let server = Server::per_request(move |_, stream| {
        stream.write_all(envelope(MEMBER).as_bytes()).unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
        sender.send(()).unwrap();
        Connection::Close
    });
    let client = builder(server.endpoint()).build().unwrap();
    for _ in 0..3 {
        client.send(&Update::new("Ada")).await.unwrap();
        closed.recv().unwrap();
        // Gives the task of the connection time to notice that it is closed.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn no_response() {
    let server = Server::per_request(|_, stream| {
        let _ = stream.read(&mut [0]);
        Connection::Close
    });
    let client = builder(server.endpoint()).timeout(SHORT).build().unwrap();
    let error = failure(&client).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentWhole);
    assert!(error.is_timeout());
    // The transport's timeout is what is left of the call's.
    let expect = format!(
        "UpdateMember: waiting for the response timed out ({}): the timeout is ",
        server.host()
    );
    let message = error.to_string();
    let rest = message
        .strip_prefix(&expect)
        .and_then(|rest| rest.strip_suffix("ms"));
    let millis: f64 = rest.and_then(|rest| rest.parse().ok()).expect(&message);
    assert!(millis > 0.0 && millis <= 300.0, "{message}");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn sending_times_out() {
    let server = Server::per_connection(|_stream| thread::sleep(Duration::from_secs(60)));
    // The timeout must also cover the time to serialize and sign the large body.
    let time = Duration::from_secs(3);
    let client = builder(server.endpoint()).timeout(time).build().unwrap();
    let request = Update::new("x".repeat(9 << 20));
    let error = client.send(&request).await.unwrap_err();
    assert_eq!(error.phase(), Phase::SentInPart);
    assert!(error.is_timeout());
}

#[tokio::test]
async fn slow_response_times_out() {
    let slow_server = |head: &'static str| {
        Server::per_request(move |_, stream| {
            let mut sent = stream.write_all(head.as_bytes());
            while sent.is_ok() {
                thread::sleep(Duration::from_millis(10));
                sent = stream.write_all(b"x");
            }
            Connection::Close
        })
    };
    for (head, phase, status) in [
        ("HTTP/1.1 200 OK\r\nX-Slow: ", Phase::SentWhole, None),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n",
            Phase::Answered,
            Some(200),
        ),
    ] {
        let server = slow_server(head);
        let client = builder(server.endpoint()).timeout(SHORT).build().unwrap();
        let error = failure(&client).await;
        assert!(error.is_timeout());
        assert_eq!(error.phase(), phase);
        assert_eq!(error.http_status(), status);
    }
}

#[tokio::test]
async fn tls_handshake_times_out() {
    let server = Server::per_connection(|mut stream| {
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let client = builder(format!("https://{}", server.host()))
        .connect_timeout(SHORT)
        .build()
        .unwrap();
    let error = failure(&client).await;
    assert_eq!(error.phase(), Phase::NotConnected);
    assert!(error.is_timeout() && error.is_connect());
    assert_eq!(
        error.to_string(),
        format!(
            "UpdateMember: connecting timed out ({}): the connect timeout is 300ms",
            server.host()
        )
    );
}

#[tokio::test]
async fn server_without_tls() {
    let server = Server::per_request(|_, _| Connection::Close);
    // An endpoint without a scheme uses https.
    let client = builder(server.host()).build().unwrap();
    let error = failure(&client).await;
    assert_eq!(error.phase(), Phase::NotConnected);
    assert!(error.is_connect());
    assert!(
        server
            .received()
            .iter()
            .all(|request| request.header("authorization").is_err())
    );
}

#[test]
fn call_outside_a_runtime_fails() {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let call = std::pin::pin!(async { failure(&client).await });
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(error) = call.poll(&mut context) else {
        panic!("the call is pending");
    };
    assert!(
        error_chain(&error).contains("tokio runtime"),
        "{}",
        error_chain(&error)
    );
}
