//! `cargo xtask parse`: prints the contents of pages as JSON Lines.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};

use crate::print::{color, tell, unless_broken_pipe};
use crate::usage::wrong_usage;

/// The options of `parse`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Page or folder of pages.
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs the command. Fails if a page has an error. A path without pages or an unreadable page is a usage error.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let mut pages = Vec::new();
    for path in &arguments.paths {
        let found = tc3_pipeline::files(path).map_err(usage)?;
        if found.is_empty() {
            bail!(wrong_usage(format!(
                "no pages in folder {}",
                path.display()
            )));
        }
        pages.extend(found);
    }
    let mut status = ExitCode::SUCCESS;
    let mut out = BufWriter::new(io::stdout().lock());
    for path in pages {
        let name = path.display().to_string();
        let bytes = fs::read(&path).with_context(|| format!("cannot read {name}"));
        let bytes = bytes.map_err(usage)?;
        let page = tc3_parse::parse(&name, &bytes);
        if page.has_errors() {
            status = ExitCode::FAILURE;
        }
        tell(&tc3_parse::render(&page, &bytes, color()));
        let written = serde_json::to_writer(&mut out, &page).map_err(io::Error::from);
        if let Err(error) = written.and_then(|()| writeln!(out)) {
            return unless_broken_pipe(error).map(|()| status);
        }
    }
    out.flush().or_else(unless_broken_pipe)?;
    Ok(status)
}

fn usage(error: anyhow::Error) -> clap::Error {
    wrong_usage(format!("{error:#}"))
}
