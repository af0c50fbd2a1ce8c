//! The service versions in a package of the vendor.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Result, bail};
use tc3_import::{Package, Release};
use tc3_spec::Site;

use crate::text::no_service;
use crate::workers;

/// Returns the site of a package; the international one if unknown.
pub(crate) fn site(package: &Package) -> Result<Site> {
    let distribution = package.distribution()?;
    Ok(distribution.map_or(Site::Intl, |of| of.site()))
}

/// Selects the service versions of these names (all if empty), by service.
///
/// # Errors
/// Fails if the package at `path` lacks a service or contains a version twice.
pub(crate) fn select(
    package: &Package,
    services: &[String],
    path: &Path,
) -> Result<Vec<(String, Vec<Release>)>> {
    let releases = package.releases()?;
    let wanted: BTreeSet<&str> = services.iter().map(String::as_str).collect();
    // A folder may be named differently from its service, so both names are accepted.
    let names = workers::map(&releases, |release| package.service(release));
    let mut services: BTreeMap<String, Vec<Release>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    let mut found = BTreeSet::new();
    let mut broken = None;
    for (release, name) in releases.into_iter().zip(names) {
        let name = name.unwrap_or_else(|error| {
            // An unreadable release is an error only if a requested service is missing.
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
            None => no_service(&path, name, known.iter().map(String::as_str)).into(),
        });
    }
    for (name, releases) in &services {
        let versions: BTreeSet<&str> = releases.iter().map(|of| of.version.as_str()).collect();
        if versions.len() != releases.len() {
            let folders: Vec<&str> = releases.iter().map(|of| of.folder.as_str()).collect();
            bail!(
                "{path} contains a version of `{name}` twice, in the folders {}",
                folders.join(", ")
            );
        }
    }
    Ok(services.into_iter().collect())
}
