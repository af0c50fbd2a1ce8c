//! Spans of `tracing`: `tc3.call` for each call, and within it `tc3.attempt` for each attempt. `no_trace.rs` stands in
//! for them if the feature is off.

use std::time::Duration;

use http::StatusCode;
use tracing::{Instrument as _, field::Empty, instrument::Instrumented};

use super::Attempt;
use crate::Error;

pub(super) struct Span(tracing::Span);

impl Span {
    pub(super) fn none() -> Self {
        Self(tracing::Span::none())
    }

    pub(super) fn of_call(call: &Attempt<'_>) -> Self {
        Self(tracing::info_span!(
            "tc3.call",
            service = call.service.name,
            action = call.action,
            version = call.service.version,
            region = call.region,
        ))
    }

    /// Opens the span of an attempt of this call.
    pub(super) fn attempt(&self, attempt: &Attempt<'_>) -> Self {
        Self(tracing::info_span!(
            parent: &self.0,
            "tc3.attempt",
            service = attempt.service.name,
            action = attempt.action,
            version = attempt.service.version,
            region = attempt.region,
            host = attempt.host,
            attempt = attempt.number,
            status = Empty,
            code = Empty,
            request_id = Empty,
            error = Empty,
        ))
    }

    pub(super) fn instrument<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.0.clone())
    }

    /// Records the outcome of the attempt and closes its span.
    pub(super) fn close(self, status: Option<StatusCode>, outcome: Result<&str, &Error>) {
        let status = status.map(|status| status.as_u16());
        let (status, code, request_id) = match outcome {
            Ok(request_id) => (status, None, Some(request_id)),
            Err(error) => {
                self.0.record("error", tracing::field::display(error));
                (error.http_status(), error.code(), error.request_id())
            }
        };
        self.0.record("status", status);
        self.0.record("code", code);
        self.0.record("request_id", request_id);
    }

    pub(super) fn retry(&self, backoff: Duration) {
        tracing::debug!(parent: &self.0, ?backoff, "retrying the call");
    }
}
