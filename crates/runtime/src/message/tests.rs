//! The envelope of a response: what is a response, what is an error of the service, and what is neither.

use super::{Field, FieldReader, FieldValue, Kind, Message as _, Table, read_envelope};
use crate::UntypedResponse;

/// The response in a body; otherwise the code and message of the service's error, or why the body cannot be read.
fn response(body: &str) -> Result<UntypedResponse, String> {
    let envelope = read_envelope(body.as_bytes(), UntypedResponse::TABLE);
    let mut envelope = envelope.map_err(|error| error.to_string())?;
    match envelope.refusal {
        Some(refusal) => Err(format!("{}: {}", refusal.code, refusal.message)),
        None => Ok(UntypedResponse::read(&mut FieldReader::new(
            &mut envelope.values,
        ))),
    }
}

#[test]
fn response_is_read() {
    for body in [
        r#" {"Response": {"Total": 1.50, "RequestId": "id-1"}} "#,
        r#"{"Response": {"RequestId": "id-1", "Total": 1.50, "Error": null}}"#,
        r#"{"Response": {"RequestId": "old"}, "Response": {"Total": 1.50, "RequestId": "id-1"}}"#,
        r#"{"Response": {"Error": {"Code": "X"}}, "Response": {"Total": 1.50, "RequestId": "id-1"}}"#,
        "\u{FEFF}{\"Response\": {\"RequestId\": \"id-1\", \"Total\": 1.50}}",
    ] {
        let response = response(body).unwrap();
        assert_eq!(response.request_id, "id-1");
        assert_eq!(response.extra.len(), 1);
        assert_eq!(response.extra.get("Total").unwrap().text(), "1.50");
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_replaced() {
    let body = b"{\"Response\": {\"RequestId\": \"\xCE\xD2\", \"Name\": \"\xFF\"}}";
    let envelope = read_envelope(body, UntypedResponse::TABLE).unwrap();
    let FieldValue::String(request_id) = &envelope.values[0] else {
        panic!("{envelope:?}");
    };
    assert_eq!(request_id, "\u{FFFD}\u{FFFD}");
    assert!(read_envelope(b"{\"Response\": \xE4}", UntypedResponse::TABLE).is_err());
}

#[test]
fn members_beside_the_response_are_kept() {
    let body = r#"{"Trace": [1], "Response": {"RequestId": "id-1", "Total": 1}, "Total": 2}"#;
    let response = response(body).unwrap();
    assert_eq!(response.extra.len(), 2);
    assert_eq!(response.extra.get("Trace").unwrap().text(), "[1]");
    assert_eq!(response.extra.get("Total").unwrap().text(), "1");
}

#[test]
fn error_anywhere_in_the_response_is_the_services() {
    let error =
        r#""Error": {"Code": "LimitExceeded.Members", "Message": "Too \"many\".", "New": 1}"#;
    for body in [
        format!(r#"{{"Response": {{{error}, "RequestId": "id-1"}}}}"#),
        format!(r#"{{"Response": {{"RequestId": "id-1", {error}}}}}"#),
        format!(r#"{{"Response": {{"Total": 1.5, {error}, "Members": [{{}}]}}, "Beside": 1}}"#),
    ] {
        assert_eq!(
            response(&body).unwrap_err(),
            "LimitExceeded.Members: Too \"many\"."
        );
    }
    let odd = r#"{"Response": {"Error": {"Code": 17, "Message": null}}}"#;
    assert_eq!(response(odd).unwrap_err(), "17: ");
}

#[test]
fn error_that_is_none_is_refused() {
    for error in [
        "{}",
        r#"{"Code": ""}"#,
        r#"{"Code": null}"#,
        r#""text""#,
        "7",
        "[]",
        "false",
    ] {
        let body = format!(r#"{{"Response": {{"Error": {error}, "RequestId": "id-1"}}}}"#);
        let problem = response(&body).unwrap_err();
        assert!(
            problem.starts_with("expected an object with the member `Code`"),
            "{problem}"
        );
        assert!(problem.ends_with("in `Response.Error`"), "{problem}");
    }
}

#[test]
fn response_may_have_a_field_called_error() {
    const TABLE: &Table = &Table {
        name: "Task",
        fields: &[
            Field("Error", Kind::String),
            Field("RequestId", Kind::String),
        ],
        required: &[],
    };
    let read = |error: &str| {
        let body = format!(r#"{{"Response": {{"Error": {error}, "RequestId": "id-1"}}}}"#);
        read_envelope(body.as_bytes(), TABLE).unwrap()
    };
    let task = read(r#""disk full""#);
    assert_eq!(task.refusal, None);
    assert_eq!(task.values[0], FieldValue::String("disk full".into()));
    assert_eq!(read("null").values[0], FieldValue::Absent);
    assert!(matches!(read("[1]").values[2], FieldValue::Unknown(_)));
    assert_eq!(
        read(r#"{"Code": "InternalError"}"#).refusal.unwrap().code,
        "InternalError"
    );
}

#[test]
fn what_is_no_envelope_is_refused() {
    for (body, expected) in [
        ("", "EOF while parsing a value"),
        ("<html>", "expected value at line 1 column 1"),
        (
            r#""secret""#,
            "expected an object with the member `Response`",
        ),
        ("[]", "expected an object with the member `Response`"),
        ("{}", "expected an object with the member `Response`"),
        (
            r#"{"ok": true}"#,
            "expected an object with the member `Response`",
        ),
        (r#"{"Response": 1}"#, "expected an object"),
        (r#"{"Response": null}"#, "expected an object"),
        (r#"{"Response": "secret secret"}"#, "expected an object"),
        (r#"{"Response": {}} x"#, "trailing characters"),
        (
            r#"{"Response": {"RequestId": "id-1"}"#,
            "EOF while parsing an object",
        ),
        (
            r#"{"Response": {"RequestId": "id-1""#,
            "EOF while parsing an object",
        ),
        (
            r#"{"Response": {"RequestId": "id-"#,
            "EOF while parsing a string",
        ),
    ] {
        let problem = response(body).unwrap_err();
        assert!(problem.starts_with(expected), "{body}: {problem}");
        assert!(!problem.contains("secret"), "{problem}");
    }
}
