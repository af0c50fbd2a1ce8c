//! `cargo xtask parse`: what pages say, as JSON Lines.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};

use crate::files::{files, is_broken_pipe, tell};

/// Parses the pages at `paths`; gives 1 if some page had an error.
///
/// # Errors
/// If there is nothing at a path (then nothing has been printed), or a page cannot be read.
pub(crate) fn run(paths: &[PathBuf]) -> Result<ExitCode> {
    let mut pages = Vec::new();
    for path in paths {
        pages.extend(files(path)?);
    }
    let mut status = ExitCode::SUCCESS;
    let color = io::stderr().is_terminal();
    let mut out = BufWriter::new(io::stdout().lock());
    for path in pages {
        let name = path.display().to_string();
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {name}"))?;
        let page = tc3_parse::parse(&name, &bytes);
        if page.has_errors() {
            status = ExitCode::from(1);
        }
        tell(&tc3_parse::render(&page, &bytes, color));
        let written = serde_json::to_writer(&mut out, &page)
            .map_err(io::Error::from)
            .and_then(|()| writeln!(out));
        match written {
            Err(error) if is_broken_pipe(&error) => return Ok(status),
            other => other.context("cannot write to standard output")?,
        }
    }
    match out.flush() {
        Err(error) if !is_broken_pipe(&error) => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(status),
    }
}
