//! One side of a comparison.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tc3_catalogue::Catalogue;
use tc3_import::{Options, Package};
use tc3_spec::{Kept, Spec};

use super::git;
use crate::argument::WrongArgument;
use crate::files::{folders, spec_files};
use crate::releases::site;
use crate::workers;

/// The specs of one side.
#[derive(Debug)]
pub(super) struct Side {
    /// The name in messages.
    shown: String,
    extent: Extent,
    /// Whether it can have error codes; the vendor's metadata has none.
    has_codes: bool,
    services: BTreeMap<String, Vec<Spec>>,
}

/// The extent of a side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// A file: covers one version.
    Version,
    /// A service's folder: covers one service.
    Service,
    /// A folder of all services.
    Services,
    /// The facts of all services: a catalogue, or the vendor's metadata.
    Catalogue,
}

/// A spec file's path for messages, and its text.
type File = (PathBuf, String);

impl Side {
    /// Reads the specs at a path or of a git revision.
    ///
    /// # Errors
    /// Fails if the name is neither a path nor a revision, contains no spec, or a spec cannot be read.
    pub(super) fn read(named: &str) -> Result<Side> {
        let path = Path::new(named);
        if path.is_file() && is_catalogue(path) {
            return Side::of_catalogue(named, &Catalogue::open(path)?);
        }
        if path.is_file() && path.extension().is_some_and(|of| of == "whl") {
            return Side::of_package(named, &Package::open(path)?);
        }
        if path.is_file() {
            return Side::of(named, Extent::Version, vec![read(path.to_owned())?]);
        }
        if path.is_dir() {
            let own = spec_files(path)?;
            if !own.is_empty() {
                let files = own.into_iter().map(read).collect::<Result<_>>()?;
                return Side::of(named, Extent::Service, files);
            }
            let mut files = Vec::new();
            for folder in folders(path)? {
                files.extend(spec_files(&folder)?);
            }
            let files = files.into_iter().map(read).collect::<Result<_>>()?;
            return Side::of(named, Extent::Services, files);
        }
        Side::of_revision(named)
    }

    /// Reads all specs of a catalogue.
    fn of_catalogue(named: &str, catalogue: &Catalogue) -> Result<Side> {
        let services = catalogue.services();
        let specs = services.flat_map(|service| {
            let versions = catalogue.versions(service);
            versions.map(move |version| Ok((service, catalogue.load(service, version)?)))
        });
        Side::of_specs(named, Extent::Catalogue, specs)
    }

    /// Imports all facts of a package of the vendor's metadata.
    fn of_package(named: &str, package: &Package) -> Result<Side> {
        let options = Options {
            site: site(package)?,
            facts_only: true,
        };
        let releases = package.releases()?;
        let specs = workers::map(&releases, |release| {
            let mut spec = package.import(release, options)?.spec;
            spec.derive(&Kept::default());
            Ok((release.folder.as_str(), spec))
        });
        let side = Side::of_specs(named, Extent::Catalogue, specs.into_iter());
        Ok(Side {
            has_codes: false,
            ..side?
        })
    }

    /// Reads the object that git resolves the name to: a commit with its folder `specs`, a folder, or a file.
    fn of_revision(named: &str) -> Result<Side> {
        let unknown = |why: &str| {
            let problem = format!("`{named}` is neither a path nor a git revision: {why}");
            WrongArgument::new(problem)
        };
        let object = git::object(named).map_err(|error| unknown(&format!("{error:#}")))?;
        let object = object.ok_or_else(|| unknown("unknown to git"))?;
        let (mut id, mut kind) = object;
        let mut shown = named.trim_end_matches('/').to_owned();
        if kind == "commit" {
            shown.push_str(":specs");
            let specs = git::object(&format!("{id}:specs"))?;
            (id, kind) = specs.ok_or_else(|| {
                WrongArgument::new(format!(
                    "{named} has no folder `specs`: choose another folder, as in `{named}:path`"
                ))
            })?;
        }
        if kind == "blob" && is_catalogue(Path::new(named)) {
            let catalogue = Catalogue::new(git::bytes(&id)?);
            return Side::of_catalogue(named, &catalogue.with_context(|| shown)?);
        }
        if kind == "blob" {
            let file = (PathBuf::from(&shown), git::read(&id)?);
            return Side::of(named, Extent::Version, vec![file]);
        }
        if !shown.ends_with(':') {
            shown.push('/');
        }
        let files = git::files(&id)?;
        let is_spec = |file: &&String, depth: usize| {
            file.matches('/').count() == depth && Spec::is_file_name(Path::new(file))
        };
        let (extent, depth) = match files.iter().any(|file| is_spec(&file, 0)) {
            true => (Extent::Service, 0),
            false => (Extent::Services, 1),
        };
        let files = files.iter().filter(|file| is_spec(file, depth));
        let read = |file: &String| {
            let text = git::read(&format!("{id}:{file}"))?;
            Ok((PathBuf::from(format!("{shown}{file}")), text))
        };
        Side::of(named, extent, files.map(read).collect::<Result<_>>()?)
    }

