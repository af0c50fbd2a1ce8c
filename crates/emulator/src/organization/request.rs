//! The input and the result of a stateful action.

use serde_json::{Map, Value};

use super::parameters::Parameters;
use crate::service_error::ServiceError;
use crate::{Caller, Limits};

/// The content of `Response` without `RequestId`.
pub(crate) type ActionResult = Result<Map<String, Value>, ServiceError>;

/// The input of an action.
pub(crate) struct Request<'a> {
    pub(crate) caller: &'a Caller,
    pub(crate) parameters: Parameters<'a>,
    pub(crate) limits: &'a Limits,
    /// Unix time in seconds.
    pub(crate) now: u64,
}

impl<'a> Request<'a> {
    pub(crate) fn new(
        caller: &'a Caller,
        parameters: &'a Map<String, Value>,
        limits: &'a Limits,
        now: u64,
    ) -> Self {
        Self {
            caller,
            parameters: Parameters(parameters),
            limits,
            now,
        }
    }
}
