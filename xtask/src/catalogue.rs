//! `cargo xtask catalogue`: builds the catalogues of all services.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::print::{print, print_line, print_message};
use crate::usage::existing;
use crate::workspace::in_workspace;

/// The options of `catalogue`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Wheels or unpacked folders of the vendor's packages: `tccli-intl-en` and `tccli`, and for error codes
    /// `tencentcloud-sdk-python-intl-en` and `tencentcloud-sdk-python`. The package name determines the site.
    #[arg(value_name = "PACKAGE", required = true, value_parser = existing())]
    packages: Vec<PathBuf>,
    /// Write nothing; fail with a diff if the catalogues are stale.
    #[arg(long)]
    check: bool,
    /// Output folder; default: `crates/catalogue/data`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let out = arguments.out;
    let out = out.unwrap_or_else(|| in_workspace("crates/catalogue/data"));
    let build = tc3_pipeline::catalogue(&arguments.packages, &out, arguments.check)?;
    build
        .messages
        .iter()
        .for_each(|message| print_message(message));
    build.summary.iter().for_each(|line| print_line(line));
    if build.errors > 0 {
        print_message(
            "error: nothing was written, because a catalogue would lack the services with errors\n",
        );
        return Ok(ExitCode::FAILURE);
    }
    if arguments.check {
        print(&build.diff())?;
        if !build.is_empty() {
            print_message(
                "error: the catalogues are stale: run the same command without `--check`\n",
            );
            return Ok(ExitCode::FAILURE);
        }
        return Ok(ExitCode::SUCCESS);
    }
    print_line!("wrote {}", tc3_pipeline::count(build.write()?, "file"));
    Ok(ExitCode::SUCCESS)
}
