//! `cargo xtask import`: the vendor's machine-readable metadata to specs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::{ImportOptions, SpecsFolder, count};

use crate::print::{color, may_go, report};
use crate::workspace::in_workspace;

/// What is imported, from where, to where.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The wheel of `tccli-intl-en` or `tccli`, or a folder into which it was unpacked.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    #[command(flatten)]
    selection: Selection,
    /// The folder of specs, instead of this workspace's.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The site whose services are meant, instead of the one that the package is for; if it does not tell, that is the
    /// international one.
    #[arg(long)]
    site: Option<Site>,
    /// Leave out what somebody wrote: descriptions and examples.
    #[arg(long)]
    facts_only: bool,
    /// The wheel of the vendor's Python SDK, or a folder into which it was unpacked, for the error codes of services.
    #[arg(long, value_name = "PACKAGE")]
    error_codes: Option<PathBuf>,
    /// Let actions go that the specs have, and neither the package nor pages have any more.
    #[arg(long)]
    allow_removal: bool,
    /// Replace specs that do not say where they are from: somebody may have written them.
    #[arg(long)]
    replace: bool,
}

/// Which services.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Selection {
    /// A service, by the first label of its domain name. May be given several times.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// All services.
    #[arg(long)]
    all: bool,
}

/// The vendor's two sites.
#[derive(Clone, Copy, clap::ValueEnum)]
enum Site {
    /// The international site.
    Intl,
    /// The site of mainland China.
    Mainland,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let specs = match &arguments.specs {
        Some(path) => SpecsFolder::new(path),
        None => SpecsFolder::in_root(&in_workspace("")),
    };
    let options = ImportOptions {
        package: &arguments.package,
        error_codes: arguments.error_codes.as_deref(),
        services: &arguments.selection.services,
        site: arguments.site.map(|site| match site {
            Site::Intl => tc3_import::Site::Intl,
            Site::Mainland => tc3_import::Site::Mainland,
        }),
        facts_only: arguments.facts_only,
        replace: arguments.replace,
        color: color(),
    };
    let import = tc3_pipeline::import(&specs, &options)?;
    let reading = &import.reading;
    let summary = format!(
        "read  {} of {} on {}: {}, {}; {}, {}",
        count(reading.versions, "version"),
        count(reading.services, "service"),
        import.site,
        count(reading.actions, "action"),
        count(reading.types, "data type"),
        count(reading.errors, "error"),
        count(reading.warnings, "warning"),
    );
    if !report(reading, &import.plan, &summary)
        || !may_go(&reading.removals, arguments.allow_removal, false)
    {
        return Ok(ExitCode::FAILURE);
    }
    say!("wrote {}", import.plan.write()?);
    Ok(ExitCode::SUCCESS)
}
