//! Output of the commands.

use std::io::{self, IsTerminal, Write as _};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use tc3_pipeline::{Plan, Reading, Removal};
use tc3_spec::is_hidden;

/// Calls [`say`] with a format string.
macro_rules! say {
    ($($format:tt)*) => { $crate::print::say(&format!($($format)*)) };
}

/// Calls [`tell`] with a format string.
macro_rules! tell {
    ($($format:tt)*) => { $crate::print::tell(&format!($($format)*)) };
}

/// Prints a summary line to standard output. Ignores write errors, because the command must finish its work.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{}", visible(line));
}

/// Prints a message to standard error. Ignores write errors.
pub(crate) fn tell(message: &str) {
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

/// Escapes control characters and such that hide text or change its direction: messages quote pages, which must not
/// control the maintainer's terminal. Lines and colors stay.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = match color_code(rest) {
            Some(length) => {
                visible.push_str(&rest[..length]);
                length
            }
            None => {
                match is_hidden(character) && !matches!(character, '\n' | '\t') {
                    true => visible.extend(character.escape_unicode()),
                    false => visible.push(character),
                }
                character.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    visible
}

/// Returns the length of the escape sequence at the start that sets colors, such as `ESC[1;31m`.
fn color_code(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\x1b[")?;
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    let is_color = parameters[end..].starts_with('m');
    is_color.then_some("\x1b[".len() + end + 1)
}

/// Ignores a broken pipe.
pub(crate) fn unless_broken_pipe(error: io::Error) -> Result<()> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error).context("cannot write to standard output"),
    }
}

/// Creates a usage error that clap cannot detect itself. It is printed like clap's own errors, with status 2.
pub(crate) fn wrong_usage(message: impl std::fmt::Display) -> clap::Error {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, message)
}

/// Whether standard error is a terminal.
pub(crate) fn color() -> bool {
    io::stderr().is_terminal()
}

/// Creates a progress bar of pages, hidden unless standard error is a terminal.
pub(crate) fn bar() -> ProgressBar {
    if !color() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages");
    let bar = ProgressBar::new(0);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Prints messages and the summary. Returns whether the sources are free of errors; otherwise prints why nothing is
/// written.
pub(crate) fn report(reading: &Reading, plan: &Plan, summary: &str) -> bool {
    plan.warnings().for_each(tell);
    reading.messages.iter().for_each(|message| tell(message));
    say(summary);
    reading.lines().for_each(|line| say(&line));
    if let Some(refusal) = reading.refusal() {
        tell_removals(&reading.removals);
        tell!("error: {refusal}\n");
        return false;
    }
    true
}

/// Reports removed actions. Returns whether the command may continue: removals are allowed or there are none.
pub(crate) fn may_go(removals: &[Removal], allowed: bool, check: bool) -> bool {
    if allowed {
        let word = if check { "would remove" } else { "removed" };
        removals.iter().for_each(|of| say!("{word} {of}"));
        return true;
    }
    tell_removals(removals);
    if !removals.is_empty() {
        let command = match check {
            true => "the same command without `--check` and with `--allow-removal`",
            false => "the same command with `--allow-removal`",
        };
        tell!(
            "error: nothing was written, because callers would lose actions: restore what is missing; or, if the \
             actions no longer exist, delete the rest of their pages and run {command}\n"
        );
    }
    removals.is_empty()
}

fn tell_removals(removals: &[Removal]) {
    removals
        .iter()
        .for_each(|of| tell!("error: would remove {of}\n\n"));
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn only_lines_and_colors_control_the_terminal() {
        for (text, expect) in [
            ("a\tb\nü 中", "a\tb\nü 中"),
            ("\x1b[1;31merror\x1b[0m", "\x1b[1;31merror\x1b[0m"),
            (
                "\x1b[2J\x1b]0;title\x07\r",
                "\\u{1b}[2J\\u{1b}]0;title\\u{7}\\u{d}",
            ),
            ("\x1b[", "\\u{1b}["),
            ("\x1b[1;中m", "\\u{1b}[1;中m"),
            ("a\u{202e}b\u{9b}c", "a\\u{202e}b\\u{9b}c"),
        ] {
            assert_eq!(visible(text), expect);
        }
    }
}
