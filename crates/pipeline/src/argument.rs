//! Errors of command-line arguments.

use std::error::Error;
use std::fmt;

/// Error of a command-line argument: it names nothing that exists, or contradicts another argument.
#[derive(Debug)]
pub struct WrongArgument(String);

impl WrongArgument {
    pub(crate) fn new(message: impl Into<String>) -> WrongArgument {
        WrongArgument(message.into())
    }
}

impl fmt::Display for WrongArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for WrongArgument {}
