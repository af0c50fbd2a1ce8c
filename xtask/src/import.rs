//! `cargo xtask import`: imports specs from the vendor's machine-readable metadata.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::{ImportOptions, SpecsFolder, count};
use tc3_spec::Site;

use crate::print::{color, print_message};
use crate::report::{check_removals, report};
use crate::usage::existing;
use crate::workspace::in_workspace;

/// The options of `import`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Wheel of `tccli-intl-en` or `tccli`, or its unpacked folder.
    #[arg(value_name = "PACKAGE", value_parser = existing())]
    package: PathBuf,
    #[command(flatten)]
    selection: Selection,
    /// Folder of specs; default: `specs` of this workspace.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Site of the services; default: the site of the package, or the international site if unknown.
    #[arg(long, value_name = "intl|mainland")]
    site: Option<Site>,
    /// Omit descriptions and examples.
    #[arg(long)]
    facts_only: bool,
    /// Wheel of the vendor's Python SDK, or its unpacked folder, to import error codes from.
    #[arg(long, value_name = "PACKAGE", value_parser = existing())]
    error_codes: Option<PathBuf>,
    /// Allow the removal of actions that neither the package nor pages contain.
    #[arg(long)]
    allow_removal: bool,
    /// Replace specs of unknown origin, which may be handwritten.
    #[arg(long)]
    replace: bool,
}

/// The services to import.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Selection {
    /// Service to import: the first label of its domain name. Repeatable.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// Import all services.
    #[arg(long)]
    all: bool,
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
        site: arguments.site,
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
        || !check_removals(&reading.removals, arguments.allow_removal, false)
    {
        return Ok(ExitCode::FAILURE);
    }
    print_line!("wrote {}", import.plan.write()?);
    if reading.errors > 0 {
        print_message("error: services with errors were left out; their specs are unchanged\n");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}
