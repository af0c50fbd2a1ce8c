//! The envelope: what is a response, what a refusal, and what neither.

#[macro_use]
mod sample;

use proptest::prelude::*;
use sample::kinds::DescribeMembersResponse;
use tc3::{
    Value,
    envelope::{self, Answer, Refusal},
    json::{self, ReadError},
    record::Record,
};

records! {
    DescribeTaskResponse {
        0 "Error" error: Option<String>,
        1 "RequestId" request_id: String,
    }
}

fn read(body: &[u8]) -> Result<(Answer, DescribeMembersResponse), ReadError> {
    let mut response = DescribeMembersResponse::empty();
    envelope::read(body, &mut response).map(|answer| (answer, response))
}

/// The response in a body, as JSON.
#[track_caller]
fn response(body: &str) -> String {
    let (answer, response) = read(body.as_bytes()).unwrap();
    assert_eq!(answer, Answer::Response);
    String::from_utf8(json::write(&response).unwrap()).unwrap()
}

#[track_caller]
fn refusal(body: &str) -> Refusal {
    match read(body.as_bytes()).unwrap() {
        (Answer::Refusal(refusal), _) => refusal,
        (Answer::Response, response) => panic!("{response:?}"),
    }
}

#[test]
fn a_response_is_what_stands_in_it() {
    let body = r#" {"Response": {"Total": 1, "Members": [{"Count": "7"}], "RequestId": "id-1"}} "#;
    let (answer, response) = read(body.as_bytes()).unwrap();
    assert_eq!(answer, Answer::Response);
    assert_eq!(response.total, Some(1));
    assert_eq!(response.members.unwrap()[0].count, Some(7));
    assert_eq!(response.request_id, "id-1");
    assert!(response.extra.is_empty());
}

