//! What can go wrong between a request and its answer: for each, how far the request had come, how often the server
//! saw it, and whether the transport works afterwards.

use std::{
    io::Read as _,
    net::TcpListener,
    thread,
    time::{Duration, Instant},
};

use super::{
    server::{Connection, Server, found},
    *,
};

macro_rules! course {
    ($($test:ident),* $(,)?) => {
        #[cfg(feature = "hyper")]
        mod hyper {
            $(#[test]
            fn $test() {
                super::$test(&Hyper::new(wanted().check().unwrap()).unwrap());
            })*

            use super::*;
        }

        #[cfg(feature = "blocking")]
        mod blocking {
            $(#[test]
            fn $test() {
                super::$test(&Blocking::new(wanted().check().unwrap()).unwrap());
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

course![
    a_request_goes_out_as_it_is,
    a_large_request_arrives_whole,
    connections_are_kept,
    nobody_listens,
    the_connection_is_closed_at_once,
    the_connection_is_closed_within_the_request,
    the_connection_is_closed_instead_of_an_answer,
    a_kept_connection_is_closed_instead_of_an_answer,
    the_server_is_silent,
    the_server_falls_silent_within_the_answer,
    an_answer_is_cut_off,
    an_answer_drips,
    an_answer_is_endless,
    an_answer_announces_too_much,
    a_web_page_is_an_answer,
    a_redirect_is_an_answer,
    a_gzip_body_stays_as_it_is,
    the_time_runs_out_before_the_request_is_taken,
    a_pause_lasts,
];

/// Sends to a server that goes wrong once, and then to the same one when it works. Gives how the first went.
#[track_caller]
fn fault(
    transport: &dyn Transport,
    limits: Limits,
    serve: impl Fn(&mut dyn server::Stream) -> Connection + Send + Sync + 'static,
) -> Result<http::Response<Bytes>, TransportError> {
    let server = Server::first(serve);
    let result = send(transport, post(&server.url(), BODY), limits);
    assert_eq!(server.requests().len(), 1);
    works(transport, &server.url());
    assert_eq!(server.requests().len(), 2);
    assert!(server.requests().iter().all(|request| request.body == BODY));
    result
}

#[track_caller]
fn check(failure: &TransportError, phase: Phase, timeout: bool) {
    let text = causes(failure);
    assert_eq!(failure.phase, phase, "{text}");
    assert_eq!(failure.timeout, timeout, "{text}");
    assert!(!failure.permanent, "{text}");
    let status = (phase == Phase::Answered).then_some(200);
    assert_eq!(failure.http_status, status, "{text}");
}

fn a_request_goes_out_as_it_is(transport: &dyn Transport) {
    let server = Server::found();
    let mut request = post(&server.url(), BODY);
    let headers = request.headers_mut();
    headers.insert("user-agent", "tc3/0 (Rust)".parse().unwrap());
    headers.insert("x-tc-action", "Find".parse().unwrap());
    send(transport, request, LIMITS).unwrap();
    let [request] = &server.requests()[..] else {
        panic!("one request is sent");
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

fn a_large_request_arrives_whole(transport: &dyn Transport) {
    let server = Server::found();
    let body: Vec<u8> = (0..3 << 20).map(|byte| byte as u8).collect();
    send(transport, post(&server.url(), body.clone()), LIMITS).unwrap();
    assert!(server.requests()[0].body == body);
}

fn connections_are_kept(transport: &dyn Transport) {
    let server = Server::found();
    for _ in 0..20 {
        works(transport, &server.url());
    }
    assert_eq!(server.requests().len(), 20);
    // A connection may come back from its last exchange a moment too late for the next one.
    assert!(server.connections() < 10);
}

fn nobody_listens(transport: &dyn Transport) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let url = format!("http://{address}/");
    let failure = send(transport, post(&url, BODY), LIMITS).unwrap_err();
    check(&failure, Phase::NotConnected, false);
}

fn the_connection_is_closed_at_once(transport: &dyn Transport) {
    let server = Server::raw(drop);
    let failure = send(transport, post(&server.url(), BODY), LIMITS).unwrap_err();
    // Whether the request gets out before the end is seen is a matter of luck.
    check(&failure, failure.phase.min(Phase::SentWhole), false);
    assert_eq!(server.connections(), 1);
}

fn the_connection_is_closed_within_the_request(transport: &dyn Transport) {
    let server = Server::raw(|mut stream| {
        stream.read_exact(&mut [0; 64]).unwrap();
    });
    let body = vec![b' '; 9 << 20];
    let failure = send(transport, post(&server.url(), body), LIMITS).unwrap_err();
    check(&failure, Phase::SentInPart, false);
    assert_eq!(server.connections(), 1);
}

fn the_connection_is_closed_instead_of_an_answer(transport: &dyn Transport) {
    let result = fault(transport, LIMITS, |_| Connection::Close);
    check(&result.unwrap_err(), Phase::SentWhole, false);
}

fn a_kept_connection_is_closed_instead_of_an_answer(transport: &dyn Transport) {
    let server = Server::over(
        |stream| stream,
        |number, stream| match number {
            2 => Connection::Close,
            _ => found(stream),
        },
    );
    works(transport, &server.url());
    let failure = send(transport, post(&server.url(), BODY), LIMITS).unwrap_err();
    check(&failure, Phase::SentWhole, false);
    assert_eq!(server.requests().len(), 2);
    works(transport, &server.url());
}

fn the_server_is_silent(transport: &dyn Transport) {
    let silence = |stream: &mut dyn server::Stream| {
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
        let failure = fault(transport, limits, silence).unwrap_err();
        check(&failure, Phase::SentWhole, true);
    }
}

fn the_server_falls_silent_within_the_answer(transport: &dyn Transport) {
    let limits = Limits {
        read_timeout: SHORT,
        ..LIMITS
    };
    let result = fault(transport, limits, |stream| {
        let part = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfo";
        stream.write_all(part).unwrap();
        let _ = stream.read(&mut [0]);
        Connection::Close
    });
    check(&result.unwrap_err(), Phase::Answered, true);
}

fn an_answer_is_cut_off(transport: &dyn Transport) {
    for part in ["{\"Name\":\"", "{\"Name\":\"\u{e9}"] {
        let result = fault(transport, LIMITS, move |stream| {
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n";
            let answer = format!("{head}{part}");
            // The second one ends within a character.
            let end = answer.len() - 1;
            stream.write_all(&answer.as_bytes()[..end]).unwrap();
            Connection::Close
        });
        check(&result.unwrap_err(), Phase::Answered, false);
    }
    let result = fault(transport, LIMITS, |stream| {
        let part = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf";
        stream.write_all(part).unwrap();
        Connection::Close
    });
    check(&result.unwrap_err(), Phase::Answered, false);
}

fn an_answer_drips(transport: &dyn Transport) {
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
        let result = fault(transport, limits, move |stream| {
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

fn an_answer_is_endless(transport: &dyn Transport) {
    let result = fault(transport, LIMITS, |stream| {
        let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
        let chunk = format!("1000\r\n{}\r\n", " ".repeat(0x1000));
        let mut sent = stream.write_all(head);
        while sent.is_ok() {
            sent = stream.write_all(chunk.as_bytes());
        }
        Connection::Close
    });
    too_large(&result.unwrap_err());
}

fn an_answer_announces_too_much(transport: &dyn Transport) {
    let result = fault(transport, LIMITS, |stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n";
        stream.write_all(head).unwrap();
        let _ = stream.read(&mut [0]);
        Connection::Close
    });
    too_large(&result.unwrap_err());
}

#[track_caller]
fn too_large(failure: &TransportError) {
    let text = causes(failure);
    assert_eq!(failure.phase, Phase::Answered, "{text}");
    // It would be as large again.
    assert!(failure.permanent && !failure.timeout, "{text}");
    assert!(
        text.contains("the response is larger than 100000 bytes"),
        "{text}"
    );
}

fn a_web_page_is_an_answer(transport: &dyn Transport) {
    let result = fault(transport, LIMITS, |stream| {
        let page = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 6\r\n\r\n<html>";
        stream.write_all(page.as_bytes()).unwrap();
        Connection::KeepAlive
    });
    let response = result.unwrap();
    assert_eq!(response.status(), 502);
    assert_eq!(response.body(), "<html>");
}

fn a_redirect_is_an_answer(transport: &dyn Transport) {
    let elsewhere = Server::found();
    let location = elsewhere.url();
    for status in ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"] {
        let answer =
            format!("HTTP/1.1 {status}\r\nLocation: {location}\r\nContent-Length: 4\r\n\r\nlook");
        let result = fault(transport, LIMITS, move |stream| {
            stream.write_all(answer.as_bytes()).unwrap();
            Connection::KeepAlive
        });
        let response = result.unwrap();
        assert_eq!(response.status().as_str(), &status[..3]);
        assert_eq!(response.headers()["location"], location);
        assert_eq!(response.body(), "look");
    }
    assert_eq!(elsewhere.connections(), 0);
}

fn a_gzip_body_stays_as_it_is(transport: &dyn Transport) {
    let result = fault(transport, LIMITS, |stream| {
        let head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\n";
        stream.write_all(head).unwrap();
        stream.write_all(b"\x1f\x8b\x08\x00").unwrap();
        Connection::KeepAlive
    });
    let response = result.unwrap();
    assert_eq!(response.headers()["content-encoding"], "gzip");
    assert_eq!(&response.body()[..], b"\x1f\x8b\x08\x00");
}

fn the_time_runs_out_before_the_request_is_taken(transport: &dyn Transport) {
    let server = Server::raw(|_stream| thread::sleep(LONG));
    let limits = Limits {
        timeout: SHORT,
        ..LIMITS
    };
    let body = vec![b' '; 9 << 20];
    let failure = send(transport, post(&server.url(), body), limits).unwrap_err();
    check(&failure, Phase::SentInPart, true);
    assert_eq!(server.connections(), 1);
}

fn a_pause_lasts(transport: &dyn Transport) {
    let begin = Instant::now();
    run(transport, transport.sleep(Duration::from_millis(20)));
    assert!(begin.elapsed() >= Duration::from_millis(20));
}
