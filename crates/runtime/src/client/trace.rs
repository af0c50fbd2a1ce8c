//! Spans and events of `tracing`, named by OpenTelemetry's conventions for RPC clients: `tc3.call` for each call, and
//! within it `tc3.attempt` for each attempt. A retry is an event, and so is the failure of a call.

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
            otel.kind = "client",
            rpc.system = "tencentcloud",
            rpc.service = call.service.name,
            rpc.method = call.action,
            tencentcloud.version = call.service.version,
            cloud.region = call.region,
        ))
    }

    pub(super) fn attempt(&self, attempt: &Attempt<'_>) -> Self {
        Self(tracing::info_span!(
            parent: &self.0,
            "tc3.attempt",
            server.address = attempt.host,
            http.request.resend_count = attempt.number - 1,
            http.response.status_code = Empty,
            error.r#type = Empty,
            tencentcloud.request_id = Empty,
        ))
    }

    pub(super) fn instrument<F: Future>(&self, future: F) -> Instrumented<F> {
        future.instrument(self.0.clone())
    }

    pub(super) fn close(self, status: Option<StatusCode>, outcome: Result<&str, &Error>) {
        let status = status.map(|status| status.as_u16());
        let (status, request_id) = match outcome {
            Ok(request_id) => (status, Some(request_id)),
            Err(error) => {
                self.0.record("error.type", &*error_type(error));
                (error.http_status(), error.request_id())
            }
        };
        self.0.record("http.response.status_code", status);
        self.0.record("tencentcloud.request_id", request_id);
    }

    pub(super) fn retry(&self, error: &Error, backoff: Duration) {
        tracing::info!(parent: &self.0, ?backoff, "retrying after: {error}");
    }

    pub(super) fn failed(&self, error: &Error, elapsed: Duration) {
        tracing::warn!(
            parent: &self.0,
            error.r#type = error_type(error),
            tencentcloud.request_id = error.request_id(),
            attempts = error.attempts(),
            ?elapsed,
            "call failed: {error}"
        );
    }
}

/// Returns the service's code, or the kind of the failure.
fn error_type(error: &Error) -> String {
    match error.code() {
        Some(code) => code.to_owned(),
        None if error.is_timeout() => "timeout".to_owned(),
        None => format!("{:?}", error.kind()),
    }
}
