//! Arguments with a wrong value.

use std::error::Error;
use std::fmt;

/// Error of an argument that names nothing, or does not fit another one.
///
/// Other errors are of the files that are read and written.
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
