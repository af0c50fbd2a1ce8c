//! HTTP requests of providers, and their responses.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use http::StatusCode;
use serde_json::value::RawValue;
use zeroize::{Zeroize as _, Zeroizing};

use super::{Credential, ExpiringCredential, Fetched};
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
    let response = sent.map_err(|failure| Error::transport(failure, &host.unwrap_or_default()))?;
    let (status, body) = (response.status(), response.into_body());
    let text = Zeroizing::new(String::from_utf8_lossy(&body).into_owned());
    // The body can be wiped too if nothing else shares it.
    if let Ok(mut body) = body.try_into_mut() {
        body.as_mut().zeroize();
    }
    Ok(Response { status, text })
}

impl Response {
    /// Reads the text as a JSON object.
    pub(super) fn members(&self) -> Result<Members<'_>, Error> {
        let text = self.text.trim_start_matches('\u{FEFF}');
        let members = serde_json::from_str(text).map(Members);
        members.map_err(|error| self.unusable(Some(&error)))
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

/// Members of a JSON object as slices of its text, so that no secret is copied until it is needed.
///
/// A member that is null or of another type counts as missing.
#[derive(Default)]
pub(super) struct Members<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Members<'a> {
    pub(super) fn object(&self, name: &str) -> Option<Members<'a>> {
        let object = self.0.get(name)?.get();
        serde_json::from_str(object).ok().map(Members)
    }

    /// Returns a string, unless it is empty.
    pub(super) fn string(&self, name: &str) -> Option<String> {
        let string: String = serde_json::from_str(self.0.get(name)?.get()).ok()?;
        (!string.is_empty()).then_some(string)
    }

    /// Returns a Unix time in seconds, from a number or a string.
    pub(super) fn time(&self, name: &str) -> Option<SystemTime> {
        let seconds = self.0.get(name)?.get().trim_matches('"').parse().ok()?;
        UNIX_EPOCH.checked_add(Duration::from_secs(seconds))
    }

    /// Returns the temporary credential that the members describe. It expires at `expires`.
    pub(super) fn credential(&self, expires: Option<SystemTime>) -> Fetched {
        let mut missing = Vec::new();
        let [id, key, token] = ["TmpSecretId", "TmpSecretKey", "Token"].map(|name| {
            let string = self.string(name);
            if string.is_none() {
                missing.push(name);
            }
            string.unwrap_or_default()
        });
        let credential = Credential::new(id, key).with_token(token);
        match expires {
            None => missing.push("ExpiredTime"),
            Some(expires) if missing.is_empty() => {
                return Ok(ExpiringCredential::until(credential, expires));
            }
            Some(_) => {}
        }
        let problem = format!("the response has no `{}`", missing.join("`, `"));
        Err(Error::credential(problem))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn member_of_another_type_counts_as_missing() {
        let response = |text: &str| Response {
            status: StatusCode::OK,
            text: Zeroizing::new(text.to_owned()),
        };
        let response = response(
            "\u{FEFF}{\"A\":\"x\\u0041\",\"B\":null,\"C\":7,\"D\":\"8\",\"E\":\"\",\"F\":{\"A\":[1]}}",
        );
        let members = response.members().unwrap();
        assert_eq!(members.string("A").as_deref(), Some("xA"));
        for name in ["B", "C", "E", "F", "G"] {
            assert_eq!(members.string(name), None, "{name}");
        }
        let at = |seconds| UNIX_EPOCH.checked_add(Duration::from_secs(seconds));
        assert_eq!((members.time("C"), members.time("D")), (at(7), at(8)));
        assert_eq!((members.time("A"), members.time("B")), (None, None));
        assert!(
            members
                .object("F")
                .is_some_and(|inner| inner.string("A").is_none())
        );
        assert!(members.object("A").is_none());
    }
}
