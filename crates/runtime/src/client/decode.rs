use bytes::Bytes;
use http::{HeaderName, StatusCode, header};
use tc3_protocol::message::{Envelope, FieldValue, Table, read_envelope, redact_json};

use crate::{Credential, Error, ErrorKind, Phase, operation::Operation};

/// Maximum number of characters of a body in an error.
const MAX_EXCERPT: usize = 160;

/// Memory limit of decoded values, as a multiple of `response_limit`.
const MEMORY_FACTOR: usize = 8;

/// Maximum number of bytes of a body that are searched for secrets to make an excerpt.
const MAX_EXCERPT_SOURCE: usize = 8 * 1024;

/// Returns the memory limit of decoded values in bytes, for this `response_limit`.
pub(super) fn memory_limit(limit: usize) -> usize {
    limit.saturating_mul(MEMORY_FACTOR)
}

/// Reads the values of a response by this table.
///
/// # Errors
/// Returns the service's error, or that of a response that cannot be read.
pub(super) fn read(
    operation: &Operation,
    credential: &Credential,
    response: &http::Response<Bytes>,
    table: &'static Table,
    limit: usize,
) -> Result<Vec<FieldValue>, Error> {
    let status = response.status();
    let body = response.body();
    let error = match read_envelope(body, table, memory_limit(limit)) {
        Ok(Envelope { values, error }) => {
            let request_id = request_id(&values, table);
            let error = match (error, request_id) {
                (Some(error), _) => Error::service(operation, error.code, error.message),
                (None, Some(_)) if status.is_success() => return Ok(values),
                (None, Some(_)) => unreadable("response has an HTTP error status but no `Error`"),
                (None, None) => {
                    let excerpt = excerpt(body, credential);
                    unreadable(format!("response has no `RequestId`: {excerpt}"))
                }
            };
            error.with_request_id(request_id)
        }
        Err(error) if error.is_too_large() => unreadable(format!(
            "response takes more than {MEMORY_FACTOR} times `response_limit` ({limit} bytes) as values; \
             ask for a smaller page, or raise `response_limit`"
        )),
        Err(error) => old_error(operation, body).unwrap_or_else(|| {
            let unreadable = unreadable(no_envelope(response, credential));
            // The reader may quote a part of a secret, which `redact` does not recognize.
            match credential.occurs_in(&String::from_utf8_lossy(body)) {
                true => unreadable,
                false => unreadable.with_source(error),
            }
        }),
    };
    Err(error
        .redact(|text| credential.redact(text))
        .with_http_status(status.as_u16()))
}

/// Returns the request ID of a response, if it has one.
pub(super) fn request_id<'a>(values: &'a [FieldValue], table: &Table) -> Option<&'a str> {
    FieldValue::of(values, table, "RequestId").and_then(FieldValue::text)
}

fn unreadable(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Response, message).with_phase(Phase::Answered)
}

/// Describes a response without an envelope.
fn no_envelope(response: &http::Response<Bytes>, credential: &Credential) -> String {
    let headers = response.headers();
    let header = |name: HeaderName| Some(excerpt(headers.get(name)?.as_bytes(), credential));
    if response.status().is_redirection()
        && let Some(location) = header(header::LOCATION)
    {
        return format!("response redirects to {location}, which is not followed");
    }
    if let Some(encoding) = header(header::CONTENT_ENCODING) {
        return format!("response is encoded as {encoding}, which was not requested");
    }
    if response.body().is_empty() {
        return "response is empty".to_owned();
    }
    let problem = match response.status() {
        StatusCode::OK => "response cannot be read",
        _ => "response does not come from the service",
    };
    format!("{problem}: {}", excerpt(response.body(), credential))
}

/// Returns the error of a response in the old format, without an envelope: `{"code": 4100, "codeDesc":
/// "InvalidParameter.SignatureFailure", "message": "…"}`.
fn old_error(operation: &Operation, body: &[u8]) -> Option<Error> {
    let response: serde_json::Value = serde_json::from_slice(body).ok()?;
    let text = |name| match response.get(name)? {
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::String(text) => Some(text.clone()),
        _ => None,
    };
    let code = text("code").filter(|code| !matches!(code.as_str(), "0" | ""))?;
    let code = text("codeDesc").unwrap_or(code);
    let message = text("message").unwrap_or_default();
    Some(Error::service(operation, code, message))
}

/// Returns the beginning of a text on one line, without secrets, in backquotes.
fn excerpt(text: &[u8], credential: &Credential) -> String {
    let head = &text[..text.len().min(MAX_EXCERPT_SOURCE)];
    let is_cut = head.len() < text.len();
    let text = String::from_utf8_lossy(head);
    let mut text = credential.redact(&redact_json(&text));
    if is_cut {
        // The end may be a part of a secret, which `redact` does not recognize.
        let mut end = text.len().saturating_sub(credential.max_secret_length());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        text.truncate(end);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut excerpt = String::from("`");
    for (index, character) in text.chars().enumerate() {
        match character {
            _ if index == MAX_EXCERPT => {
                excerpt.push('…');
                break;
            }
            // Quotation marks are legible; only invisible characters need escapes.
            '"' | '\'' | '\\' => excerpt.push(character),
            _ => excerpt.extend(character.escape_debug()),
        }
    }
    excerpt + "`"
}

#[cfg(test)]
mod tests {
    use tc3_protocol::message::Message as _;

    use super::*;
    use crate::EmptyResponse;

    #[test]
    fn only_a_complete_success_is_decoded() {
        let operation = Operation::Named("Find".into());
        let credential = Credential::new("id", "key");
        let read = |status: u16, body: &'static str| {
            let response = http::Response::builder().status(status);
            let response = response.body(Bytes::from(body)).unwrap();
            super::read(
                &operation,
                &credential,
                &response,
                EmptyResponse::TABLE,
                1024,
            )
            .is_ok()
        };
        for (status, body) in [
            (
                200,
                r#"{"Response":{"Uin":7,"RequestId":"1","Error":{"Code":"InternalError"}}}"#,
            ),
            (200, r#"{"Response":{"Uin":7,"RequestId":"1"},"Beside":1"#),
            (200, r#"{"Response":{"Uin":7}}"#),
            (500, r#"{"Response":{"Uin":7,"RequestId":"1"}}"#),
        ] {
            assert!(!read(status, body), "{body}");
        }
        assert!(read(200, r#"{"Response":{"Uin":7,"RequestId":"1"}}"#));
    }
}
