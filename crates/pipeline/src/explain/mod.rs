//! From a name to the row of the page, the spec and the code.

mod report;
mod sources;
mod subject;

use std::path::PathBuf;

use anyhow::{Result, bail};
use tc3_spec::nearest;

use crate::files::{folders, name, spec_files};
use crate::service::SpecsFolder;
use crate::text::{hint, no_service};
use crate::workers;

use report::Report;
use sources::{Sources, Version};
use subject::{Subject, What, subjects};

/// What is explained, and where it is looked for.
pub struct Query<'a> {
    /// The name of anything in a spec, or in what is generated of it.
    pub item: &'a str,
    /// The service; all that have specs if none is named.
    pub service: Option<&'a str>,
    /// The version of the service; all if none is named.
    pub version: Option<&'a str>,
    /// The folder of specs.
    pub specs: SpecsFolder,
    /// The folder of the generated crates, where there is one.
    pub generated: Option<PathBuf>,
}

/// Where everything of this name comes from, and what comes of it, as text.
///
/// # Errors
/// If nothing has the name, or a file cannot be read.
pub fn explain(query: &Query<'_>) -> Result<String> {
    let versions = versions(query)?;
    let subjects = workers::map(&versions, subjects);
    let subjects: Vec<Vec<Subject<'_>>> = subjects.into_iter().collect::<Result<_>>()?;
    let wanted = query.item.replace("::", ".");
    let mut blocks = Vec::new();
    for (version, subjects) in versions.iter().zip(&subjects) {
        let found = subjects.iter().filter(|subject| subject.is_called(&wanted));
        let found: Vec<&Subject<'_>> = found.collect();
        if found.is_empty() && !version.has_fixups() {
            continue;
        }
        let sources = Sources::read(version)?;
        let report = Report::new(version, &sources, query.generated.as_deref());
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
        let behind = format!(".{wanted}");
        let longer = names.clone().find(|name| name.ends_with(&behind));
        let hint = match longer {
            Some(longer) => format!("; say of what, as in `{longer}`"),
            None => hint(&wanted, names.map(String::as_str)),
        };
        bail!(
            "nothing in the specs or in what is generated of them is called `{}`{hint}",
            query.item
        );
    }
    Ok(blocks.join("\n").trim_end().to_owned())
}

/// The versions that are asked for, in the order of their services and dates.
fn versions(query: &Query<'_>) -> Result<Vec<Version>> {
    let specs = &query.specs;
    let folders = folders(&specs.path)?;
    let names: Vec<String> = folders.iter().map(|folder| name(folder)).collect();
    if let Some(service) = query.service
        && !names.iter().any(|name| name == service)
    {
        return Err(no_service(
            &specs.shown,
            service,
            names.iter().map(String::as_str),
        ));
    }
    let is_asked_for = |of: Option<&str>, name: &str| of.is_none_or(|of| of == name);
    let (mut files, mut dates) = (Vec::new(), Vec::new());
    for (folder, service) in folders.iter().zip(&names) {
        if !is_asked_for(query.service, service) {
            continue;
        }
        for file in spec_files(folder)? {
            let date = file.file_stem().unwrap_or_default().to_string_lossy();
            if is_asked_for(query.version, &date) {
                files.push((folder, service, file.clone()));
            }
            dates.push(date.into_owned());
        }
    }
    if files.is_empty() {
        let Some(version) = query.version else {
            bail!("no service has a spec in {}", specs.shown);
        };
        let near = nearest(version, dates.iter().map(String::as_str));
        let hint = near.map_or(String::new(), |near| format!("; there is {near}"));
        bail!("no spec is of version {version}{hint}");
    }
    let versions = workers::map(&files, |(folder, service, file)| {
        let shown = format!("{}/{service}", specs.shown);
        Version::load((*folder).clone(), shown, file)
    });
    versions.into_iter().collect()
}
