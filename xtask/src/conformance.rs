//! `cargo xtask conformance`: every documented response through the generated types.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::print::say;
use crate::workspace::in_workspace;

/// Whose responses are checked.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The wheel of `tccli-intl-en` or `tccli`, or a folder into which it was unpacked.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    /// A service; all if none is named. May be given several times.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// The folder to generate and build in, instead of one in `target`.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// Gives 1 if a well-formed response did not come back whole.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let out = arguments.out;
    let out = out.unwrap_or_else(|| in_workspace("target/conformance"));
    let (package, services) = (&arguments.package, &arguments.services);
    let conformance = tc3_pipeline::conformance(package, services, &out, &in_workspace(""))?;
    say(&conformance.to_string());
    Ok(ExitCode::from(u8::from(!conformance.is_whole())))
}
