//! Prints to standard output and standard error.

use std::io::{self, IsTerminal, Write as _};

use anyhow::{Context, Result};

use crate::visible::visible;

/// Calls [`print_line`] with a format string.
macro_rules! print_line {
    ($($format:tt)*) => { $crate::print::print_line(&format!($($format)*)) };
}

/// Calls [`print_message`] with a format string.
macro_rules! print_message {
    ($($format:tt)*) => { $crate::print::print_message(&format!($($format)*)) };
}

/// Prints a summary line to standard output. Ignores write errors, because the command must finish its work.
pub(crate) fn print_line(line: &str) {
    let _ = writeln!(io::stdout(), "{}", visible(line));
}

/// Prints a message to standard error. Ignores write errors.
pub(crate) fn print_message(message: &str) {
    let _ = write!(io::stderr(), "{}", visible(message));
}

/// Prints the output of a command.
///
/// # Errors
/// Fails if standard output cannot be written. A broken pipe is not an error.
pub(crate) fn print(text: &str) -> Result<()> {
    io::stdout()
        .write_all(text.as_bytes())
        .or_else(unless_broken_pipe)
}

/// Ignores a broken pipe.
pub(crate) fn unless_broken_pipe(error: io::Error) -> Result<()> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error).context("cannot write to standard output"),
    }
}

/// Whether standard error is a terminal.
pub(crate) fn color() -> bool {
    io::stderr().is_terminal()
}
