//! Tests that every transport passes. For each failure they check the phase, the number of requests that the server
//! received, and that the transport still works afterwards.

use std::{
    io::Read as _,
    thread,
    time::{Duration, Instant},
};

use tokio::net::TcpSocket;

use super::{
    server::{Connection, Server, respond_ok},
    *,
};

macro_rules! conformance_tests {
    ($($test:ident),* $(,)?) => {
        #[cfg(feature = "hyper")]
        mod hyper {
            $(#[test]
            fn $test() {
                super::$test(&Hyper::new(no_proxy_options().check().unwrap()).unwrap());
            })*

            use super::*;
        }

        #[cfg(feature = "blocking")]
        mod blocking {
            $(#[test]
            fn $test() {
                super::$test(&Blocking::new(no_proxy_options().check().unwrap()).unwrap());
            })*

            use super::*;
        }

        #[cfg(feature = "reqwest")]
        mod reqwest {
            $(#[test]
            fn $test() {
                let builder = ::reqwest::Client::builder().no_proxy();
                super::$test(&Reqwest::new(builder).unwrap());
            })*

            use super::*;
        }
    };
}

conformance_tests![
    request_is_sent_unchanged,
    large_request_is_sent_completely,
    connections_are_reused,
    connection_is_refused,
    connection_is_closed_immediately,
    connection_is_closed_during_request,
    connection_is_closed_before_response,
    reused_connection_is_closed_before_response,
    response_times_out,
    response_body_times_out,
    response_is_truncated,
    slow_response_times_out,
    endless_response_is_too_large,
    announced_length_is_too_large,
    error_page_is_returned,
    redirect_is_not_followed,
    gzip_body_is_not_decoded,
    sending_times_out,
    sleep_lasts_long_enough,
];

/// Sends a request that `serve` handles, then checks that another request to the same server succeeds. Returns the
/// first result.
#[track_caller]
fn send_to_faulty(
    transport: &dyn Transport,
    limits: Limits,
    serve: impl Fn(&mut dyn server::Stream) -> Connection + Send + Sync + 'static,
) -> Result<http::Response<Bytes>, TransportError> {
    let server = Server::first_request(serve);
    let result = send(transport, post(&server.url(), BODY), limits);
    assert_eq!(server.requests().len(), 1);
    assert_works(transport, &server.url());
    assert_eq!(server.requests().len(), 2);
    assert!(server.requests().iter().all(|request| request.body == BODY));
    result
}

#[track_caller]
fn check(failure: &TransportError, phase: Phase, timeout: bool) {
    let text = error_chain(failure);
    assert_eq!(failure.phase, phase, "{text}");
    assert_eq!(failure.timeout, timeout, "{text}");
    assert!(!failure.permanent, "{text}");
    let status = (phase == Phase::Answered).then_some(200);
    assert_eq!(failure.http_status, status, "{text}");
}

fn request_is_sent_unchanged(transport: &dyn Transport) {
    let server = Server::ok();
    let mut request = post(&server.url(), BODY);
    let headers = request.headers_mut();
    headers.insert("user-agent", "tc3/0 (Rust)".parse().unwrap());
    headers.insert("x-tc-action", "Find".parse().unwrap());
    send(transport, request, LIMITS).unwrap();
    let [request] = &server.requests()[..] else {
        panic!("expected one request");
    };
    let head = request.head.to_lowercase();
    assert!(head.starts_with("post / http/1.1\r\n"), "{head}");
    for header in [
        format!("host: {}", server.address),
        "content-type: application/json".to_owned(),
        "user-agent: tc3/0 (rust)".to_owned(),
        "x-tc-action: find".to_owned(),
    ] {
        assert_eq!(head.matches(&format!("\r\n{header}\r\n")).count(), 1);
    }
    for header in ["accept-encoding", "transfer-encoding", "expect"] {
        assert!(!head.contains(&format!("\r\n{header}:")), "{head}");
    }
    assert_eq!(request.body, BODY);
}

