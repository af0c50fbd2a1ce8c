//! The error of a service.

use std::fmt;

use tc3::{CommonError, ErrorCode};

/// An error as the service answers it: `Error` inside `Response`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// The error code: `ResourceNotFound.OrganizationNotExist`.
    pub code: String,
    /// What is wrong, for people.
    pub message: String,
}

impl ServiceError {
    /// An error with a code that one action has.
    pub(crate) fn new(code: &str, message: impl fmt::Display) -> Self {
        Self {
            code: code.to_owned(),
            message: message.to_string(),
        }
    }

    /// An error with a code that all services have in common.
    pub(crate) fn common(code: CommonError, message: impl fmt::Display) -> Self {
        Self::new(code.as_str(), message)
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ServiceError {}
