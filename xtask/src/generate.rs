//! `cargo xtask generate`: generates crates from specs into any folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use tc3_pipeline::{Runtime, count};

use crate::print::print_message;
use crate::source::Source;
use crate::usage::wrong_usage;
use crate::workspace::in_workspace;

/// The options of `generate`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    source: Source,
    /// Output folder, with one folder per service.
    ///
    /// It gets a workspace manifest, unless its crates are members of an enclosing workspace. The crates also work outside
    /// of any workspace.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Dependency of the crates on the runtime, the crate `tc3`; default: the path of this clone.
    ///
    /// path=DIR is the folder of the crate. git=URL or git=URL#REV is a repository and a commit. version=REQUIREMENT is a
    /// version in the registry, such as version=0.1.
    #[arg(long, value_name = "path=DIR|git=URL[#REV]|version=REQUIREMENT", value_parser = tc3_pipeline::parse_runtime)]
    runtime: Option<Runtime>,
    /// Service to generate, from the folder or the catalogue; default: all services of the folder. Repeatable.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// Action to generate, with the data types that it needs; default: all. Repeatable.
    #[arg(long = "action", value_name = "NAME")]
    actions: Vec<String>,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let (services, actions) = (arguments.services, arguments.actions);
    let (source, out) = (arguments.source, arguments.out);
    if is_same(&source.folder(), &out) {
        bail!(wrong_usage(format!(
            "{} is the folder of the specs: choose another folder for the crates with `--out`",
            out.display()
        )));
    }
    let runtime = arguments.runtime.unwrap_or_else(|| {
        let path = in_workspace("crates/runtime");
        Runtime::Path(path.display().to_string())
    });
    let folder = source.folder();
    let source = source.of(&folder);
    let generation = tc3_pipeline::generate(&source, &out, &services, &actions, &runtime)?;
    generation.plan.warnings().for_each(print_message);
    for warning in &generation.warnings {
        print_message!("warning: {warning}\n\n");
    }
    print_line!(
        "read  {} of {}: {}; {}",
        count(generation.versions, "version"),
        count(generation.services, "service"),
        count(generation.actions, "action"),
        count(generation.warnings.len(), "warning"),
    );
    print_line!("wrote {}", generation.plan.write()?);
    Ok(ExitCode::SUCCESS)
}

/// Whether both paths are the same existing folder.
fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
