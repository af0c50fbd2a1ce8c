//! `cargo xtask parse`: prints the contents of pages as JSON Lines.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::print::{color, print_message, unless_broken_pipe};
use crate::usage::existing;

/// The options of `parse`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Page or folder of pages.
    #[arg(required = true, value_name = "PATH", value_parser = existing())]
    paths: Vec<PathBuf>,
}

/// Runs the command. Fails if a page has an error. A path without pages or an unreadable page is a usage error.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let mut status = ExitCode::SUCCESS;
    let mut out = BufWriter::new(io::stdout().lock());
    for page in tc3_pipeline::parse(&arguments.paths, color())? {
        let page = page?;
        if page.has_errors {
            status = ExitCode::FAILURE;
        }
        print_message(&page.diagnostics);
        if let Err(error) = writeln!(out, "{}", page.json) {
            return unless_broken_pipe(error).map(|()| status);
        }
    }
    out.flush().or_else(unless_broken_pipe)?;
    Ok(status)
}
