//! `cargo xtask explain`: from a name to the row of the page, the spec and the code.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::SpecsFolder;

use crate::print::say;
use crate::workspace::in_workspace;

/// What is explained, and where it is looked for.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// An action, a data type, an error code, or a parameter or field behind its action or data type: `DescribeUser`, `Tag`,
    /// `InternalError.Busy`, `DescribeUser.Name`. What is generated of them goes by its name in Rust as well:
    /// `describe_user`, `DescribeUserRequest`, `DescribeUserError::InternalErrorBusy`, `DescribeUser.name`.
    #[arg(value_name = "ITEM")]
    item: String,
    /// The service; all that have specs if none is named.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// The version of the service; all if none is named.
    #[arg(long, value_name = "DATE")]
    version: Option<String>,
    /// The folder of specs, `<service>/<version>.json`, instead of this workspace's.
    #[arg(long, value_name = "DIR", conflicts_with = "root")]
    specs: Option<PathBuf>,
    /// The folder with `specs` and `generated` in it, instead of this workspace.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let root = arguments.root.unwrap_or_else(|| in_workspace(""));
    let (specs, generated) = match &arguments.specs {
        Some(path) => (SpecsFolder::new(path), None),
        None => (SpecsFolder::in_root(&root), Some(root.join("generated"))),
    };
    let (service, version) = (arguments.service.as_deref(), arguments.version.as_deref());
    let generated = generated.as_deref();
    let found = tc3_pipeline::explain(&arguments.item, service, version, &specs, generated)?;
    say(&found);
    Ok(ExitCode::SUCCESS)
}
