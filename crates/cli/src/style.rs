//! Writing to standard output and standard error.

use std::io::{self, IsTerminal as _, Write as _};
use std::{env, fmt};

use tc3_spec::is_hidden;

/// Prints text for people to standard output. Control characters are always replaced, because a pager may pass them on.
///
/// # Errors
/// Fails as [`print`] does.
pub(crate) fn say(text: &str) -> io::Result<()> {
    write(&visible_lines(text)).map(drop)
}

/// Prints data to standard output, unchanged unless that is a terminal.
///
/// # Errors
/// Fails if it cannot be written. A broken pipe is not an error, because its reader has finished.
pub(crate) fn print(text: &str) -> io::Result<()> {
    match io::stdout().is_terminal() {
        true => write(&visible_lines(text)),
        false => write(text),
    }
    .map(drop)
}

/// Prints to standard output, and returns whether it is still open.
///
/// # Errors
/// Fails if it cannot be written.
pub(crate) fn write(text: &str) -> io::Result<bool> {
    let mut output = io::stdout().lock();
    let written = output
        .write_all(text.as_bytes())
        .and_then(|()| output.flush());
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

/// Prints a line to standard error. Write errors are ignored, because they cannot be reported.
pub(crate) fn tell(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Replaces characters that hide text or control the terminal, for texts of the service.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => visible.push('\n'),
            hidden if is_hidden(hidden) => visible.extend(hidden.escape_unicode()),
            other => visible.push(other),
        }
    }
    visible
}

/// Does the same, but keeps the tabs, which separate cells.
pub(crate) fn visible_lines(text: &str) -> String {
    let cells: Vec<String> = text.split('\t').map(visible).collect();
    cells.join("\t")
}

/// Colours, enabled only on a terminal and unless `NO_COLOR` is set.
pub(crate) struct Colour(bool);

impl Colour {
    /// Colours on standard error.
    pub(crate) fn of_errors() -> Self {
        Self::on(&io::stderr())
    }

    /// Colours on standard output.
    pub(crate) fn of_output() -> Self {
        Self::on(&io::stdout())
    }

    fn on(stream: &impl io::IsTerminal) -> Self {
        let is_off = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self(stream.is_terminal() && !is_off)
    }

    pub(crate) fn bold_blue(&self, text: &str) -> String {
        self.paint("1;34", text)
    }

    pub(crate) fn green(&self, text: &str) -> String {
        self.paint("32", text)
    }

    pub(crate) fn bold_red(&self, text: &str) -> String {
        self.paint("1;31", text)
    }

    pub(crate) fn dim(&self, text: &str) -> String {
        self.paint("2", text)
    }

    pub(crate) fn off() -> Self {
        Self(false)
    }

    fn paint(&self, code: &str, text: &str) -> String {
        match self.0 {
            true => format!("\x1b[{code}m{text}\x1b[0m"),
            false => text.to_owned(),
        }
    }
}
