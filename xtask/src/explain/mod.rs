//! `cargo xtask explain`: from a name to the row of the page, the spec and the code.

mod report;
mod sources;
mod subject;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use tc3_spec::{Spec, nearest};

use crate::files::{folders, name, say};
use crate::service::SpecsFolder;
use crate::workers;

use self::report::Report;
use self::sources::{Sources, Version};
use self::subject::{Subject, What, subjects};

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

/// Prints where everything of this name comes from.
///
/// # Errors
/// If nothing has the name, or a file cannot be read.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let root = arguments.root.clone();
    let root = root.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let (specs, generated) = match &arguments.specs {
        Some(path) => {
            let shown = path.display().to_string();
            let path = path.clone();
            (SpecsFolder { path, shown }, None)
        }
        None => {
            let path = root.join("specs");
            let shown = "specs".to_owned();
            (SpecsFolder { path, shown }, Some(root.join("generated")))
        }
    };
    let versions = versions(&specs, arguments)?;
    let subjects = workers::map(&versions, subjects);
    let subjects: Vec<Vec<Subject<'_>>> = subjects.into_iter().collect::<Result<_>>()?;
    let wanted = arguments.item.replace("::", ".");
    let mut blocks = Vec::new();
    for (version, subjects) in versions.iter().zip(&subjects) {
        let found = subjects.iter().filter(|subject| subject.is_called(&wanted));
        let found: Vec<&Subject<'_>> = found.collect();
        if found.is_empty() && !version.has_fixups() {
            continue;
        }
        let sources = Sources::read(version)?;
        let report = Report::new(version, &sources, generated.as_deref());
        for subject in found {
            blocks.push(report.of(subject)?);
        }
        for (item, fixup) in sources.removed(&version.spec.version) {
            let subject = Subject::new(item.path(), What::Item(item), Vec::new());
            if subject.is_called(&wanted) {
                blocks.push(report.of_removed(&subject, fixup));
            }
        }
    }
    if blocks.is_empty() {
        let names = subjects.iter().flatten().flat_map(|subject| &subject.names);
        let hint = hint(&wanted, names);
        bail!(
            "nothing in the specs or in what is generated of them is called `{}`{hint}",
            arguments.item
        );
    }
    say(blocks.join("\n").trim_end());
    Ok(ExitCode::SUCCESS)
}

/// What may be meant by a name that nothing has.
fn hint<'n>(wanted: &str, names: impl Iterator<Item = &'n String> + Clone) -> String {
    let behind = format!(".{wanted}");
    if let Some(longer) = names.clone().find(|name| name.ends_with(&behind)) {
        return format!("; say of what, as in `{longer}`");
    }
    match nearest(wanted, names.map(String::as_str)) {
        Some(near) => format!("; there is `{near}`"),
        None => String::new(),
    }
}

/// The versions that are asked for, in the order of their services and dates.
fn versions(specs: &SpecsFolder, arguments: &Arguments) -> Result<Vec<Version>> {
    let folders = folders(&specs.path)?;
    let names: Vec<String> = folders.iter().map(|folder| name(folder)).collect();
    if let Some(service) = &arguments.service
        && !names.contains(service)
    {
        let near = nearest(service, names.iter().map(String::as_str));
        let hint = near.map_or(String::new(), |near| format!("; it has `{near}`"));
        bail!("{} has no service `{service}`{hint}", specs.shown);
    }
    let is_asked_for = |of: &Option<String>, name: &str| of.as_ref().is_none_or(|of| of == name);
    let (mut files, mut dates) = (Vec::new(), Vec::new());
    for (folder, service) in folders.iter().zip(&names) {
        if !is_asked_for(&arguments.service, service) {
            continue;
        }
        let context = || format!("cannot list {}", folder.display());
        for file in Spec::files(folder).with_context(context)? {
            let date = file.file_stem().unwrap_or_default().to_string_lossy();
            if is_asked_for(&arguments.version, &date) {
                files.push((folder.clone(), service.clone(), file.clone()));
            }
            dates.push(date.into_owned());
        }
    }
    if files.is_empty() {
        let Some(version) = &arguments.version else {
            bail!("no service has a spec in {}", specs.shown);
        };
        let near = nearest(version, dates.iter().map(String::as_str));
        let hint = near.map_or(String::new(), |near| format!("; there is {near}"));
        bail!("no spec is of version {version}{hint}");
    }
    let versions = workers::map(&files, |(folder, service, file)| {
        Version::load(folder.clone(), format!("{}/{service}", specs.shown), file)
    });
    versions.into_iter().collect()
}
