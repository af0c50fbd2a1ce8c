use std::fmt;

use hyper::StatusCode;

/// Error response: an HTTP status with a message for people.
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
    pub(crate) fn bad(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// Creates the error of a missing item.
    pub(crate) fn absent(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// Creates the error of a forbidden request.
    pub(crate) fn forbidden(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// Creates the error of a failure in the explorer.
    pub(crate) fn failed(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    }
}

impl From<tc3_catalogue::Error> for Problem {
    fn from(error: tc3_catalogue::Error) -> Self {
        use tc3_catalogue::Error::{UnknownAction, UnknownService, UnknownVersion};
        match error {
            UnknownService { .. } | UnknownVersion { .. } | UnknownAction { .. } => {
                Self::absent(error)
            }
            _ => Self::failed(error),
        }
    }
}
