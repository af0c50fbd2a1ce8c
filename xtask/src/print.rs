//! What commands print.

use std::io::{self, IsTerminal, Write as _};

use anyhow::{Context, Result};
use indicatif::{ProgressBar, ProgressStyle};
use tc3_pipeline::{Plan, Reading, Removal};

/// [`say`], with a format.
macro_rules! say {
    ($($format:tt)*) => { $crate::print::say(&format!($($format)*)) };
}

/// [`tell`], with a format.
macro_rules! tell {
    ($($format:tt)*) => { $crate::print::tell(&format!($($format)*)) };
}

/// Prints a line of a summary. Who has stopped reading it misses nothing else: the work goes on.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Prints a message for people, under the same condition.
pub(crate) fn tell(message: &str) {
    let _ = write!(io::stderr(), "{message}");
}

/// Prints what a command is called for.
///
/// # Errors
/// If it cannot be written, for another reason than that the reader has had enough.
pub(crate) fn print(text: &str) -> Result<()> {
    io::stdout()
        .write_all(text.as_bytes())
        .or_else(unless_broken_pipe)
}

/// An error of writing to standard output, unless it only says that the reader has had enough.
pub(crate) fn unless_broken_pipe(error: io::Error) -> Result<()> {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Ok(()),
        _ => Err(error).context("cannot write to standard output"),
    }
}

/// A wrong use of a command that only the command itself finds. It is printed as those that clap finds, with status 2.
pub(crate) fn wrong_usage(message: impl std::fmt::Display) -> clap::Error {
    clap::Error::raw(clap::error::ErrorKind::ValueValidation, message)
}

/// Whether messages are for a terminal.
pub(crate) fn color() -> bool {
    io::stderr().is_terminal()
}

/// A bar that counts pages where somebody watches.
pub(crate) fn bar() -> ProgressBar {
    if !color() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages");
    let bar = ProgressBar::new(0);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}

/// Prints messages, the summary and its lines. Gives whether the specs can be trusted; if not, it says why.
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

/// Prints which actions are gone, and says whether the command may go on: if that is allowed, or if there are none. One that
/// only checks writes nothing, whatever is allowed.
pub(crate) fn may_go(removals: &[Removal], allowed: bool, check: bool) -> bool {
    if allowed {
        let word = if check { "would go" } else { "gone " };
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
            "error: callers would lose actions, so nothing was written: put back what is missing; or, if the actions are \
             really gone, remove what is left of their pages, and run {command}\n"
        );
    }
    removals.is_empty()
}

fn tell_removals(removals: &[Removal]) {
    removals.iter().for_each(|of| tell!("error: {of}\n\n"));
}