#[test]
fn the_request_id_may_be_missing_or_odd() {
    for (member, request_id) in [
        ("", ""),
        (r#""RequestId": null"#, ""),
        (r#""RequestId": """#, ""),
        (r#""RequestId": 17"#, "17"),
        (r#""RequestId": "a", "RequestId": "b""#, "b"),
    ] {
        let (_, response) = read(format!(r#"{{"Response": {{{member}}}}}"#).as_bytes()).unwrap();
        assert_eq!(response.request_id, request_id);
        let error = r#""Error": {"Code": "InternalError"}"#;
        let comma = if member.is_empty() { "" } else { "," };
        let refusal = refusal(&format!(r#"{{"Response": {{{error}{comma}{member}}}}}"#));
        assert_eq!(refusal.request_id, request_id);
    }
}

#[test]
fn an_error_anywhere_in_the_response_is_a_refusal() {
    let error = r#""Error": {"Code": "LimitExceeded.Members", "Message": "Too \"many\"."}"#;
    for body in [
        format!(r#"{{"Response": {{{error}, "RequestId": "id-1"}}}}"#),
        format!(r#"{{"Response": {{"RequestId": "id-1", {error}}}}}"#),
        format!(r#"{{"Response": {{"Total": 1, "RequestId": "id-1", {error}, "New": [{{}}]}}}}"#),
        format!(r#"{{"Response": {{{error}, "RequestId": "id-1", "Error": null}}}}"#),
        format!(r#"{{"Response": {{{error}, "RequestId": "id-1"}}}}"#)
            .replace(r#""Error""#, r#""\u0045rror""#),
    ] {
        let refusal = refusal(&body);
        assert_eq!(refusal.code, "LimitExceeded.Members", "{body}");
        assert_eq!(refusal.message, "Too \"many\".");
        assert_eq!(refusal.request_id, "id-1");
        assert!(refusal.extra.is_empty());
    }
}

#[test]
fn an_error_is_read_as_tolerantly_as_all_else() {
    let refusal = refusal(
        r#"{"Response": {"Error": {"Message": null, "Code": 4100, "Detail": {"x": [1.50]}}}}"#,
    );
    assert_eq!(refusal.code, "4100");
    assert_eq!(refusal.message, "");
    assert_eq!(
        refusal.extra.get("Detail").unwrap().to_string(),
        r#"{"x":[1.50]}"#
    );
}

#[test]
fn no_error_is_none() {
    assert_eq!(
        response(r#"{"Response": {"Error": null, "Total": 1, "RequestId": "a"}}"#),
        r#"{"Total":1,"RequestId":"a"}"#
    );
    assert_eq!(
        response(r#"{"Response": {"Members": [{"Error": {"Code": "x"}}], "RequestId": "a"}}"#),
        r#"{"Members":[{"Error":{"Code":"x"}}],"RequestId":"a"}"#,
        "one deeper in the response is none of the envelope"
    );
}

#[test]
fn a_response_may_have_a_field_that_is_called_error() {
    let read = |body: &str| {
        let mut response = DescribeTaskResponse::empty();
        let answer = envelope::read(body.as_bytes(), &mut response).unwrap();
        (answer, response)
    };
    let (answer, response) = read(r#"{"Response": {"Error": "disk full", "RequestId": "a"}}"#);
    assert_eq!(answer, Answer::Response);
    assert_eq!(response.error.as_deref(), Some("disk full"));
    let (answer, response) = read(r#"{"Response": {"Error": {"Line": 1}, "RequestId": "a"}}"#);
    assert_eq!(answer, Answer::Response);
    assert_eq!(
        response.extra.get("Error").unwrap().to_string(),
        r#"{"Line":1}"#
    );
    let (answer, _) = read(r#"{"Response": {"Error": {"Code": "InternalError"}}}"#);
    assert!(matches!(answer, Answer::Refusal(refusal) if refusal.code == "InternalError"));
}

#[test]
fn what_stands_beside_the_response_is_kept() {
    assert_eq!(
        response(
            r#"{"Trace": 1, "Response": {"Total": 1, "RequestId": "a", "New": 2}, "New": 3, "Total": 4}"#
        ),
        r#"{"Total":1,"RequestId":"a","Trace":1,"New":2}"#
    );
}

#[test]
fn of_two_responses_the_last_counts() {
    assert_eq!(
        response(
            r#"{"Response": {"Total": 1, "Members": [{}], "New": 1, "Error": {"Code": "x"}}, "Response": {"RequestId": "a"}}"#
        ),
        r#"{"RequestId":"a"}"#
    );
}

#[test]
fn a_byte_order_mark_is_none_of_the_text() {
    assert_eq!(
        response("\u{FEFF}{\"Response\": {\"RequestId\": \"a\"}}"),
        r#"{"RequestId":"a"}"#
    );
}

#[test]
fn a_body_that_is_no_envelope_is_told_from_one() {
    for (body, expected) in [
        ("", "expected an object, found the end at line 1, column 1"),
        (
            "<html>\r\n<head><title>502 Bad Gateway</title>",
            "expected an object, found `<html>\\r\\n<head><title>502 Bad Gat…` at line 1, column 1",
        ),
        (
            "\"Response\"",
            "expected an object, found `\"Response\"` at line 1, column 1",
        ),
        ("[]", "expected an object, found `[]` at line 1, column 1"),
        (
            "null",
            "expected an object, found `null` at line 1, column 1",
        ),
        (
            "{}",
            "expected an object with the member `Response`, found `{}` at line 1, column 1",
        ),
        (
            " {\"code\": 4100, \"codeDesc\": \"x\"}",
            "expected an object with the member `Response`, found `{\"code\": 4100, \"codeDesc\": \"x\"}` at line 1, column 2",
        ),
        (
            "{\"Response\": null}",
            "expected an object, found `null}` at line 1, column 14, in `Response`",
        ),
        (
            "{\"Response\": []}",
            "expected an object, found `[]}` at line 1, column 14, in `Response`",
        ),
        (
            "{\"Response\": {\"Error\": \"no\"}}",
            "expected an object with the member `Code`, found `\"no\"}}` at line 1, column 24, in `Response.Error`",
        ),
        (
            "{\"Response\": {\"Error\": {\"Message\": \"m\"}}}",
            "expected an object with the member `Code`, found `{\"Message\": \"m\"}}}` at line 1, column 24, in `Response.Error`",
        ),
        (
            "{\"Response\": {\"Error\": {\"Code\": 01}}}",
            "expected no digit after a leading zero, found `1}}}` at line 1, column 34, in `Response.Error.Code`",
        ),
        (
            "{\"Response\": {\"Error\": yes}}",
            "expected a value, found `yes}}` at line 1, column 24, in `Response.Error`",
        ),
        (
            "{\"Response\": {\"RequestId\": \"a\"}} {}",
            "expected nothing more, found `{}` at line 1, column 34",
        ),
        (
            "{\"Response\": {\"RequestId\": \"a\"}",
            "expected `,` or `}`, found the end at line 1, column 32",
        ),
        (
            "{\"Response\": {\"Members\": [{}, {}, {}, {\n\"Count\": uin}]}}",
            "expected a value, found `uin}]}}` at line 2, column 10, in `Response.Members[3].Count`",
        ),
    ] {
        assert_eq!(read(body.as_bytes()).unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_body_that_is_cut_off_anywhere_is_an_error() {
    let body = r#"{"Response": {"Total": 12, "Members": [{"Name": "成\u00e4员", "Inner": {}}], "New": [1.5e3, null],
        "Error": {"Code": "FailedOperation", "Message": "€"}, "RequestId": "id-1"}}"#;
    assert!(read(body.as_bytes()).is_ok());
    for length in 0..body.len() {
        let error = read(&body.as_bytes()[..length]).unwrap_err();
        assert!(error.line() <= 2, "{error}");
    }
}

#[test]
fn gzip_is_no_envelope() {
    let error = read(b"\x1f\x8b\x08\0\0\0\0\0\0\xff").unwrap_err();
    assert_eq!((error.line(), error.column()), (1, 1));
    assert_eq!(error.expected(), "an object");
}

/// Text that is an envelope more or less.
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
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_read_is_json_with_a_response(body in almost_envelope()) {
        let value = Value::read(body.as_bytes());
        match read(body.as_bytes()) {
            Ok((answer, _)) => {
                let value = value.unwrap();
                let response = value.get("Response").unwrap();
                prop_assert!(response.as_object().is_some());
                let refused = matches!(answer, Answer::Refusal(_));
                prop_assert!(refused || response.get("Error").is_none_or(Value::is_null));
            }
            Err(error) => prop_assert!(error.line() == 1 && error.column() <= body.len() + 1),
        }
    }
}
