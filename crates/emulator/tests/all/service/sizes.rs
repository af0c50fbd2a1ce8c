//! Methods, paths, content types and sizes.

use super::raw::Connection;
use super::signed::{FORM, JSON, Request};
use super::world::{send, start_shop, valid_request};

const MEGABYTE: usize = 1024 * 1024;

#[test]
fn only_get_and_post() {
    let emulator = start_shop();
    for method in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FROB"] {
        let message =
            send(&emulator, &valid_request().method(method)).refused("UnsupportedProtocol");
        assert!(message.contains(method), "{message}");
    }
    // The response to HEAD has no body.
    let mut connection = Connection::open(&emulator);
    connection.send(valid_request().method("HEAD").bytes());
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
fn path_must_be_root() {
    let emulator = start_shop();
    for target in [
        "/x",
        "//",
        "/index.html",
        "/v2/?a=b",
        "/emulatory",
        "/linksy/x",
    ] {
        let message = send(&emulator, &valid_request().target(target)).refused("InvalidParameter");
        assert!(message.contains("path"), "{message}");
    }
    // The absolute form, as sent to a proxy.
    send(&emulator, &valid_request().target("http://127.0.0.1/")).accepted();
}

#[test]
fn content_type_by_method() {
    let emulator = start_shop();
    let post = |of: &str| valid_request().with("Content-Type", of);
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
        send(&emulator, &request).accepted();
    }
    let form_data = "multipart/form-data; boundary=x";
    send(&emulator, &post(form_data)).refused("InvalidRequest");
    for request in [
        post(FORM),
        post("text/plain"),
        post("application/jsonp"),
        post("application/octet-stream"),
        get("text/plain"),
        get(form_data),
    ] {
        let message = send(&emulator, &request).refused("InvalidParameter");
        assert!(message.contains("content type"), "{message}");
    }
}

/// Returns a body of this length with an unknown parameter.
fn body(length: usize) -> Vec<u8> {
    let (start, end) = (r#"{"Padding":""#, r#""}"#);
    let padding = "x".repeat(length - start.len() - end.len());
    format!("{start}{padding}{end}").into_bytes()
}

#[test]
fn body_limit() {
    let emulator = start_shop();
    let largest = Request::post("FindThings", body(10 * MEGABYTE));
    let message = send(&emulator, &largest).refused("UnknownParameter");
    assert!(message.contains("`Padding`"), "{message}");
    for length in [10 * MEGABYTE + 1, 12 * MEGABYTE] {
        let request = Request::post("FindThings", body(length));
        // The response follows the whole body, and the connection stays open.
        let mut connection = Connection::open(&emulator);
        let response = connection.exchange(request.bytes());
        let message = response.refused("RequestSizeLimitExceeded");
        assert!(message.contains("10485760"), "{message}");
        connection.exchange(valid_request().bytes()).accepted();
    }
    // Oversized bodies are not logged.
    assert_eq!(emulator.requests()[1].body.len(), 0);
}

#[test]
fn query_limit() {
    let emulator = start_shop();
    let query = |length: usize| format!("Padding={}", "x".repeat(length - "Padding=".len()));
    let largest = Request::get("FindThings", &query(32 * 1024));
    send(&emulator, &largest).refused("UnknownParameter");
    let request = Request::get("FindThings", &query(32 * 1024 + 1));
    let message = send(&emulator, &request).refused("RequestSizeLimitExceeded");
    assert!(message.contains("32768"), "{message}");
}

#[test]
fn expect_100_continue() {
    let emulator = start_shop();
    let request = Request::post("FindThings", body(MEGABYTE)).with("Expect", "100-continue");
    let mut connection = Connection::open(&emulator);
    connection.send(request.head());
    connection.send(&request.bytes()[request.head().len()..]);
    connection.receive().unwrap().refused("UnknownParameter");
}
