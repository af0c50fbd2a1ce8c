//! The request log, raw and parsed.

use serde_json::{Value, json};
use tc3_emulator::{Emulator, Received};

use super::raw::Connection;
use super::signed::Request;
use super::world::{ID, NOON, SERVICE, VERSION, send, start_shop, valid_request};

/// Returns the only logged request.
#[track_caller]
fn only(emulator: &Emulator) -> Received {
    let [request] = &emulator.requests()[..] else {
        panic!("one request is expected");
    };
    request.clone()
}

#[test]
fn request_head_is_raw() {
    let emulator = start_shop();
    let authorization = valid_request().authorize();
    // Names, order, spaces and non-UTF-8 bytes are unchanged.
    let head = [
        b"POST / HTTP/1.1\r\nhOsT:127.0.0.1\r\nX-Of-Mine:  a   b \r\nx-tc-VERSION: 2024-01-01\r\n",
        b"X-Of-Mine: \xff\r\nContent-Length: 11\r\nX-TC-Timestamp: 1709208000\r\n".as_slice(),
        format!("Authorization: {authorization}\r\n").as_bytes(),
        b"content-type:\tapplication/json\r\nX-TC-Action: FindThings\r\n\r\n",
    ]
    .concat();
    let body = br#"{"Limit":7}"#;
    Connection::open(&emulator)
        .exchange([&head[..], body].concat())
        .accepted();

    let request = only(&emulator);
    assert_eq!(request.head, head);
    assert_eq!(request.body, &body[..]);
    assert_eq!((request.number, request.time), (1, NOON));
    assert_eq!((request.code, request.faulted), (None, false));
}

#[test]
fn parsed_request_is_listed() {
    let emulator = start_shop();
    let request = valid_request()
        .with("X-TC-Region", "ap-guangzhou")
        .signing_as(
            "Host;Content-Type",
            "host;content-type",
            "Host;Content-Type",
        );
    send(&emulator, &request).accepted();

    let understood = only(&emulator).understood;
    assert_eq!(understood.service.as_deref(), Some(SERVICE));
    assert_eq!(understood.version.as_deref(), Some(VERSION));
    assert_eq!(understood.action.as_deref(), Some("FindThings"));
    assert_eq!(understood.region.as_deref(), Some("ap-guangzhou"));
    assert_eq!(understood.secret_id.as_deref(), Some(ID));
    assert_eq!(understood.caller, Some(1));
    assert_eq!(understood.timestamp, Some(NOON));
    assert_eq!(understood.signed_headers, ["host", "content-type"]);
    assert_eq!(
        understood.parameters.map(Value::Object),
        Some(json!({ "Limit": 7 }))
    );
}

