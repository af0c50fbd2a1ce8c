//! Responses of a service: successes, errors and invalid bodies.

use std::error::Error as _;
use std::future::ready;
use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;
use tc3::transport::{Bytes, Limits, Sending, Sleeping, Transport, http};
use tc3::{Action, Client, Credential, Error, ErrorKind, Request, Retry, Service};

use super::kinds::DescribeMembersResponse;
use super::written;

static SERVICE: Service = Service::new("shop", "2021-03-31", "shop.tencentcloudapi.com");

messages! {
    DescribeMembers {}

    DescribeTask {}

    DescribeTaskResponse {
        "Error" error: optional String = Kind::String;
        "RequestId" request_id: required String = Kind::String;
    }
}

impl Request for DescribeMembers {
    type Response = DescribeMembersResponse;
    const ACTION: &'static Action = &Action::new("DescribeMembers", &SERVICE);
}

impl Request for DescribeTask {
    type Response = DescribeTaskResponse;
    const ACTION: &'static Action = &Action::new("DescribeTask", &SERVICE);
}

/// Transport that returns this body for all requests.
struct FixedResponse(Bytes);

impl Transport for FixedResponse {
    fn send(&self, _: http::Request<Bytes>, _: Limits) -> Sending<'_> {
        Box::pin(ready(Ok(http::Response::new(self.0.clone()))))
    }

    fn sleep(&self, _: Duration) -> Sleeping<'_> {
        Box::pin(ready(()))
    }
}

/// Returns the result of a call whose response has this body.
fn call<R: Request + Default>(body: impl Into<Vec<u8>>) -> Result<R::Response, Error> {
    let client = Client::builder(&SERVICE)
        .credential(Credential::new("id", "key"))
        .retry(Retry::never())
        .transport(Arc::new(FixedResponse(body.into().into())))
        .build()
        .expect("valid settings");
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime");
    runtime.block_on(client.send(&R::default()))
}

fn read(body: &str) -> Result<DescribeMembersResponse, Error> {
    call::<DescribeMembers>(body)
}

/// Returns the response in a body, as JSON.
#[track_caller]
fn response(body: &str) -> String {
    written(&read(body).unwrap_or_else(|error| panic!("{body}: {error}")))
}

/// Returns the service error in a body.
#[track_caller]
fn service_error(body: &str) -> Error {
    let error = read(body).expect_err(body);
    assert_eq!(error.kind(), ErrorKind::Service, "{error}");
    error
}

/// Returns why a body cannot be read.
#[track_caller]
fn read_error(body: impl Into<Vec<u8>>) -> String {
    let error = call::<DescribeMembers>(body).expect_err("an invalid body");
    assert_eq!(error.kind(), ErrorKind::Response, "{error}");
    error.source().expect("the reader's error").to_string()
}

#[test]
fn valid_response() {
    let body = r#" {"Response": {"Total": 1, "Members": [{"Count": "7"}], "RequestId": "id-1"}} "#;
    let response = read(body).expect("a response");
    assert_eq!(response.total, Some(1));
    assert_eq!(response.members.expect("members")[0].count, Some(7));
    assert_eq!(response.request_id, "id-1");
    assert!(response.extra.is_empty());
}

