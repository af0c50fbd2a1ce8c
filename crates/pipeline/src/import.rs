//! Imports specs from the vendor's machine-readable metadata.

use std::mem::take;
use std::path::Path;

use anyhow::{Context, Result};
use tc3_import::{Options, Package, Release};
use tc3_spec::Site;

use crate::changes::Changes;
use crate::plan::Plan;
use crate::reading::Reading;
use crate::releases::{select, site};
use crate::service::SpecsFolder;
use crate::workers;

/// Options of an import.
pub struct ImportOptions<'a> {
    /// The wheel of `tccli-intl-en` or `tccli`, or its unpacked folder.
    pub package: &'a Path,
    /// The wheel of the vendor's Python SDK, or its unpacked folder, to import error codes from.
    pub error_codes: Option<&'a Path>,
    /// The services; empty for all.
    pub services: &'a [String],
    /// The site of the services, instead of the package's own.
    pub site: Option<Site>,
    /// Whether to omit descriptions and examples.
    pub facts_only: bool,
    /// Whether to replace specs of unknown origin.
    pub replace: bool,
    /// Whether diagnostics are coloured.
    pub color: bool,
}

/// The result of an import, with the files to write.
pub struct Import {
    /// The contents of all sources.
    pub reading: Reading,
    /// The site of the services.
    pub site: Site,
    /// The files to write, without those of services with errors.
    pub plan: Plan,
}

/// Imports services into a folder of specs, and compares the specs with the files on disk. An import of all services skips
/// those that fail, and counts them as errors.
///
/// # Errors
/// Fails if a package cannot be read, lacks a service, or contradicts itself, or if another command holds the lock.
pub fn import(specs: &SpecsFolder, options: &ImportOptions<'_>) -> Result<Import> {
    let package = Package::open(options.package)?;
    let error_codes = options.error_codes.map(Package::open).transpose()?;
    let releases = select(&package, options.services, options.package)?;
    let site = match options.site {
        Some(site) => site,
        None => site(&package)?,
    };
    let mut plan = Plan::default();
    plan.lock(&specs.path)?;
    let imported = workers::map(&releases, |(name, releases)| {
        let packages = (&package, error_codes.as_ref());
        let imported = import_service(specs, name, releases, packages, site, options);
        imported.with_context(|| format!("cannot import {name}"))
    });
    // An import of all services skips those with errors. Services requested by name are written together or not at all.
    let mut reading = Reading {
        is_partial: options.services.is_empty() && releases.len() > 1,
        ..Reading::default()
    };
    for imported in imported {
        match imported {
            Ok(mut service) => {
                if reading.is_partial && service.errors > 0 {
                    service.files.clear();
                    service.removals.clear();
                }
                reading.add(service);
            }
            Err(error) if reading.is_partial => reading.error(format_args!("{error:#}")),
            Err(error) => return Err(error),
        }
    }
    if reading.errors == 0 || reading.is_partial {
        let files = take(&mut reading.files);
        plan.extend([Changes::find(&specs.path, files, None)?]);
    }
    Ok(Import {
        reading,
        site,
        plan,
    })
}

/// Imports the versions of a service with their error codes, and builds the specs.
fn import_service(
    specs: &SpecsFolder,
    name: &str,
    releases: &[Release],
    (package, error_codes): (&Package, Option<&Package>),
    site: Site,
    options: &ImportOptions<'_>,
) -> Result<Reading> {
    let facts_only = options.facts_only;
    let of_site = Options { site, facts_only };
    let mut service = specs.service(name)?;
    let mut warnings = Vec::new();
    for release in releases {
        let mut import = package.import(release, of_site)?;
        let version = &release.version;
        let mut warn = |text: &str| warnings.push(format!("warning: {name} {version} {text}\n"));
        let of_package = import.warnings.iter().map(ToString::to_string);
        of_package.for_each(|warning| warn(&warning));
        if let Some(package) = error_codes {
            match package.error_codes(release, of_site)? {
                Some(codes) => import.spec.errors = codes,
                None => warn("has no error codes in the SDK package"),
            }
        } else if service.has_error_codes(version) {
            warn("loses its error codes; import them with --error-codes");
        }
        service.import(import.spec, options.replace)?;
    }
    let mut reading = service.read(options.color, &|| ())?;
    reading.warn_of_lost_facts();
    // The specs are not needed any more, and those of all services take much memory.
    reading.specs.clear();
    reading.warnings += warnings.len();
    reading.messages.splice(0..0, warnings);
    Ok(reading)
}
