use std::fmt;

use hyper::StatusCode;

/// Error response: an HTTP status with a message for the user.
#[derive(Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) message: String,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl fmt::Display) -> Self {
        let message = message.to_string();
        Self { status, message }
    }

    /// Creates the error of an invalid request.
    pub(crate) fn bad_request(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// Creates the error of a missing item.
    pub(crate) fn not_found(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// Creates the error of a forbidden request.
    pub(crate) fn forbidden(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// Creates the error of an internal failure.
    pub(crate) fn internal(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }
}

impl From<tc3_catalogue::Error> for Problem {
    fn from(error: tc3_catalogue::Error) -> Self {
        use tc3_catalogue::Error::{UnknownAction, UnknownService, UnknownVersion};
        match error {
            UnknownService { .. } | UnknownVersion { .. } | UnknownAction { .. } => {
                Self::not_found(error)
            }
            _ => Self::internal(error),
        }
    }
}
