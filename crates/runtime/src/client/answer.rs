use bytes::Bytes;
use http::{HeaderName, StatusCode, header};

use crate::{
    Credential, Error, ErrorKind, Phase, Value,
    envelope::{self, Answer},
    operation::Operation,
    record::Places,
};

/// Maximum number of characters of a body in an error.
const EXCERPT: usize = 160;

/// Maximum number of bytes of a body that are searched for secrets to make an excerpt.
const EXCERPT_SOURCE: usize = 8 * 1024;

/// Reads a raw response into an empty one, which stays empty if this fails.
pub(super) fn read(
    operation: &Operation,
    credential: &Credential,
    answer: &http::Response<Bytes>,
    response: &mut Places<'_>,
) -> Result<(), Error> {
    let status = answer.status();
    let body = answer.body();
    let error = match envelope::read_into(body, response) {
        Ok(Answer::Refusal(refusal)) => Error::service(operation, refusal.code, refusal.message)
            .with_request_id(Some(refusal.request_id).filter(|id| !id.is_empty())),
        Ok(Answer::Response) => match envelope::request_id(response) {
            Some(_) if status.is_success() => return Ok(()),
            Some(request_id) => unreadable("response has no error but its HTTP status is one")
                .with_request_id(Some(request_id.to_owned())),
            None => unreadable(format!(
                "response has no `RequestId`: {}",
                excerpt(body, credential)
            )),
        },
        Err(error) => match old_error(operation, body) {
            Some(error) => error,
            None => {
                let unreadable = unreadable(no_envelope(answer, credential));
                // The reader may quote a part of a secret, which `redact` does not recognize.
                if credential.occurs_in(&String::from_utf8_lossy(body)) {
                    unreadable
                } else {
                    unreadable.with_source(error)
                }
            }
        },
    };
    response.reset();
    Err(error.redact(credential).with_http_status(status.as_u16()))
}

fn unreadable(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Response, message).with_phase(Phase::Answered)
}

/// Describes a response without an envelope.
fn no_envelope(answer: &http::Response<Bytes>, credential: &Credential) -> String {
    let header = |name: HeaderName| {
        let value = answer.headers().get(name)?.as_bytes();
        Some(excerpt(value, credential))
    };
    if answer.status().is_redirection()
        && let Some(location) = header(header::LOCATION)
    {
        return format!("response redirects to {location}, which is not followed");
    }
    if let Some(encoding) = header(header::CONTENT_ENCODING) {
        return format!("response is encoded as {encoding}, which was not requested");
    }
    if answer.body().is_empty() {
        return "response is empty".to_owned();
    }
    let problem = if answer.status() == StatusCode::OK {
        "response cannot be read"
    } else {
        "response does not come from the service"
    };
    format!("{problem}: {}", excerpt(answer.body(), credential))
}

/// Returns the error of a response in the form that services had before there were envelopes:
/// `{"code": 4100, "codeDesc": "InvalidParameter.SignatureFailure", "message": "…"}`.
fn old_error(operation: &Operation, body: &[u8]) -> Option<Error> {
    let Ok(Value::Object(answer)) = Value::read(body) else {
        return None;
    };
    let code = match answer.get("code")? {
        Value::Number(code) => code.to_string(),
        Value::String(code) => code.clone(),
        _ => return None,
    };
    if matches!(code.as_str(), "0" | "") {
        return None;
    }
    let text = |name| answer.get(name).and_then(Value::as_str);
    let message = text("message").unwrap_or_default();
    let code = text("codeDesc").map_or(code, str::to_owned);
    Some(Error::service(operation, code, message.to_owned()))
}

/// Returns the beginning of any text on one line, without secrets, in backquotes.
fn excerpt(text: &[u8], credential: &Credential) -> String {
    let head = &text[..text.len().min(EXCERPT_SOURCE)];
    let is_cut = head.len() < text.len();
    let mut text = credential.redact(&String::from_utf8_lossy(head));
    if is_cut {
        // The end may be a part of a secret, which `redact` does not recognize.
        let mut sure = text.len().saturating_sub(credential.longest());
        while !text.is_char_boundary(sure) {
            sure -= 1;
        }
        text.truncate(sure);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut characters = text.chars();
    let mut excerpt = String::from("`");
    for character in characters.by_ref().take(EXCERPT) {
        match character {
            // Quotation marks are legible; only invisible characters need escapes.
            '"' | '\'' | '\\' => excerpt.push(character),
            _ => excerpt.extend(character.escape_debug()),
        }
    }
    excerpt.push_str(if characters.next().is_some() {
        "…`"
    } else {
        "`"
    });
    excerpt
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Untyped,
        record::{Record as _, Slots as _},
    };

    #[test]
    fn response_stays_empty_unless_the_call_succeeds() {
        let operation = Operation::Named("Find".into());
        let credential = Credential::new("id", "key");
        let mut response = Untyped::empty();
        let mut read = |status: u16, body: &'static str| {
            let answer = http::Response::builder().status(status);
            let answer = answer.body(Bytes::from(body)).unwrap();
            let read = super::read(&operation, &credential, &answer, &mut response.places());
            (read.is_ok(), response == Untyped::empty())
        };
        let failed = (false, true);
        for (status, body) in [
            (
                200,
                r#"{"Response":{"Uin":7,"RequestId":"1","Error":{"Code":"InternalError"}}}"#,
            ),
            (200, r#"{"Response":{"Uin":7,"RequestId":"1"},"Beside":1"#),
            (200, r#"{"Response":{"Uin":7}}"#),
            (500, r#"{"Response":{"Uin":7,"RequestId":"1"}}"#),
        ] {
            assert_eq!(read(status, body), failed, "{body}");
        }
        let body = r#"{"Response":{"Uin":7,"RequestId":"1"}}"#;
        assert_eq!(read(200, body), (true, false));
    }
}
