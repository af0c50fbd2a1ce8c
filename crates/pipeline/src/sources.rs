//! Sources of specs: a folder, or a catalogue.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use tc3_catalogue::Catalogue;
use tc3_spec::{Spec, did_you_mean};

use crate::argument::WrongArgument;
use crate::files::{folders, load_spec, name, spec_files};
use crate::text::no_service;
use crate::workers;

/// Source of the specs of services. The folder takes precedence. The catalogue provides the specs if there is no folder, or
/// if the folder lacks a requested service.
#[derive(Clone, Copy, Debug)]
pub struct SpecSource<'a> {
    /// A folder of specs.
    pub folder: Option<&'a Path>,
    /// A catalogue.
    pub catalogue: Option<&'static Catalogue>,
}

/// Source of the specs of one service.
#[derive(Clone, Debug)]
pub(crate) enum ServiceSource {
    /// Spec files, one for each version.
    Files(Vec<PathBuf>),
    /// A catalogue and the name of a service; covers all versions.
    Catalogue(&'static Catalogue, String),
}

impl SpecSource<'_> {
    /// Loads the specs of these services, each with all its versions.
    ///
    /// # Errors
    /// Fails if a service does not exist, or a spec cannot be read.
    pub fn load(&self, services: &[String]) -> Result<Vec<Spec>> {
        let specs = self.select(services)?;
        let specs = specs.iter().map(ServiceSource::load);
        Ok(specs.collect::<Result<Vec<_>>>()?.concat())
    }

    /// Selects the services of these names; all if empty.
    pub(crate) fn select(&self, names: &[String]) -> Result<Vec<ServiceSource>> {
        let mut services: BTreeMap<String, ServiceSource> = BTreeMap::new();
        if let Some(folder) = self.folder {
            services = in_folder(folder)?;
        }
        if let Some(catalogue) = self.catalogue {
            let of_catalogue = catalogue.services();
            for service in of_catalogue.filter(|_| self.folder.is_none() || !names.is_empty()) {
                let source = || ServiceSource::Catalogue(catalogue, service.to_owned());
                services.entry(service.to_owned()).or_insert_with(source);
            }
        }
        if let Some(name) = names.iter().find(|name| !services.contains_key(*name)) {
            if let Some(catalogue) = self.catalogue {
                // Its error also suggests the other site.
                let found = catalogue.version(name, None);
                found.map_err(|error| WrongArgument::new(error.to_string()))?;
            }
            let place = self.folder.map(|folder| folder.display().to_string());
            let known = services.keys().map(String::as_str);
            bail!(no_service(&place.unwrap_or_default(), name, known));
        }
        if !names.is_empty() {
            services.retain(|name, _| names.contains(name));
        }
        Ok(services.into_values().collect())
    }
}

/// Returns the services with specs in a folder.
fn in_folder(folder: &Path) -> Result<BTreeMap<String, ServiceSource>> {
    let mut services = BTreeMap::new();
    for path in folders(folder)? {
        let files = spec_files(&path)?;
        if !files.is_empty() {
            services.insert(name(&path), ServiceSource::Files(files));
        }
    }
    if services.is_empty() {
        bail!(
            "{} contains no spec: expected files like organization/2021-03-31.json",
            folder.display()
        );
    }
    Ok(services)
}

/// Selects the services that have one of the actions. With `all`, every service must have one.
///
/// # Errors
/// Fails if an action does not exist, or a spec cannot be read.
pub(crate) fn with_actions(
    services: Vec<ServiceSource>,
    actions: &[&str],
    all: bool,
) -> Result<Vec<ServiceSource>> {
    let mut known = BTreeSet::new();
    let (mut kept, mut others) = (Vec::new(), Vec::new());
    let specs = workers::map(&services, ServiceSource::load);
    for (source, specs) in services.into_iter().zip(specs) {
        let specs = specs?;
        let service = specs.first().map_or("", |spec| &spec.service).to_owned();
        let names = specs.into_iter().flat_map(|of| of.actions.into_keys());
        let names: BTreeSet<String> = names.collect();
        known.extend(names.iter().cloned());
        if actions.iter().any(|action| names.contains(*action)) {
            kept.push(source);
        } else {
            others.push((service, names));
        }
    }
    if let Some(action) = actions.iter().find(|action| !known.contains(**action)) {
        let hint = did_you_mean(action, known.iter().map(String::as_str));
        bail!(WrongArgument::new(format!(
            "no spec has an action `{action}`{hint}"
        )));
    }
    if let Some((service, names)) = others.first().filter(|_| all) {
        let hint = |action| did_you_mean(action, names.iter().map(String::as_str));
        let mut hints = actions.iter().copied().map(hint);
        let hint = hints.find(|hint| !hint.is_empty()).unwrap_or_default();
        bail!(WrongArgument::new(format!(
            "no spec of `{service}` has an action `{}`{hint}",
            actions.join("` or `")
        )));
    }
    Ok(kept)
}

impl ServiceSource {
    /// Loads the specs of all versions. `load_spec` rejects two folders with the same service, which would be one crate.
    pub(crate) fn load(&self) -> Result<Vec<Spec>> {
        match self {
            Self::Files(files) => files.iter().map(|file| load_spec(file, "")).collect(),
            Self::Catalogue(catalogue, service) => {
                let versions = catalogue.versions(service);
                let specs = versions.map(|version| catalogue.load(service, version));
                Ok(specs.collect::<Result<_, _>>()?)
            }
        }
    }

    /// Returns the size of the spec files in bytes; 0 for a catalogue, because its services load fast.
    pub(crate) fn size(&self) -> u64 {
        let Self::Files(files) = self else {
            return 0;
        };
        let sizes = files.iter().filter_map(|file| fs::metadata(file).ok());
        sizes.map(|metadata| metadata.len()).sum()
    }
}
