//! Warnings of an import.

use std::fmt;

/// A part of the metadata that was ignored or is incomplete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The path, such as `actions.CreateUser[0].output`.
    pub at: String,
    /// The problem.
    pub message: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}
