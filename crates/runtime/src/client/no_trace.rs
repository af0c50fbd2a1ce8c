//! Stands in for the spans of `trace.rs` if the feature `tracing` is off.

use std::time::Duration;

use http::StatusCode;

use super::Attempt;
use crate::Error;

pub(super) struct Span;

impl Span {
    pub(super) fn none() -> Self {
        Self
    }

    pub(super) fn of_call(_: &Attempt<'_>) -> Self {
        Self
    }

    pub(super) fn attempt(&self, _: &Attempt<'_>) -> Self {
        Self
    }

    pub(super) fn instrument<F: Future>(&self, future: F) -> F {
        future
    }

    pub(super) fn close(self, _: Option<StatusCode>, _: Result<&str, &Error>) {}

    pub(super) fn retry(&self, _: Duration) {}
}
