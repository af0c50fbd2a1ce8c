//! Usage errors.

use std::fmt::Display;
use std::fs;
use std::path::PathBuf;

use clap::builder::{PathBufValueParser, TypedValueParser};
use clap::error::ErrorKind;
use tc3_pipeline::WrongArgument;

use crate::visible::visible;

/// Creates a usage error that clap cannot detect itself. It is printed like errors of clap, with exit status 2.
pub(crate) fn wrong_usage(message: impl Display) -> clap::Error {
    clap::Error::raw(ErrorKind::ValueValidation, visible(&message.to_string()))
}

/// Parses the path of an existing file or folder.
pub(crate) fn existing() -> impl TypedValueParser<Value = PathBuf> {
    PathBufValueParser::new().try_map(|path| fs::metadata(&path).map(|_| path))
}

/// Converts an error to a usage error, if it is one.
///
/// # Errors
/// Returns any other error unchanged.
pub(crate) fn as_usage(error: anyhow::Error) -> Result<clap::Error, anyhow::Error> {
    match error.downcast() {
        Err(error) if error.is::<WrongArgument>() => Ok(wrong_usage(format!("{error:#}"))),
        usage => usage,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn message_cannot_control_the_terminal() {
        let usage = wrong_usage("the package `\x1b[2J`").to_string();
        assert_eq!(usage.trim_end(), "error: the package `\\u{1b}[2J`");
    }
}
