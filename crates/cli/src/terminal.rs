//! Output: text, colours, and the characters that a terminal would interpret.

use std::io::{self, IsTerminal as _, Write as _};
use std::{env, fmt};

use tc3_spec::is_hidden;

/// Prints text for people to standard output. Control characters are always replaced, because a pager may pass them on.
///
/// # Errors
/// Same as [`print_data`].
pub(crate) fn print_text(text: &str) -> io::Result<()> {
    print_raw(&visible_lines(text)).map(drop)
}

/// Prints data to standard output. On a terminal, control characters are replaced.
///
/// # Errors
/// Fails if standard output cannot be written. A broken pipe is not an error, because its reader has finished.
pub(crate) fn print_data(text: &str) -> io::Result<()> {
    match io::stdout().is_terminal() {
        true => print_raw(&visible_lines(text)),
        false => print_raw(text),
    }
    .map(drop)
}

/// Prints text unchanged to standard output, and returns whether its reader still reads.
///
/// # Errors
/// Fails if standard output cannot be written.
pub(crate) fn print_raw(text: &str) -> io::Result<bool> {
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
pub(crate) fn print_stderr(line: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Replaces characters that hide text or control the terminal, because text of the service may contain them.
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

/// Same as [`visible`], but keeps tabs, which separate cells.
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