fn large_request_is_sent_completely(transport: &dyn Transport) {
    let server = Server::ok();
    let body: Vec<u8> = (0..3 << 20).map(|byte| byte as u8).collect();
    send(transport, post(&server.url(), body.clone()), LIMITS).unwrap();
    assert!(server.requests()[0].body == body);
}

fn connections_are_reused(transport: &dyn Transport) {
    let server = Server::ok();
    for _ in 0..20 {
        assert_works(transport, &server.url());
    }
    assert_eq!(server.requests().len(), 20);
    // A connection may return to the pool too late for the next request.
    assert!(server.connections() < 10);
}

fn connection_is_refused(transport: &dyn Transport) {
    // It does not listen, but keeps other tests from getting the port.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    let url = format!("http://{address}/");
    let failure = send(transport, post(&url, BODY), LIMITS).unwrap_err();
    check(&failure, Phase::NotConnected, false);
}

fn connection_is_closed_immediately(transport: &dyn Transport) {
    let server = Server::per_connection(drop);
    let failure = send(transport, post(&server.url(), BODY), LIMITS).unwrap_err();
    // It depends on timing whether the request is sent before the end is noticed.
    check(&failure, failure.phase.min(Phase::SentWhole), false);
    assert_eq!(server.connections(), 1);
}

fn connection_is_closed_during_request(transport: &dyn Transport) {
    let server = Server::per_connection(|mut stream| {
        stream.read_exact(&mut [0; 64]).unwrap();
    });
    let body = vec![b' '; 9 << 20];
    let failure = send(transport, post(&server.url(), body), LIMITS).unwrap_err();
    check(&failure, Phase::SentInPart, false);
    assert_eq!(server.connections(), 1);
}

fn connection_is_closed_before_response(transport: &dyn Transport) {
    let result = send_to_faulty(transport, LIMITS, |_| Connection::Close);
    check(&result.unwrap_err(), Phase::SentWhole, false);
}

fn reused_connection_is_closed_before_response(transport: &dyn Transport) {
    let server = Server::per_request(
        |stream| stream,
        |number, stream| match number {
            2 => Connection::Close,
            _ => respond_ok(stream),
        },
    );
    assert_works(transport, &server.url());
    let failure = send(transport, post(&server.url(), BODY), LIMITS).unwrap_err();
    check(&failure, Phase::SentWhole, false);
    assert_eq!(server.requests().len(), 2);
    assert_works(transport, &server.url());
}

fn response_times_out(transport: &dyn Transport) {
    let no_response = |stream: &mut dyn server::Stream| {
        let _ = stream.read(&mut [0]);
        Connection::Close
    };
    for limits in [
        Limits {
            read_timeout: SHORT,
            ..LIMITS
        },
        Limits {
            timeout: SHORT,
            ..LIMITS
        },
    ] {
        let failure = send_to_faulty(transport, limits, no_response).unwrap_err();
        check(&failure, Phase::SentWhole, true);
    }
}

fn response_body_times_out(transport: &dyn Transport) {
    let limits = Limits {
        read_timeout: SHORT,
        ..LIMITS
    };
    let result = send_to_faulty(transport, limits, |stream| {
        let part = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfo";
        stream.write_all(part).unwrap();
        let _ = stream.read(&mut [0]);
        Connection::Close
    });
    check(&result.unwrap_err(), Phase::Answered, true);
}

fn response_is_truncated(transport: &dyn Transport) {
    for part in ["{\"Name\":\"", "{\"Name\":\"\u{e9}"] {
        let result = send_to_faulty(transport, LIMITS, move |stream| {
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n";
            let response = format!("{head}{part}");
            // The second one ends inside a character.
            let end = response.len() - 1;
            stream.write_all(&response.as_bytes()[..end]).unwrap();
            Connection::Close
        });
        check(&result.unwrap_err(), Phase::Answered, false);
    }
    let result = send_to_faulty(transport, LIMITS, |stream| {
        let part = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf";
        stream.write_all(part).unwrap();
        Connection::Close
    });
    check(&result.unwrap_err(), Phase::Answered, false);
}