#[test]
fn http_list_matches_method() {
    let emulator = start_shop();
    send(&emulator, &valid_request()).accepted();
    let query = "Filters.0.Name=x&Filters.0.Values.0=%E6%9C%AA";
    send(&emulator, &Request::get("FindThings", query)).accepted();
    send(&emulator, &valid_request().by("AKIDNOBODY", "x")).refused("AuthFailure.SecretIdNotFound");

    let mut connection = Connection::open(&emulator);
    let listed = connection.exchange(format!(
        "GET /emulator/requests HTTP/1.1\r\nHost: {}\r\n\r\n",
        emulator.address()
    ));
    assert_eq!(listed.status, 200);
    let listed = listed.json();
    assert_eq!(listed, serde_json::to_value(emulator.requests()).unwrap());
    assert_eq!(listed[0]["head"], valid_request().head());
    assert_eq!(listed[0]["body"], r#"{"Limit":7}"#);
    assert_eq!(listed[0]["code"], Value::Null);
    let line = format!("GET /?{query} HTTP/1.1\r\n");
    assert!(
        listed[1]["head"].as_str().unwrap().starts_with(&line),
        "{listed}"
    );
    assert_eq!(listed[1]["understood"]["parameters"], {
        json!({ "Filters": [{ "Name": "x", "Values": ["\u{672a}"] }] })
    });
    assert_eq!(listed[2]["code"], "AuthFailure.SecretIdNotFound");
    assert_eq!(listed[2]["number"], 3);
}

#[test]
fn rejected_request_is_partly_parsed() {
    let emulator = start_shop();
    for request in [
        valid_request().method("PUT"),
        valid_request().authorization(""),
        valid_request().by("AKIDNOBODY", "x"),
        valid_request().body("[]"),
        Request::post("FindThings", r#"{"Colour":1}"#),
    ] {
        assert!(send(&emulator, &request).error().is_some());
    }
    let requests = emulator.requests();
    let [method, unsigned, nobody, array, unknown] = &requests[..] else {
        panic!("five requests are expected");
    };
    assert_eq!(method.code.as_deref(), Some("UnsupportedProtocol"));
    assert_eq!(method.understood.action, None);
    assert_eq!(unsigned.understood.action.as_deref(), Some("FindThings"));
    assert_eq!(unsigned.understood.secret_id, None);
    assert_eq!(nobody.understood.secret_id.as_deref(), Some("AKIDNOBODY"));
    // The caller is set only after the signature is verified.
    assert_eq!(nobody.understood.caller, None);
    assert_eq!(array.understood.caller, Some(1));
    assert_eq!(array.understood.parameters, None);
    assert_eq!(array.body, "[]");
    let parameters = unknown.understood.parameters.clone();
    assert_eq!(parameters.map(Value::Object), Some(json!({ "Colour": 1 })));
    assert_eq!(unknown.code.as_deref(), Some("UnknownParameter"));
}

#[test]
fn pipelined_requests_are_listed() {
    let emulator = start_shop();
    let mut connection = Connection::open(&emulator);
    let all = numbered(0..20).map(|request| request.bytes());
    connection.send(all.collect::<Vec<_>>().concat());
    for _ in 0..20 {
        connection.receive().unwrap().accepted();
    }
    let requests = emulator.requests();
    assert_eq!(requests.len(), 20);
    for (received, sent) in requests.iter().zip(numbered(0..20)) {
        check_same(received, &sent);
    }
}

#[test]
fn split_head_is_listed() {
    let emulator = start_shop();
    let mut connection = Connection::open(&emulator);
    let [first, second] = [0, 1].map(|number| numbered(number..number + 1).next().unwrap());
    // The first bytes of the second request arrive with the first, split at every position.
    let bytes = second.bytes();
    for at in 0..second.head().len() {
        connection.send([&first.bytes(), &bytes[..at]].concat());
        connection.receive().unwrap().accepted();
        connection.exchange(&bytes[at..]).accepted();
        let requests = emulator.requests();
        check_same(&requests[0], &first);
        check_same(&requests[1], &second);
        emulator.clear_requests();
    }
}

/// Returns requests numbered by a header.
fn numbered(range: std::ops::Range<u32>) -> impl Iterator<Item = Request> {
    range.map(|number| valid_request().with("X-Number", &number.to_string()))
}

/// Checks that the log matches a request. The head of a pipelined request may be rebuilt in lower case.
#[track_caller]
fn check_same(received: &Received, sent: &Request) {
    let head = String::from_utf8_lossy(&received.head).to_lowercase();
    let mut lines: Vec<&str> = head.split("\r\n").collect();
    let sent = sent.head().to_lowercase();
    let mut expected: Vec<&str> = sent.split("\r\n").collect();
    lines.sort_unstable();
    expected.sort_unstable();
    assert_eq!(lines, expected);
    assert!(head.starts_with("post / http/1.1\r\n"), "{head}");
    assert_eq!(received.body, r#"{"Limit":7}"#);
}

#[test]
fn unusual_line_endings() {
    let emulator = start_shop();
    let usual = valid_request().head();
    for head in [
        usual.replace("\r\n", "\n"),
        format!("{}\n\r\n", usual.trim_end().replace("\r\n", "\n")),
        format!("{}\r\n\n", usual.trim_end()),
    ] {
        let mut connection = Connection::open(&emulator);
        for _ in 0..2 {
            connection
                .exchange(format!("{head}{{\"Limit\":7}}"))
                .accepted();
            assert_eq!(only(&emulator).head, head);
            emulator.clear_requests();
        }
        // Empty lines before a request do not belong to it.
        connection
            .exchange(format!("\r\n\r\n{head}{{\"Limit\":7}}"))
            .accepted();
        assert_eq!(only(&emulator).head, head);
        emulator.clear_requests();
    }
}

#[test]
fn numbers_continue_after_clear() {
    let emulator = start_shop();
    for number in 1..=3 {
        send(&emulator, &valid_request()).accepted();
        assert_eq!(only(&emulator).number, number);
        emulator.clear_requests();
        assert_eq!(emulator.requests(), []);
    }
}

#[test]
fn large_parameters_are_not_logged() {
    let emulator = start_shop();
    for (length, kept) in [(15_000, true), (70_000, false)] {
        let body = format!(r#"{{"Name":"{}"}}"#, "x".repeat(length));
        send(&emulator, &Request::post("AddThing", body.clone())).accepted();
        let request = only(&emulator);
        assert_eq!(request.understood.parameters.is_some(), kept, "{length}");
        assert_eq!(request.body, body);
        emulator.clear_requests();
    }
}
