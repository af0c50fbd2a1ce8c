//! HTTP requests of providers, and their responses.

use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use zeroize::{Zeroize as _, Zeroizing};

use super::json::Members;
use crate::{
    Error,
    error::is_transient_status,
    transport::{Limits, Transport},
};

/// HTTP response. Its text is wiped when dropped, because it may contain a credential.
pub(super) struct Response {
    pub(super) status: StatusCode,
    pub(super) text: Zeroizing<String>,
}

/// Sends a request and returns the response, regardless of its status.
pub(super) async fn send(
    transport: &dyn Transport,
    request: http::Request<Bytes>,
    timeout: Duration,
) -> Result<Response, Error> {
    let host = request.uri().authority().map(ToString::to_string);
    let sent = transport.send(request, Limits::within(timeout)).await;
    let response = sent.map_err(|failure| failure.at_host(&host.unwrap_or_default()))?;
    let (status, body) = (response.status(), response.into_body());
    // Enough even if each byte is replaced: a reallocation would leave a copy that is not wiped.
    let replaced = char::REPLACEMENT_CHARACTER;
    let mut text = Zeroizing::new(String::with_capacity(replaced.len_utf8() * body.len()));
    for chunk in body.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend((!chunk.invalid().is_empty()).then_some(replaced));
    }
    // The body can be wiped too if nothing else shares it.
    if let Ok(mut body) = body.try_into_mut() {
        body.as_mut().zeroize();
    }
    Ok(Response { status, text })
}

impl Response {
    /// Reads the text as a JSON object.
    pub(super) fn members(&self) -> Result<Members<'_>, Error> {
        Members::read(&self.text).map_err(|error| self.unusable(Some(&error)))
    }

    /// Returns the error for an unexpected response. It does not quote the response, which may contain a part of a
    /// credential, or repeat the token of the request.
    pub(super) fn unusable(&self, error: Option<&serde_json::Error>) -> Error {
        let status = self.status.as_u16();
        let text = self.text.trim_start();
        let problem = match error {
            _ if text.is_empty() => "the response is empty".to_owned(),
            _ if text.starts_with('<') => "the response is a web page".to_owned(),
            _ if !self.status.is_success() => "the response is an error".to_owned(),
            Some(error) if !error.is_data() => format!(
                "the response is not valid JSON at line {}, column {}",
                error.line(),
                error.column()
            ),
            _ => "the response has an unexpected format".to_owned(),
        };
        Error::credential(format!("{problem} (HTTP {status})"))
            .with_transient(is_transient_status(status))
    }
}
