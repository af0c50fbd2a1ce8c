//! Service errors.

use std::fmt;

use tc3::{CommonError, ErrorCode};

/// A service error: `Error` inside `Response`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceError {
    /// The error code, such as `ResourceNotFound.OrganizationNotExist`.
    pub code: String,
    /// A human-readable message.
    pub message: String,
}

impl ServiceError {
    /// Creates an error with an action's own code.
    pub(crate) fn new(code: &str, message: impl fmt::Display) -> Self {
        Self {
            code: code.to_owned(),
            message: message.to_string(),
        }
    }

    /// Creates an error with a code common to all services.
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
