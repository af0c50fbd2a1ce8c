//! `cargo xtask regenerate`: pages to specs, specs to generated crates.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::count;

use crate::print::{bar, color, may_go, report, say, tell};
use crate::workspace::in_workspace;

/// What is regenerated.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Write nothing; print the difference and fail if specs or generated crates are stale.
    #[arg(long)]
    check: bool,
    /// The folder with `specs` and `generated` in it, instead of this workspace.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Let actions go that specs or generated crates have, and neither pages nor metadata have any more.
    #[arg(long)]
    allow_removal: bool,
}

/// Gives 1 if a page has an error or, unless it is allowed, an action is gone (then nothing is written), or if a check found
/// a difference.
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
    let may_go = may_go(&reading.removals, arguments.allow_removal, check);
    if !may_go && !check {
        return Ok(ExitCode::FAILURE);
    }
    let count = regenerated.plan.count();
    if !check {
        regenerated.plan.write()?;
        say!("wrote {count}");
        say_lines(&regenerated.changed);
        return Ok(ExitCode::SUCCESS);
    }
    let is_fresh = regenerated.plan.is_empty() && may_go;
    if !is_fresh {
        say_lines(&regenerated.changed);
        say_lines(&regenerated.plan.diff());
    }
    say!("check {count}");
    // Where actions would go, what to do about that is told already.
    if !is_fresh && may_go {
        tell(
            "error: specs or generated code are stale: run `cargo xtask regenerate` and commit what it changes\n",
        );
    }
    Ok(ExitCode::from(u8::from(!is_fresh)))
}

/// Prints lines, if there are any.
fn say_lines(lines: &str) {
    if !lines.is_empty() {
        say(lines.trim_end());
    }
}
