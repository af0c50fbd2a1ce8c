//! `cargo xtask regenerate`: regenerates the specs and the generated crates.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::count;

use crate::print::{color, print_line, print_message};
use crate::progress::bar;
use crate::report::{check_removals, report};
use crate::usage::existing;
use crate::workspace::in_workspace;

/// The options of `regenerate`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; print the diff and fail if specs or generated crates are stale.
    #[arg(long)]
    check: bool,
    /// Use the folders `specs` and `generated` of DIR instead of this workspace.
    #[arg(long, value_name = "DIR", value_parser = existing())]
    root: Option<PathBuf>,
    /// Allow the removal of actions that neither pages nor metadata contain.
    #[arg(long)]
    allow_removal: bool,
}

/// Runs the command. Fails if a page has an error, an action would be removed without permission (nothing is written),
/// or a check finds a difference.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let check = arguments.check;
    let root = arguments.root.unwrap_or_else(|| in_workspace(""));
    let bar = bar();
    let regenerated = tc3_pipeline::regenerate(&root, check, color(), &|pages| {
        bar.set_length(u64::try_from(pages).unwrap_or(u64::MAX));
        bar.inc(1);
    });
    bar.finish_and_clear();
    let regenerated = regenerated?;
    let reading = &regenerated.reading;
    let summary = format!(
        "read  {} of {}: {}, {}, {}; {}, {}",
        count(reading.pages, "page"),
        count(reading.services, "service"),
        count(reading.actions, "action"),
        count(reading.types, "data type"),
        count(reading.rows, "row"),
        count(reading.errors, "error"),
        count(reading.warnings, "warning"),
    );
    if !report(reading, &regenerated.plan, &summary) {
        return Ok(ExitCode::FAILURE);
    }
    let may_remove = check_removals(&reading.removals, arguments.allow_removal, check);
    if !may_remove && !check {
        return Ok(ExitCode::FAILURE);
    }
    let count = regenerated.plan.count();
    if !check {
        regenerated.plan.write()?;
        print_line!("wrote {count}");
        print_lines(&regenerated.changed);
        return Ok(ExitCode::SUCCESS);
    }
    let is_fresh = regenerated.plan.is_empty() && may_remove;
    if !is_fresh {
        print_lines(&regenerated.changed);
        print_lines(&regenerated.plan.diff());
    }
    print_line!("check {count}");
    // `check_removals` has already printed the remedy for removed actions.
    if !is_fresh && may_remove {
        print_message(
            "error: specs or generated code are stale: run `cargo xtask regenerate` and commit its changes\n",
        );
    }
    Ok(ExitCode::from(u8::from(!is_fresh)))
}

/// Prints lines, if there are any.
fn print_lines(lines: &str) {
    if !lines.is_empty() {
        print_line(lines.trim_end());
    }
}
