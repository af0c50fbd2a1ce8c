//! Environment variables, looked up by a function, so that tests can have an environment of their own.

use std::{ffi::OsString, fmt};

/// Why a variable gives no value.
#[derive(Clone, Copy)]
pub(super) enum Unreadable {
    Unset,
    Empty,
    NotUnicode,
}

impl Unreadable {
    /// Whether nobody gave the variable a value.
    pub(super) fn is_absent(self) -> bool {
        !matches!(self, Self::NotUnicode)
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unset => "is not set",
            Self::Empty => "is empty",
            Self::NotUnicode => "is not Unicode",
        })
    }
}

/// The value of a variable.
pub(super) fn read(
    variable: impl Fn(&str) -> Option<OsString>,
    name: &str,
) -> Result<String, Unreadable> {
    match variable(name).map(OsString::into_string) {
        None => Err(Unreadable::Unset),
        Some(Ok(value)) if value.is_empty() => Err(Unreadable::Empty),
        Some(Ok(value)) => Ok(value),
        Some(Err(_)) => Err(Unreadable::NotUnicode),
    }
}
