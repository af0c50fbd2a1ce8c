use std::{
    error::Error as _,
    io::{Read as _, Write as _},
    net::{Shutdown, TcpListener},
    sync::mpsc,
    thread,
    time::Duration,
};

use tc3::{Client, ClientBuilder, Error, ErrorKind, Phase, Retry};

use crate::{
    api::{Find, Look, SERVICE, credential},
    server::{Connection, Server, answer, envelope},
};

const FOUND: &str = r#"{"Uin":7,"RequestId":"id-1"}"#;

/// Long enough for a call on loopback, short enough to wait for.
const SHORT: Duration = Duration::from_millis(300);

/// Clients whose failures are seen as they are: no call is made again.
fn builder(endpoint: impl Into<String>) -> ClientBuilder {
    Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(endpoint)
        .retry(Retry::never())
        .no_proxy()
}

async fn failure(client: &Client) -> Error {
    client.send(&Find::new("Ada")).await.unwrap_err()
}

/// The texts of an error and of what stands behind it.
fn chain(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text += &format!(": {error}");
        cause = error.source();
    }
    text
}

/// Answers once with `reply` and then as it should. Gives the error, once the client has shown that it still works.
async fn fault(reply: String) -> Error {
    let replies = vec![envelope(FOUND), reply];
    let server = Server::with(
        |replies: &mut Vec<String>| {
            let reply = replies.pop();
            reply.expect("no call is made again, and the client makes one more")
        },
        replies,
    );
    let client = builder(server.endpoint()).build().unwrap();
    let error = failure(&client).await;
    assert_eq!(client.send(&Find::new("Ada")).await.unwrap().uin, Some(7));
    assert_eq!(server.received().len(), 2);
    error
}

#[track_caller]
fn check_answer(error: &Error, status: u16, text: &str) {
    assert_eq!(error.to_string(), text);
    assert_eq!(error.kind(), ErrorKind::Response);
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!(error.http_status(), Some(status));
    assert_eq!(error.code(), None);
}

#[tokio::test]
async fn a_web_page_behind_a_502() {
    let page = "<html>\n<head><title>502 Bad Gateway</title></head>\n</html>";
    let error = fault(answer(
        "502 Bad Gateway",
        "Content-Type: text/html\r\n",
        page,
    ))
    .await;
    check_answer(
        &error,
        502,
        "FindMember: response does not come from the service: \
         `<html> <head><title>502 Bad Gateway</title></head> </html>` (HTTP 502)",
    );
}

#[tokio::test]
async fn a_web_page_behind_a_200() {
    let page = format!("<html>{}", "log in first ".repeat(100));
    let error = fault(answer("200 OK", "", &page)).await;
    let text = error.to_string();
    assert!(
        text.starts_with("FindMember: response cannot be read: `<html>log in first log"),
        "{text}"
    );
    assert!(text.ends_with("…` (HTTP 200)"), "{text}");
    assert!(text.len() < 300, "a short excerpt is enough: {text}");
    assert!(
        chain(&error).contains("line 1 column 1"),
        "{}",
        chain(&error)
    );
}

#[tokio::test]
async fn an_empty_body() {
    let text = |status| format!("FindMember: response is empty (HTTP {status})");
    check_answer(&fault(answer("200 OK", "", "")).await, 200, &text(200));
    check_answer(&fault(answer("500 Oops", "", "")).await, 500, &text(500));
}

