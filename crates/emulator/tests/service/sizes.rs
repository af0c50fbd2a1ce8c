//! Methods, paths, content types and sizes: what can be told before anything is read.

use crate::raw::Connection;
use crate::signed::{FORM, JSON, Request};
use crate::world::{ask, find, open};

const MEGABYTE: usize = 1024 * 1024;

#[test]
fn only_get_and_post_are_supported() {
    let emulator = open();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FROB"] {
        let message = ask(&emulator, &find().method(method)).refused("UnsupportedProtocol");
        assert!(message.contains(method), "{message}");
    }
    // The answer to a HEAD is the head of one.
    let mut connection = Connection::open(&emulator);
    connection.send(find().method("HEAD").bytes());
    connection.finish();
    let mut wire = Vec::new();
    while let Some(byte) = connection.byte() {
        wire.push(byte);
    }
    let wire = String::from_utf8(wire).unwrap();
    assert!(
        wire.starts_with("HTTP/1.1 200 ") && wire.ends_with("\r\n\r\n"),
        "{wire}"
    );
}

#[test]
fn actions_are_called_at_the_root() {
    let emulator = open();
    for target in [
        "/x",
        "//",
        "/index.html",
        "/v2/?a=b",
        "/emulatory",
        "/linksy/x",
    ] {
        let message = ask(&emulator, &find().target(target)).refused("InvalidParameter");
        assert!(message.contains("path"), "{message}");
    }
    // A proxy is sent the whole address.
    ask(&emulator, &find().target("http://127.0.0.1/")).accepted();
}

#[test]
fn content_types_are_held_against_the_method() {
    let emulator = open();
    let post = |of: &str| find().with("Content-Type", of);
    let get = |of: &str| Request::get("FindThings", "Limit=7").with("Content-Type", of);
    for request in [
        post(JSON),
        post("Application/JSON"),
        post("application/json; charset=utf-8"),
        post("application/json;charset=utf-8"),
        get(FORM),
        get("application/x-www-form-urlencoded; charset=utf-8"),
        get(JSON),
    ] {
        ask(&emulator, &request).accepted();
    }
    let form_data = "multipart/form-data; boundary=x";
    ask(&emulator, &post(form_data)).refused("InvalidRequest");
    for request in [
        post(FORM),
        post("text/plain"),
        post("application/jsonp"),
        post("application/octet-stream"),
        get("text/plain"),
        get(form_data),
    ] {
        let message = ask(&emulator, &request).refused("InvalidParameter");
        assert!(message.contains("content type"), "{message}");
    }
}

/// A body of so many bytes, whose parameter is unknown.
fn body(length: usize) -> Vec<u8> {
    let (start, end) = (r#"{"Padding":""#, r#""}"#);
    let padding = "x".repeat(length - start.len() - end.len());
    format!("{start}{padding}{end}").into_bytes()
}

#[test]
fn a_body_may_have_ten_megabytes() {
    let emulator = open();
    let largest = Request::post("FindThings", body(10 * MEGABYTE));
    let message = ask(&emulator, &largest).refused("UnknownParameter");
    assert!(message.contains("`Padding`"), "{message}");
    for length in [10 * MEGABYTE + 1, 12 * MEGABYTE] {
        let request = Request::post("FindThings", body(length));
        // The answer comes once everything was read, and the connection goes on.
        let mut connection = Connection::open(&emulator);
        let answer = connection.ask(request.bytes());
        let message = answer.refused("RequestSizeLimitExceeded");
        assert!(message.contains("10485760"), "{message}");
        connection.ask(find().bytes()).accepted();
    }
    // Nothing of what was too large is kept.
    assert_eq!(emulator.requests()[1].body.len(), 0);
}

#[test]
fn a_query_may_have_thirty_two_kilobytes() {
    let emulator = open();
    let query = |length: usize| format!("Padding={}", "x".repeat(length - "Padding=".len()));
    let largest = Request::get("FindThings", &query(32 * 1024));
    ask(&emulator, &largest).refused("UnknownParameter");
    let request = Request::get("FindThings", &query(32 * 1024 + 1));
    let message = ask(&emulator, &request).refused("RequestSizeLimitExceeded");
    assert!(message.contains("32768"), "{message}");
}

#[test]
fn a_large_body_may_wait_to_be_asked_for() {
    let emulator = open();
    let request = Request::post("FindThings", body(MEGABYTE)).with("Expect", "100-continue");
    let mut connection = Connection::open(&emulator);
    connection.send(request.head());
    connection.send(&request.bytes()[request.head().len()..]);
    connection.answer().unwrap().refused("UnknownParameter");
}