    fn of(named: &str, extent: Extent, files: Vec<File>) -> Result<Side> {
        let specs = files.into_iter();
        let specs = specs.map(|(path, text)| {
            let spec = Spec::from_json(&text, &path)?;
            Ok((path.display().to_string(), spec))
        });
        Side::of_specs(named, extent, specs)
    }

    /// Collects specs, each with its place for messages.
    fn of_specs(
        named: &str,
        extent: Extent,
        specs: impl Iterator<Item = Result<(impl Display, Spec)>>,
    ) -> Result<Side> {
        let mut services: BTreeMap<String, Vec<Spec>> = BTreeMap::new();
        for spec in specs {
            let (place, spec) = spec?;
            let (service, version) = (&spec.service, &spec.version);
            let specs = services.entry(service.clone()).or_default();
            if specs.iter().any(|other| other.version == *version) {
                bail!("{place} is a duplicate spec of {service} {version} in {named}");
            }
            specs.push(spec);
        }
        let names: Vec<&str> = services.keys().map(String::as_str).collect();
        match names[..] {
            [] => bail!(
                "{named} contains no spec: expected files like 2021-03-31.json, in it or in the folders of its services"
            ),
            [one, other, ..] if extent == Extent::Service => {
                bail!("{named} contains specs of {one} and of {other}: expected one service")
            }
            _ => {}
        }
        Ok(Side {
            shown: named.to_owned(),
            extent,
            has_codes: true,
            services,
        })
    }

    /// Returns the service, if the side covers only one.
    fn service(&self) -> Option<&str> {
        let first = self.services.keys().next();
        first
            .map(String::as_str)
            .filter(|_| matches!(self.extent, Extent::Version | Extent::Service))
    }

    /// Removes parts that one of the sides cannot have: texts if a side is a catalogue, and error codes if the other side is
    /// the vendor's metadata.
    fn reduce(&mut self, other: &Side) {
        let is_of_facts = [self.extent, other.extent].contains(&Extent::Catalogue);
        for spec in self.services.values_mut().flatten() {
            if is_of_facts {
                *spec = spec.facts();
            }
            if !other.has_codes {
                spec.errors.clear();
            }
        }
    }

    /// Removes the services and versions that the other side does not cover. If none is left, everything on the other side
    /// counts as added or removed.
    fn narrow(&mut self, other: &Side) {
        let Some(service) = other.service() else {
            return;
        };
        self.services.retain(|name, _| name == service);
        if other.extent == Extent::Version && self.extent != Extent::Version {
            let is_named = |spec: &Spec| {
                let mut named = other.services.values().flatten();
                named.any(|of| of.version == spec.version)
            };
            for specs in self.services.values_mut() {
                specs.retain(is_named);
            }
        }
    }
}

/// Pairs the specs of both sides by service.
///
/// # Errors
/// Fails if the sides are of different services.
pub(super) fn pair(mut old: Side, mut new: Side) -> Result<BTreeMap<String, [Vec<Spec>; 2]>> {
    if let (Some(of), Some(other)) = (old.service(), new.service())
        && of != other
    {
        bail!(WrongArgument::new(format!(
            "{} is of {of}, but {} is of {other}: compare specs of the same service",
            old.shown, new.shown
        )));
    }
    old.narrow(&new);
    new.narrow(&old);
    old.reduce(&new);
    new.reduce(&old);
    let mut services: BTreeMap<String, [Vec<Spec>; 2]> = BTreeMap::new();
    for (service, specs) in old.services {
        services.entry(service).or_default()[0] = specs;
    }
    for (service, specs) in new.services {
        services.entry(service).or_default()[1] = specs;
    }
    if [old.extent, new.extent].contains(&Extent::Catalogue) {
        // There are hundreds of services; only those that changed are shown.
        services.retain(|_, [old, new]| old != new);
    }
    Ok(services)
}

fn is_catalogue(path: &Path) -> bool {
    path.extension().is_some_and(|of| of == "bin")
}

fn read(path: PathBuf) -> Result<File> {
    let text = fs::read_to_string(&path);
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    Ok((path, text))
}