#[tokio::test]
async fn json_that_is_no_envelope() {
    check_answer(
        &fault(answer("200 OK", "", r#"{"ok": true}"#)).await,
        200,
        r#"FindMember: response cannot be read: `{"ok": true}` (HTTP 200)"#,
    );
    check_answer(
        &fault(answer("200 OK", "", r#"{"code":0,"message":"fine"}"#)).await,
        200,
        r#"FindMember: response cannot be read: `{"code":0,"message":"fine"}` (HTTP 200)"#,
    );
}

#[tokio::test]
async fn a_response_without_request_id() {
    check_answer(
        &fault(envelope(r#"{"Uin":7}"#)).await,
        200,
        r#"FindMember: response has no `RequestId`: `{"Response":{"Uin":7}}` (HTTP 200)"#,
    );
}

#[tokio::test]
async fn a_response_behind_another_status() {
    check_answer(
        &fault(answer(
            "500 Oops",
            "",
            r#"{"Response":{"RequestId":"id-4"}}"#,
        ))
        .await,
        500,
        "FindMember: response has no error but its HTTP status is one (request id id-4, HTTP 500)",
    );
}

#[tokio::test]
async fn an_encoded_body() {
    check_answer(
        &fault(answer(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            "\u{1f}\u{8b}",
        ))
        .await,
        200,
        "FindMember: response is encoded as `gzip`, which was not requested (HTTP 200)",
    );
}

#[tokio::test]
async fn a_body_of_control_characters_stays_on_one_line() {
    check_answer(
        &fault(answer("200 OK", "", "\u{0}\n\u{1b}[2J")).await,
        200,
        r"FindMember: response cannot be read: `\0 \u{1b}[2J` (HTTP 200)",
    );
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::answering(envelope(FOUND));
    let location = format!("Location: {}/\r\n", elsewhere.endpoint());
    for status in [
        "301 Moved",
        "307 Temporary Redirect",
        "308 Permanent Redirect",
    ] {
        let error = fault(answer(status, &location, "")).await;
        let text = format!(
            "FindMember: response redirects to `{}/`, which is not followed (HTTP {})",
            elsewhere.endpoint(),
            &status[..3]
        );
        check_answer(&error, status[..3].parse().unwrap(), &text);
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn an_answer_that_is_cut_off() {
    let whole = envelope(r#"{"Uin":7,"Name":"é","RequestId":"id-1"}"#);
    let in_the_middle_of_a_character = whole.find('é').unwrap() + 1;
    for length in [in_the_middle_of_a_character, whole.len() - 1] {
        let part = whole.as_bytes()[..length].to_vec();
        let server = Server::requests(move |_, stream| {
            stream.write_all(&part).unwrap();
            Connection::Close
        });
        let error = failure(&builder(server.endpoint()).build().unwrap()).await;
        assert_eq!(error.kind(), ErrorKind::Transport);
        assert_eq!(error.phase(), Phase::Answered);
        assert_eq!(
            error.to_string(),
            format!(
                "FindMember: the response could not be read completely ({}): end of file before message length reached (HTTP 200)",
                server.host()
            )
        );
        assert!(error.source().is_some());
        assert_eq!(server.received().len(), 1);
    }
}

#[tokio::test]
async fn an_endless_answer() {
    let server = Server::requests(|_, stream| {
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
        chain(&error).ends_with("the response is larger than 100000 bytes"),
        "{}",
        chain(&error)
    );
}

#[tokio::test]
async fn an_answer_that_announces_too_much_is_not_waited_for() {
    let server = Server::requests(|_, stream| {
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
        chain(&error).ends_with("the response is larger than 100000 bytes"),
        "{}",
        chain(&error)
    );
}

#[tokio::test]
async fn an_answer_of_the_largest_size() {
    let body = r#"{"Response":{"RequestId":"id"}}"#;
    let server = Server::answering(answer("200 OK", "", body));
    let client = |limit| {
        builder(server.endpoint())
            .response_limit(limit)
            .build()
            .unwrap()
    };
    client(body.len()).send(&Find::new("Ada")).await.unwrap();
    // It would be as large the next time, so that even what only reads is not asked for again.
    let client = client(body.len() - 1);
    let look = client.send(&Look::new("Ada")).retry(Retry::new());
    let error = look.await.map(drop).unwrap_err();
    assert!(
        chain(&error).ends_with("the response is larger than 30 bytes"),
        "{}",
        chain(&error)
    );
    assert_eq!(server.received().len(), 2);
}

#[tokio::test]
async fn nobody_listens() {
    let address = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let error = failure(&builder(format!("http://{address}")).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::NotConnected);
    assert!(error.is_connect() && !error.is_timeout());
    let text = error.to_string();
    let expected = format!("FindMember: connecting failed ({address}): Connection refused");
    assert!(text.starts_with(&expected), "{text}");
}

#[tokio::test]
async fn the_connection_is_closed_at_once() {
    let server = Server::raw(drop);
    let error = failure(&builder(server.endpoint()).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(error.phase() <= Phase::SentWhole);
    assert!(!error.is_timeout());
}

#[tokio::test]
async fn the_connection_is_closed_while_the_request_comes_in() {
    let server = Server::raw(|mut stream| {
        stream.read_exact(&mut [0; 64]).unwrap();
    });
    let client = builder(server.endpoint()).build().unwrap();
    let request = Find::new("x".repeat(9 << 20));
    let error = client.send(&request).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentInPart);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn the_connection_is_closed_instead_of_an_answer() {
    let server = Server::requests(|_, _| Connection::Close);
    let error = failure(&builder(server.endpoint()).build().unwrap()).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentWhole);
    assert_eq!(
        error.to_string(),
        format!(
            "FindMember: the connection failed before the response ({}): connection closed before message completed",
            server.host()
        )
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn a_kept_connection_that_was_closed_meanwhile_is_replaced() {
    // The server closes after each answer without a word of it in the answer.
    let (sender, closed) = mpsc::channel();
    let server = Server::requests(move |_, stream| {
        stream.write_all(envelope(FOUND).as_bytes()).unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
        sender.send(()).unwrap();
        Connection::Close
    });
    let client = builder(server.endpoint()).build().unwrap();
    for _ in 0..3 {
        client.send(&Find::new("Ada")).await.unwrap();
        closed.recv().unwrap();
        // The connection's task has its turn, and sees that it is of no more use.
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(server.received().len(), 3);
}

#[tokio::test]
async fn no_answer_comes() {
    let server = Server::requests(|_, stream| {
        let _ = stream.read(&mut [0]);
        Connection::Close
    });
    let client = builder(server.endpoint()).timeout(SHORT).build().unwrap();
    let error = failure(&client).await;
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.phase(), Phase::SentWhole);
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        format!(
            "FindMember: waiting for the response timed out ({}): the timeout is 300ms",
            server.host()
        )
    );
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn the_request_is_not_taken() {
    let server = Server::raw(|_stream| thread::sleep(Duration::from_secs(60)));
    // To write and sign so much takes its time as well.
    let time = Duration::from_secs(3);
    let client = builder(server.endpoint()).timeout(time).build().unwrap();
    let request = Find::new("x".repeat(9 << 20));
    let error = client.send(&request).await.unwrap_err();
    assert_eq!(error.phase(), Phase::SentInPart);
    assert!(error.is_timeout());
}

#[tokio::test]
async fn an_answer_drips() {
    let drip = |head: &'static str| {
        Server::requests(move |_, stream| {
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
        let server = drip(head);
        let client = builder(server.endpoint()).timeout(SHORT).build().unwrap();
        let error = failure(&client).await;
        assert!(error.is_timeout());
        assert_eq!(error.phase(), phase);
        assert_eq!(error.http_status(), status);
    }
}

#[tokio::test]
async fn a_tls_handshake_is_not_answered() {
    let server = Server::raw(|mut stream| {
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
            "FindMember: connecting timed out ({}): the connect timeout is 300ms",
            server.host()
        )
    );
}

#[tokio::test]
async fn a_server_does_not_speak_tls() {
    let server = Server::requests(|_, _| Connection::Close);
    // Without a scheme an endpoint is called over https.
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
fn a_call_outside_of_a_runtime_is_an_error() {
    let client = builder("http://127.0.0.1:1").build().unwrap();
    let call = std::pin::pin!(async { failure(&client).await });
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(error) = call.poll(&mut context) else {
        panic!("there is nothing to wait for");
    };
    assert!(chain(&error).contains("tokio runtime"), "{}", chain(&error));
}
