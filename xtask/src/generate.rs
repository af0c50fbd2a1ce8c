//! `cargo xtask generate`: specs to crates, anywhere.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use tc3_pipeline::count;

use crate::print::{tell, wrong_usage};
use crate::workspace::in_workspace;

/// What is generated, from where, to where.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of specs, `<service>/<version>.json`, instead of this workspace's.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The folder to write to: a workspace with a folder for each service.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A service; all that have specs if none is named. May be given several times.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// An action; all if none is named. May be given several times. Only the data types that these actions are made of
    /// are generated.
    #[arg(long = "action", value_name = "NAME")]
    actions: Vec<String>,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let (services, actions) = (arguments.services, arguments.actions);
    let (specs, out) = (arguments.specs, arguments.out);
    let specs = specs.unwrap_or_else(|| in_workspace("specs"));
    if is_same(&specs, &out) {
        bail!(wrong_usage(format!(
            "{} is the folder of the specs: name another one for the crates with `--out`",
            out.display()
        )));
    }
    let runtime = in_workspace("crates/runtime");
    let generation = tc3_pipeline::generate(&specs, &out, &services, &actions, &runtime)?;
    generation.plan.warnings().for_each(tell);
    for warning in &generation.warnings {
        tell!("warning: {warning}\n\n");
    }
    say!(
        "read  {} of {}: {}; {}",
        count(generation.versions, "version"),
        count(generation.services, "service"),
        count(generation.actions, "action"),
        count(generation.warnings.len(), "warning"),
    );
    say!("wrote {}", generation.plan.write()?);
    Ok(ExitCode::SUCCESS)
}

/// Whether two paths lead to one folder that is there.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
