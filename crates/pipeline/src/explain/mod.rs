//! Traces a name to its row on a page, its spec entry and its generated code.

mod block;
mod report;
mod sources;
mod subject;

use std::path::Path;

use anyhow::{Result, bail};
use tc3_spec::did_you_mean;

use crate::argument::WrongArgument;
use crate::files::{folders, name, spec_files};
use crate::service::SpecsFolder;
use crate::text::no_service;
use crate::workers;

use report::Report;
use sources::{Sources, Version};
use subject::{Subject, SubjectKind, subjects};

/// Reports where each item of a name comes from and what is generated from it, in one service and version or in all.
/// `generated` is the folder of the generated crates, if there is one.
///
/// # Errors
/// Fails if no item has the name or a file cannot be read.
pub fn explain(
    item: &str,
    service: Option<&str>,
    version: Option<&str>,
    specs: &SpecsFolder,
    generated: Option<&Path>,
) -> Result<String> {
    let versions = versions(service, version, specs)?;
    let subjects = workers::map(&versions, subjects);
    let subjects: Vec<Vec<Subject<'_>>> = subjects.into_iter().collect::<Result<_>>()?;
    let wanted = item.replace("::", ".");
    let mut blocks = Vec::new();
    for (version, subjects) in versions.iter().zip(&subjects) {
        let found = subjects.iter().filter(|subject| subject.is_called(&wanted));
        let found: Vec<&Subject<'_>> = found.collect();
        if found.is_empty() && !version.has_fixups() {
            continue;
        }
        let sources = Sources::read(version)?;
        let report = Report::new(version, &sources, generated);
        for subject in found {
            blocks.push(report.of(subject)?);
        }
        for (item, fixup) in sources.removed(&version.spec.version) {
            let subject = Subject::new(item.path(), SubjectKind::Item(item), Vec::new());
            if subject.is_called(&wanted) {
                blocks.push(report.of_removed(&subject, fixup));
            }
        }
    }
    if blocks.is_empty() {
        let names = subjects.iter().flatten().flat_map(|subject| &subject.names);
        let suffix = format!(".{wanted}");
        let longer = names.clone().find(|name| name.ends_with(&suffix));
        let hint = match longer {
            Some(longer) => format!("; qualify it, as in `{longer}`"),
            None => did_you_mean(&wanted, names.map(String::as_str)),
        };
        bail!(WrongArgument::new(format!(
            "no item in the specs or the generated code is called `{item}`{hint}"
        )));
    }
    Ok(blocks.join("\n").trim_end().to_owned())
}

/// Loads the requested versions, in the order of services and dates.
fn versions(
    service: Option<&str>,
    version: Option<&str>,
    specs: &SpecsFolder,
) -> Result<Vec<Version>> {
    let folders = folders(&specs.path)?;
    let names: Vec<String> = folders.iter().map(|folder| name(folder)).collect();
    if let Some(wanted) = service
        && !names.iter().any(|name| name == wanted)
    {
        let known = names.iter().map(String::as_str);
        bail!(no_service(&specs.shown, wanted, known));
    }
    let is_selected = |of: Option<&str>, name: &str| of.is_none_or(|of| of == name);
    let (mut files, mut dates) = (Vec::new(), Vec::new());
    for (folder, name) in folders.iter().zip(&names) {
        if !is_selected(service, name) {
            continue;
        }
        for file in spec_files(folder)? {
            let date = file.file_stem().unwrap_or_default().to_string_lossy();
            if is_selected(version, &date) {
                files.push((folder, name, file.clone()));
            }
            dates.push(date.into_owned());
        }
    }
    if files.is_empty() {
        let Some(version) = version else {
            bail!("{} contains no spec", specs.shown);
        };
        let hint = did_you_mean(version, dates.iter().map(String::as_str));
        bail!(WrongArgument::new(format!(
            "no spec has version {version}{hint}"
        )));
    }
    let versions = workers::map(&files, |(folder, name, file)| {
        let shown = format!("{}/{name}", specs.shown);
        Version::load((*folder).clone(), shown, file)
    });
    versions.into_iter().collect()
}
