//! Reports what was read from sources, and which actions would be removed.

use tc3_pipeline::{Plan, Reading, Removal};

use crate::print::{say, tell};

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
