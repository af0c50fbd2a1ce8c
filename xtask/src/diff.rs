//! `cargo xtask diff`: what changed from some specs to others, and what that does to callers.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::diff;

use crate::print::print;
use crate::workspace::in_workspace;

/// What `diff` was called with.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The specs before: a spec file, a folder of a service's specs or of many services', or what git has: `REV` for the
    /// folder `specs` as it was then, `REV:PATH` for a file or folder in the repository, `REV:./PATH` for one in this
    /// folder. What is there as a path is taken for one.
    old: String,
    /// The specs after, as OLD. A single file stands for its version alone, and a folder of one service for that service;
    /// where the other side, of more, lacks it, it came or went as a whole.
    new: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The folder with `generated` in it, whose crates say which version is followed, instead of this workspace.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people: by consequence, breaking first.
    Text,
    /// For programs.
    Json,
    /// An entry of a changelog, with links to the pages.
    Markdown,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let root = arguments.root.unwrap_or_else(|| in_workspace(""));
    let diffs = diff::diff(&root, &arguments.old, &arguments.new)?;
    print(&match arguments.format {
        Format::Text => diff::text(&diffs),
        Format::Json => diff::json(&diffs)?,
        Format::Markdown => diff::markdown(&diffs),
    })?;
    Ok(ExitCode::SUCCESS)
}
