//! Spans of `tracing`, if the feature is on: one for each call, `tc3.call`, and within it one for each attempt,
//! `tc3.attempt`.

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use http::StatusCode;
    use tracing::{Instrument as _, field::Empty};

    use super::super::Attempt;
    use crate::Error;

    /// A span of `tracing`.
    pub(in super::super) struct Span(tracing::Span);

    impl Span {
        pub(in super::super) fn none() -> Self {
            Self(tracing::Span::none())
        }

        /// The span of a call.
        pub(in super::super) fn of_call(call: &Attempt<'_>) -> Self {
            Self(tracing::info_span!(
                "tc3.call",
                service = call.service.name,
                action = call.action,
                version = call.service.version,
                region = call.region,
            ))
        }

        /// The span of an attempt within that of its call.
        pub(in super::super) fn attempt(&self, attempt: &Attempt<'_>) -> Self {
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

        /// Lets what the future does be seen within the span.
        pub(in super::super) fn around<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.0.clone())
        }

        pub(in super::super) fn succeeded(&self, status: StatusCode, request_id: &str) {
            self.0.record("status", status.as_u16());
            self.0.record("request_id", request_id);
        }

        pub(in super::super) fn failed(&self, error: &Error) {
            if let Some(status) = error.http_status() {
                self.0.record("status", status);
            }
            if let Some(code) = error.code() {
                self.0.record("code", code);
            }
            if let Some(request_id) = error.request_id() {
                self.0.record("request_id", request_id);
            }
            self.0.record("error", tracing::field::display(error));
        }

        /// The call will be sent again after a pause.
        pub(in super::super) fn pause(&self, pause: Duration) {
            tracing::debug!(parent: &self.0, ?pause, "the call is sent again");
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use http::StatusCode;

    use super::super::Attempt;
    use crate::Error;

    /// No span: the feature is off.
    pub(in super::super) struct Span;

    impl Span {
        pub(in super::super) fn none() -> Self {
            Self
        }

        pub(in super::super) fn of_call(_call: &Attempt<'_>) -> Self {
            Self
        }

        pub(in super::super) fn attempt(&self, _attempt: &Attempt<'_>) -> Self {
            Self
        }

        pub(in super::super) fn around<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in super::super) fn succeeded(&self, _status: StatusCode, _request_id: &str) {}

        pub(in super::super) fn failed(&self, _error: &Error) {}

        pub(in super::super) fn pause(&self, _pause: Duration) {}
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) use self::off::Span;
#[cfg(feature = "tracing")]
pub(super) use self::on::Span;
