//! The vendor's machine-readable metadata to specs.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;
use std::path::Path;

use anyhow::{Context, Result, bail};
use tc3_import::{Options, Package, Release, Site};

use crate::changes::Changes;
use crate::plan::Plan;
use crate::reading::Reading;
use crate::service::SpecsFolder;
use crate::text::no_service;
use crate::workers;

/// What is imported, and from where.
pub struct ImportOptions<'a> {
    /// The wheel of `tccli-intl-en` or `tccli`, or a folder into which it was unpacked.
    pub package: &'a Path,
    /// The wheel of the vendor's Python SDK, or such a folder, for the error codes of services.
    pub error_codes: Option<&'a Path>,
    /// The services; all if there is none.
    pub services: &'a [String],
    /// The site whose services are meant, instead of the one that the package is for.
    pub site: Option<Site>,
    /// Leave out descriptions and examples.
    pub facts_only: bool,
    /// Replace specs that do not say where they are from.
    pub replace: bool,
    /// Give diagnostics colours.
    pub color: bool,
}

/// What sources say with what was imported, and what is to be written of it.
pub struct Import {
    /// What the sources say.
    pub reading: Reading,
    /// The site whose services these are.
    pub site: Site,
    /// What is to be written; nothing if there is an error.
    pub plan: Plan,
}

/// Imports services into a folder of specs, and compares the specs with those that lie there.
///
/// # Errors
/// If a package cannot be read, lacks a service, or contradicts itself, or if another command is writing there.
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
    let mut reading = Reading::default();
    for imported in imported {
        reading.add(imported?);
    }
    if reading.errors == 0 {
        let files = take(&mut reading.files);
        plan.extend([Changes::find(&specs.path, files, None)?]);
    }
    Ok(Import {
        reading,
        site,
        plan,
    })
}

/// The site that a package is for; if it does not tell, that is the international one.
pub(crate) fn site(package: &Package) -> Result<Site> {
    let distribution = package.distribution()?;
    Ok(distribution.map_or(Site::Intl, |of| of.site()))
}

/// The versions of the services of these names, or of all if there are none, by service.
///
/// # Errors
/// If the package, which lies at `path`, has no service of a name, or one version twice.
pub(crate) fn select(
    package: &Package,
    services: &[String],
    path: &Path,
) -> Result<Vec<(String, Vec<Release>)>> {
    let releases = package.releases()?;
    let wanted: BTreeSet<&str> = services.iter().map(String::as_str).collect();
    // A folder may have an older name than its service, so each has to be asked, and each of its names will do.
    let names = workers::map(&releases, |release| package.service(release));
    let mut services: BTreeMap<String, Vec<Release>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut found = BTreeSet::new();
    let mut broken = None;
    for (release, name) in releases.into_iter().zip(names) {
        let name = name.unwrap_or_else(|error| {
            // It is told if it could be the service that is asked for.
            broken.get_or_insert(error);
            release.folder.clone()
        });
        let hit = |name: &str| wanted.get(name).copied();
        let hits = [hit(&name), hit(&release.folder)];
        found.extend(hits.into_iter().flatten());
        known.insert(name.clone());
        if wanted.is_empty() || hits.iter().any(Option::is_some) {
            services.entry(name).or_default().push(release);
        }
    }
    let path = path.display().to_string();
    if let Some(name) = wanted.difference(&found).next() {
        return Err(match broken {
            Some(broken) => broken.into(),
            None => no_service(&path, name, known.iter().map(String::as_str)),
        });
    }
    for (name, releases) in &services {
        let versions: BTreeSet<&str> = releases.iter().map(|of| of.version.as_str()).collect();
        if versions.len() != releases.len() {
            let folders: Vec<&str> = releases.iter().map(|of| of.folder.as_str()).collect();
            bail!(
                "{path} has a version of `{name}` twice, in the folders {}",
                folders.join(", ")
            );
        }
    }
    Ok(services.into_iter().collect())
}

/// Takes the versions of a service from a package, and their error codes from another, and makes the specs.
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
                None => warn("has no error codes in the package of those"),
            }
        } else if service.has_error_codes(version) {
            warn("loses its error codes, which --error-codes would bring again");
        }
        service.import(import.spec, options.replace)?;
    }
    let mut reading = service.read(options.color, &|| ())?;
    // Of many services, specs are a lot, and nobody looks at them again.
    reading.specs.clear();
    reading.warnings += warnings.len();
    reading.messages.splice(0..0, warnings);
    Ok(reading)
}
