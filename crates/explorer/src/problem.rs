use std::fmt;

use hyper::StatusCode;

/// Why a request has no answer: an HTTP status with a message for people.
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

    /// The request is wrong.
    pub(crate) fn bad(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// There is no such thing.
    pub(crate) fn absent(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// It is not allowed.
    pub(crate) fn forbidden(message: impl fmt::Display) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// The explorer failed.
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