#[test]
fn white_space_is_ignored() {
    let expected = r#"{"Total":1,"RequestId":"a"}"#;
    for body in [
        r#"{"Response":{"Total":1,"RequestId":"a"}}"#,
        "\r\n{ \"Response\"\t:\n{\"Total\" : 1 ,\"RequestId\":\"a\" } \n}\n",
        r#"{"\u0052esponse":{"Total":1,"RequestId":"a"}}"#,
    ] {
        assert_eq!(response(body), expected);
    }
    for space in ["\u{A0}", "\u{C}", "\u{2028}"] {
        read_error(format!(r#"{space}{{"Response":{{"RequestId":"a"}}}}"#));
    }
}

#[test]
fn unusual_request_id_is_read() {
    for (member, request_id) in [
        (r#""RequestId": 17"#, "17"),
        (r#""RequestId": "a", "RequestId": "b""#, "b"),
    ] {
        let response = read(&format!(r#"{{"Response": {{{member}}}}}"#));
        assert_eq!(response.expect("a response").request_id, request_id);
        let error = r#""Error": {"Code": "InternalError"}"#;
        let error = service_error(&format!(r#"{{"Response": {{{error}, {member}}}}}"#));
        assert_eq!(error.request_id(), Some(request_id));
    }
}

#[test]
fn error_is_found_anywhere_in_the_response() {
    let error = r#""Error": {"Code": "LimitExceeded.Members", "Message": "Too \"many\"."}"#;
    for body in [
        format!(r#"{{"Response": {{{error}, "RequestId": "id-1"}}}}"#),
        format!(r#"{{"Response": {{"RequestId": "id-1", {error}}}}}"#),
        format!(r#"{{"Response": {{"Total": 1, "RequestId": "id-1", {error}, "New": [{{}}]}}}}"#),
        format!(r#"{{"Response": {{{error}, "RequestId": "id-1", "Error": null}}}}"#),
        format!(r#"{{"Response": {{"Error": null, "RequestId": "id-1", {error}}}}}"#),
        format!(r#"{{"Response": {{{error}, "RequestId": "id-1"}}}}"#)
            .replace(r#""Error""#, r#""\u0045rror""#),
        format!(r#"{{"Response": {{{error}, "Total": "x", "RequestId": "id-1"}}, "Beside": 1}}"#),
    ] {
        let error = service_error(&body);
        assert_eq!(error.code(), Some("LimitExceeded.Members"), "{body}");
        assert_eq!(error.message(), "Too \"many\".");
        assert_eq!(error.request_id(), Some("id-1"));
    }
}

#[test]
fn error_is_read_tolerantly() {
    let error = service_error(
        r#"{"Response": {"Error": {"Message": null, "Code": 4100, "Detail": {"x": [1.50]}}}}"#,
    );
    assert_eq!(error.code(), Some("4100"));
    assert_eq!(error.request_id(), None);
}

#[test]
fn null_error_is_no_error() {
    assert_eq!(
        response(r#"{"Response": {"Error": null, "Total": 1, "RequestId": "a"}}"#),
        r#"{"Total":1,"RequestId":"a"}"#
    );
    assert_eq!(
        response(r#"{"Response": {"Members": [{"Error": {"Code": "x"}}], "RequestId": "a"}}"#),
        r#"{"Members":[{"Error":{"Code": "x"}}],"RequestId":"a"}"#,
        "a nested `Error` is data"
    );
}

#[test]
fn field_may_be_named_error() {
    let task = |body: &str| call::<DescribeTask>(body);
    let response = task(r#"{"Response": {"Error": "disk full", "RequestId": "a"}}"#);
    let response = response.expect("a response");
    assert_eq!(response.error.as_deref(), Some("disk full"));
    let response = task(r#"{"Response": {"Error": null, "RequestId": "a"}}"#);
    assert_eq!(response.expect("a response").error, None);
    let response = task(r#"{"Response": {"Error": {"Line": 1}, "RequestId": "a"}}"#);
    let response = response.expect("a response");
    let mismatch = response.extra.get("Error").expect("an extra field");
    assert_eq!(mismatch.text(), r#"{"Line": 1}"#);
    let error = task(r#"{"Response": {"Error": {"Code": "InternalError"}}}"#);
    let error = error.expect_err("a service error");
    assert_eq!(error.code(), Some("InternalError"));
}

#[test]
fn members_beside_the_response_are_kept() {
    assert_eq!(
        response(
            r#"{"Trace": 1, "Response": {"Total": 1, "RequestId": "a", "New": 2}, "New": 3, "Total": 4}"#
        ),
        r#"{"Total":1,"RequestId":"a","New":2,"Trace":1}"#
    );
}

#[test]
fn last_of_two_responses_is_used() {
    assert_eq!(
        response(
            r#"{"Response": {"Total": 1, "Members": [{}], "New": 1, "Error": {"Code": "x"}}, "Response": {"RequestId": "a"}}"#
        ),
        r#"{"RequestId":"a"}"#
    );
}

#[test]
fn byte_order_mark_is_ignored() {
    assert_eq!(
        response("\u{FEFF}{\"Response\": {\"RequestId\": \"a\"}}"),
        r#"{"RequestId":"a"}"#
    );
}

#[test]
fn invalid_utf_8_is_replaced() {
    let body = b"{\"Response\": {\"RequestId\": \"a\xE4\xB8\\n\xC3\xA4\xC0\", \"n\xFFame\": 1}}";
    let response = call::<DescribeMembers>(*body).expect("a response");
    assert_eq!(response.request_id, "a\u{FFFD}\nä\u{FFFD}");
    assert!(response.extra.get("n\u{FFFD}ame").is_some());
    assert_eq!(
        read_error(*b"{\"Response\": [1, \xE4]}"),
        "expected value at line 1 column 18, in `Response[1]`"
    );
}

#[test]
fn invalid_body_is_refused() {
    let no_response = "expected an object with the member `Response`";
    for (body, expected) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        (
            "<html>\r\n<head><title>502 Bad Gateway</title>",
            "expected value at line 1 column 1",
        ),
        ("\u{1f}\u{8b}\u{8}", "expected value at line 1 column 1"),
        ("\"Response\"", no_response),
        ("[]", no_response),
        ("null", no_response),
        ("{}", no_response),
        (r#"{"response": {"RequestId": "a"}}"#, no_response),
        ("{\"Response\": null}", "expected an object, in `Response`"),
        ("{\"Response\": []}", "expected an object, in `Response`"),
        (
            "{\"Response\": {\"Error\": \"no\"}}",
            "expected an object with the member `Code`, in `Response.Error`",
        ),
        (
            "{\"Response\": {\"Error\": {\"Message\": \"m\"}}}",
            "expected an object with the member `Code`, in `Response.Error`",
        ),
        (
            "{\"Response\": {\"Error\": {\"Code\": \"\"}}}",
            "expected an object with the member `Code`, in `Response.Error`",
        ),
        (
            "{\"Response\": {\"Error\": {\"Code\": 01}}}",
            "invalid number at line 1 column 34, in `Response.Error.Code`",
        ),
        (
            "{\"Response\": {\"Error\": yes}}",
            "expected value at line 1 column 24, in `Response.Error`",
        ),
        (
            "{\"Response\": {\"RequestId\": \"a\"}} {}",
            "trailing characters at line 1 column 34",
        ),
        (
            "{\"Response\": {\"RequestId\": \"a\"}",
            "EOF while parsing an object at line 1 column 31, in `Response`",
        ),
        (
            "{\"Response\": {\"Members\": [{}, {}, {}, {\n\"Count\": uin}]}}",
            "expected value at line 2 column 10, in `Response.Members[3].Count`",
        ),
    ] {
        assert_eq!(read_error(body), expected, "{body}");
    }
}

#[test]
fn truncated_body_is_refused() {
    let body = r#"{"Response": {"Total": 12, "Members": [{"Name": "成\u00e4员", "Inner": {}}], "New": [1.5e3, null],
        "Error": {"Code": "FailedOperation", "Message": "€"}, "RequestId": "id-1"}}"#;
    service_error(body);
    for length in 1..body.len() {
        let error = read_error(&body.as_bytes()[..length]);
        let is_cut = error.starts_with("EOF while parsing ");
        assert!(is_cut || error.starts_with("invalid number at "), "{error}");
    }
}

/// Returns texts that are almost valid envelopes.
fn almost_envelope() -> impl Strategy<Value = String> {
    let tokens = prop::sample::select(vec![
        r#""Response":{"#,
        r#""Error":{"#,
        r#""Error":"#,
        r#""Code":"#,
        r#""RequestId":"#,
        r#""Members":[{"#,
        r#""Total":"#,
        r#""x""#,
        "null",
        "1.5",
        "{",
        "}",
        "]",
        ",",
        ":",
    ]);
    let middle = prop::collection::vec(tokens, 0..16);
    (middle, 0..4usize).prop_map(|(middle, closed)| {
        let middle = middle.concat();
        format!(r#"{{"Response":{{{middle}{}"#, "}".repeat(closed))
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn only_json_with_a_response_is_read(body in almost_envelope()) {
        let value = serde_json::from_str::<serde_json::Value>(&body);
        match call::<DescribeMembers>(body.as_str()) {
            Ok(_) => {
                let value = value.unwrap();
                prop_assert!(value["Response"].is_object());
                prop_assert!(value["Response"]["Error"].is_null());
            }
            Err(error) if error.kind() == ErrorKind::Service => {
                prop_assert!(value.unwrap()["Response"].is_object());
            }
            Err(error) => prop_assert_eq!(error.kind(), ErrorKind::Response),
        }
    }
}

#[test]
fn excerpts_show_no_secret() {
    for body in [
        r#"{"Response":{"CredentialSecret":"planted-1","Keys":{"SecretKeys":["planted-2"]},"Total":7"#,
        r#"{"Response":{"Total":7,"Password":"planted-1 cut o"#,
        r#"{"Response":{"Total":7,"Detail":"{\"Token\":\"planted-1\"}"}}"#,
        r#"<html>{"Total":7,"SessionToken" : "planted-1"}</html>"#,
    ] {
        let error = read(body).expect_err(body);
        let text = format!("{error} {error:?} {}", error.message());
        assert!(!text.contains("planted"), "{text}");
        assert!(
            text.contains("[redacted]") && text.contains("Total"),
            "{text}"
        );
    }
}

#[test]
fn texts_in_errors_are_bounded_and_visible() {
    let message = format!("\u{202e}evil\u{1b}[2J{}", "x".repeat(1_000_000));
    let message = message.replace('\u{1b}', "\\u001b");
    let body = format!(
        r#"{{"Response":{{"Error":{{"Code":"Failed\u2066","Message":"{message}"}},"RequestId":"id"}}}}"#
    );
    let error = service_error(&body).to_string();
    assert!(error.len() < 10_000, "{}", error.len());
    assert!(
        error.starts_with("DescribeMembers: Failed\\u{2066}: \\u{202e}evil [2Jxxx"),
        "{}",
        &error[..80]
    );
}

#[test]
fn decoded_memory_is_bounded() {
    for rest in ["", r#","Total":"x""#] {
        let elements = "{},".repeat(1_500_000);
        let body =
            format!(r#"{{"Response":{{"Members":[{elements}{{}}]{rest},"RequestId":"id"}}}}"#);
        let memory = allocation_counter::measure(|| {
            let error = read(&body).expect_err("too much memory");
            assert_eq!(
                error.to_string(),
                "DescribeMembers: response takes more than 8 times `response_limit` (16777216 bytes) as values; \
                 ask for a smaller page, or raise `response_limit` (HTTP 200)"
            );
        });
        assert!(memory.bytes_max < 500_000_000, "{memory:?}");
    }
}
