//! One request of a provider and its answer.

use std::{mem, ops::Deref, time::Duration};

use bytes::Bytes;
use http::StatusCode;
use zeroize::Zeroize as _;

use crate::{
    Error, Phase,
    error::is_transient_status,
    json::ReadError,
    transport::{Limits, Transport},
};

/// An answer, which is wiped from memory when dropped: it may hold a credential.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Wiped,
}

/// A body that is wiped when dropped, unless somebody else has a clone of it.
pub(super) struct Wiped(Bytes);

impl Deref for Wiped {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Wiped {
    fn drop(&mut self) {
        if let Ok(mut bytes) = mem::take(&mut self.0).try_into_mut() {
            bytes.as_mut().zeroize();
        }
    }
}

/// Sends a request and waits for the answer, of whatever status.
pub(super) async fn send(
    transport: &dyn Transport,
    request: http::Request<Bytes>,
    timeout: Duration,
) -> Result<Answer, Error> {
    let host = request.uri().authority().map(ToString::to_string);
    let answer = transport
        .send(request, Limits::within(timeout))
        .await
        .map_err(|failure| Error::transport(failure, &host.unwrap_or_default()))?;
    let (head, body) = answer.into_parts();
    Ok(Answer {
        status: head.status,
        body: Wiped(body),
    })
}

impl Answer {
    /// What to say of an answer that is not what was asked for. Nothing of it is quoted: it may be a part of a
    /// credential, or repeat the token that was sent.
    pub(super) fn unreadable(&self, error: Option<&ReadError>) -> Error {
        let status = self.status.as_u16();
        let body = self.body.trim_ascii_start();
        let problem = match error {
            _ if body.is_empty() => "the answer is empty".to_owned(),
            _ if body.starts_with(b"<") => "the answer is a web page".to_owned(),
            _ if !self.status.is_success() => "the answer tells of an error".to_owned(),
            Some(error) => format!(
                "the answer cannot be read: expected {} at line {}, column {}",
                error.expected(),
                error.line(),
                error.column()
            ),
            None => "the answer is something else than was asked for".to_owned(),
        };
        Error::credential(format!("{problem} (HTTP {status})"))
            .with_phase(Phase::Answered)
            .with_transient(is_transient_status(status))
    }
}
