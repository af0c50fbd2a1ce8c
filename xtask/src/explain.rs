//! `cargo xtask explain`: traces a name to its page, spec entry and generated code.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use tc3_pipeline::SpecsFolder;

use crate::print::print_line;
use crate::usage::existing;
use crate::workspace::in_workspace;

/// The options of `explain`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Action, data type, error code, or `OWNER.NAME` of a parameter or field: `DescribeUser`, `Tag`,
    /// `InternalError.Busy`, `DescribeUser.Name`. The Rust name of a generated item works too: `describe_user`,
    /// `DescribeUserRequest`, `DescribeUserError::InternalErrorBusy`, `DescribeUser.name`.
    #[arg(value_name = "ITEM")]
    item: String,
    /// Service to search; default: all.
    #[arg(long, value_name = "NAME")]
    service: Option<String>,
    /// Service version to search; default: all.
    #[arg(long, value_name = "DATE")]
    version: Option<String>,
    /// Folder of specs (`<service>/<version>.json`); default: `specs` of this workspace.
    #[arg(long, value_name = "DIR", conflicts_with = "root", value_parser = existing())]
    specs: Option<PathBuf>,
    /// Use the folders `specs` and `generated` of DIR instead of this workspace.
    #[arg(long, value_name = "DIR", value_parser = existing())]
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
    print_line(&found);
    Ok(ExitCode::SUCCESS)
}