fn slow_response_times_out(transport: &dyn Transport) {
    let limits = Limits {
        timeout: SHORT,
        ..LIMITS
    };
    for (head, phase) in [
        ("HTTP/1.1 200 OK\r\nX-Slow: ", Phase::SentWhole),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n",
            Phase::Answered,
        ),
    ] {
        let result = send_to_faulty(transport, limits, move |stream| {
            let mut sent = stream.write_all(head.as_bytes());
            while sent.is_ok() {
                thread::sleep(Duration::from_millis(10));
                sent = stream.write_all(b"x");
            }
            Connection::Close
        });
        check(&result.unwrap_err(), phase, true);
    }
}

fn endless_response_is_too_large(transport: &dyn Transport) {
    let result = send_to_faulty(transport, LIMITS, |stream| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
        let mut sent = stream.write_all(head);
        while sent.is_ok() {
            sent = stream.write_all(chunk.as_bytes());
        }
        Connection::Close
    });
    check_too_large(&result.unwrap_err());
}

fn announced_length_is_too_large(transport: &dyn Transport) {
    let result = send_to_faulty(transport, LIMITS, |stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n";
        stream.write_all(head).unwrap();
        let _ = stream.read(&mut [0]);
        Connection::Close
    });
    check_too_large(&result.unwrap_err());
}

#[track_caller]
fn check_too_large(failure: &TransportError) {
    let text = error_chain(failure);
    assert_eq!(failure.phase, Phase::Answered, "{text}");
    // A retry would get the same response.
    assert!(failure.permanent && !failure.timeout, "{text}");
    assert!(
        text.contains("the response is larger than 100000 bytes"),
        "{text}"
    );
}

fn error_page_is_returned(transport: &dyn Transport) {
    let result = send_to_faulty(transport, LIMITS, |stream| {
        let page = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>";
        stream.write_all(page.as_bytes()).unwrap();
        Connection::KeepAlive
    });
    let response = result.unwrap();
    assert_eq!(response.status(), 502);
    assert_eq!(response.body(), "<html>");
}

fn redirect_is_not_followed(transport: &dyn Transport) {
    let target = Server::ok();
    let location = target.url();
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let response =
            format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 4\r\n\r\nbody");
        let result = send_to_faulty(transport, LIMITS, move |stream| {
            stream.write_all(response.as_bytes()).unwrap();
            Connection::KeepAlive
        });
        let response = result.unwrap();
        assert_eq!(response.status().as_str(), &status[..3]);
        assert_eq!(response.headers()["location"], location);
        assert_eq!(response.body(), "body");
    }
    assert_eq!(target.connections(), 0);
}

fn gzip_body_is_not_decoded(transport: &dyn Transport) {
    let result = send_to_faulty(transport, LIMITS, |stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n";
        stream.write_all(head).unwrap();
        stream.write_all(b"\x1f\x8b\x08\x00").unwrap();
        Connection::KeepAlive
    });
    let response = result.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(&response.body()[..], b"\x1f\x8b\x08\x00");
}

fn sending_times_out(transport: &dyn Transport) {
    let server = Server::per_connection(|_stream| thread::sleep(LONG));
    let limits = Limits {
        timeout: SHORT,
        ..LIMITS
    };
    let body = vec![b' '; 9 << 20];
    let failure = send(transport, post(&server.url(), body), limits).unwrap_err();
    check(&failure, Phase::SentInPart, true);
    assert_eq!(server.connections(), 1);
}

fn sleep_lasts_long_enough(transport: &dyn Transport) {
    let start = Instant::now();
    run(transport, transport.sleep(Duration::from_millis(20)));
    assert!(start.elapsed() >= Duration::from_millis(20));
}
