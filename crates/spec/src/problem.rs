//! Problems of specs.

use std::fmt;

/// A problem at a place in a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path, such as `actions.CreateUser.request.Name`.
    pub at: String,
    /// The problem.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.message)
    }
}
