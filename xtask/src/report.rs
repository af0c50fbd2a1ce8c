//! Reports the sources that were read, and the actions that would be removed.

use tc3_pipeline::{Plan, Reading, Removal};

use crate::print::{print_line, print_message};

/// Prints messages and the summary. Returns whether the command may continue: there are no errors that prevent writing.
pub(crate) fn report(reading: &Reading, plan: &Plan, summary: &str) -> bool {
    plan.warnings().for_each(print_message);
    reading
        .messages
        .iter()
        .for_each(|message| print_message(message));
    print_line(summary);
    reading.lines().for_each(|line| print_line(&line));
    if let Some(refusal) = reading.refusal() {
        print_removals(&reading.removals);
        print_message!("error: {refusal}\n");
        return false;
    }
    true
}

/// Reports removed actions. Returns whether the command may continue: removals are allowed or there are none.
pub(crate) fn check_removals(removals: &[Removal], allowed: bool, check: bool) -> bool {
    if allowed {
        let word = if check { "would remove" } else { "removed" };
        removals.iter().for_each(|of| print_line!("{word} {of}"));
        return true;
    }
    print_removals(removals);
    if !removals.is_empty() {
        let command = match check {
            true => "the same command without `--check` and with `--allow-removal`",
            false => "the same command with `--allow-removal`",
        };
        print_message!(
            "error: nothing was written, because callers would lose actions: restore what is missing; or, if the \
             actions no longer exist, delete the rest of their pages and run {command}\n"
        );
    }
    removals.is_empty()
}

fn print_removals(removals: &[Removal]) {
    removals
        .iter()
        .for_each(|of| print_message!("error: would remove {of}\n\n"));
}
