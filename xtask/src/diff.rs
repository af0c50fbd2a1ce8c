//! `cargo xtask diff`: lists changes between specs and their effect on callers.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::diff;

use crate::print::print;
use crate::usage::existing;
use crate::visible::visible;
use crate::workspace::in_workspace;

/// The options of `diff`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Old specs: a spec file, a folder of one or many services, a catalogue (`intl.bin`, with its manifest beside it), or
    /// the vendor's wheel `tccli-intl-en` or `tccli`. A git revision works too: `REV` (its folder `specs`), `REV:PATH` (a
    /// file or folder in the repository) or `REV:./PATH` (relative to the current folder). Existing paths take precedence.
    old: String,
    /// New specs, in the same forms. Catalogues and wheels contribute only facts, and only changed services are printed. A
    /// file covers only its version, and a service's folder only that service. If the other side lacks it, the whole version
    /// or service counts as added or removed.
    new: String,
    /// Output format.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Folder with `generated`, for the current crate versions; default: this workspace.
    #[arg(long, value_name = "DIR", value_parser = existing())]
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people: by consequence, breaking first.
    Text,
    /// For programs.
    Json,
    /// A changelog entry with links to pages.
    Markdown,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let root = arguments.root.unwrap_or_else(|| in_workspace(""));
    let diffs = diff::diff(&root, &arguments.old, &arguments.new)?;
    print(&match arguments.format {
        Format::Text => visible(&diff::text(&diffs)),
        Format::Json => diff::json(&diffs)?,
        Format::Markdown => diff::markdown(&diffs),
    })?;
    Ok(ExitCode::SUCCESS)
}
