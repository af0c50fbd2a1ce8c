//! `cargo xtask conformance`: checks the generated types against documented responses.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::print::print_line;
use crate::usage::existing;
use crate::workspace::in_workspace;

/// The options of `conformance`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Wheel of `tccli-intl-en` or `tccli`, or its unpacked folder.
    #[arg(value_name = "PACKAGE", value_parser = existing())]
    package: PathBuf,
    /// Service to check; default: all. Repeatable.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// Build folder; default: `target/conformance`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Runs the command. Fails if a well-formed response lost anything.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let out = arguments.out;
    let out = out.unwrap_or_else(|| in_workspace("target/conformance"));
    let (package, services) = (&arguments.package, &arguments.services);
    let conformance = tc3_pipeline::conformance(package, services, &out, &in_workspace(""))?;
    print_line(&conformance.to_string());
    Ok(ExitCode::from(u8::from(!conformance.is_whole())))
}
