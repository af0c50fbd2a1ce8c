//! Spans of `tracing`, if the feature is on: `tc3.call` for each call, and within it `tc3.attempt` for each attempt.

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use http::StatusCode;
    use tracing::{Instrument as _, field::Empty};

    use super::super::Attempt;
    use crate::Error;

    pub(in super::super) struct Span(tracing::Span);

    impl Span {
        pub(in super::super) fn none() -> Self {
            Self(tracing::Span::none())
        }

        pub(in super::super) fn of_call(call: &Attempt<'_>) -> Self {
            Self(tracing::info_span!(
                "tc3.call",
                service = call.service.name,
                action = call.action,
                version = call.service.version,
                region = call.region,
            ))
        }

        /// Opens the span of an attempt of this call.
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

        pub(in super::super) fn instrument<F: Future>(
            &self,
            future: F,
        ) -> impl Future<Output = F::Output> + use<F> {
            future.instrument(self.0.clone())
        }

        /// Records the outcome of the attempt and closes its span.
        pub(in super::super) fn close(self, outcome: Result<(StatusCode, &str), &Error>) {
            let (status, code, request_id) = match outcome {
                Ok((status, id)) => (Some(status.as_u16()), None, Some(id)),
                Err(error) => {
                    self.0.record("error", tracing::field::display(error));
                    (error.http_status(), error.code(), error.request_id())
                }
            };
            self.0.record("status", status);
            self.0.record("code", code);
            self.0.record("request_id", request_id);
        }

        pub(in super::super) fn retry(&self, backoff: Duration) {
            tracing::debug!(parent: &self.0, ?backoff, "retrying the call");
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use http::StatusCode;

    use super::super::Attempt;
    use crate::Error;

    pub(in super::super) struct Span;

    impl Span {
        pub(in super::super) fn none() -> Self {
            Self
        }

        pub(in super::super) fn of_call(_: &Attempt<'_>) -> Self {
            Self
        }

        pub(in super::super) fn attempt(&self, _: &Attempt<'_>) -> Self {
            Self
        }

        pub(in super::super) fn instrument<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in super::super) fn close(self, _: Result<(StatusCode, &str), &Error>) {}

        pub(in super::super) fn retry(&self, _: Duration) {}
    }
}

#[cfg(not(feature = "tracing"))]
pub(super) use self::off::Span;
#[cfg(feature = "tracing")]
pub(super) use self::on::Span;
