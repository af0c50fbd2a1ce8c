//! One side of a comparison.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tc3_spec::Spec;

use super::git;
use crate::files::{folders, spec_files};

/// The specs of one side.
#[derive(Debug)]
pub(super) struct Side {
    /// The name in messages.
    shown: String,
    extent: Extent,
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

    /// Reads what git resolves the name to: the folder `specs` of a commit, or a folder or file.
    fn of_revision(named: &str) -> Result<Side> {
        let missing = || format!("`{named}` is neither a path nor a git revision");
        let object = git::object(named).with_context(missing)?;
        let object = object.with_context(|| format!("{}: unknown to git", missing()))?;
        let (mut id, mut kind) = object;
        let mut shown = named.trim_end_matches('/').to_owned();
        if kind == "commit" {
            shown.push_str(":specs");
            let specs = git::object(&format!("{id}:specs"))?;
            (id, kind) = specs.with_context(|| {
                format!(
                    "{named} has no folder `specs`: choose another folder, as in `{named}:path`"
                )
            })?;
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
        let mut services: BTreeMap<String, Vec<Spec>> = BTreeMap::new();
        for (path, text) in files {
            let spec = Spec::from_json(&text, &path)?;
            let specs = services.entry(spec.service.clone()).or_default();
            if specs.iter().any(|other| other.version == spec.version) {
                bail!(
                    "{} is a duplicate spec of {} {} in {named}",
                    path.display(),
                    spec.service,
                    spec.version
                );
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
            services,
        })
    }

    /// Returns the service, if the side covers only one.
    fn service(&self) -> Option<&str> {
        let first = self.services.keys().next();
        first
            .map(String::as_str)
            .filter(|_| self.extent != Extent::Services)
    }

    /// Removes what the other side does not cover. If nothing is left, everything on the other side was added or
    /// removed.
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
        bail!(
            "{} is of {of}, but {} is of {other}: compare specs of the same service",
            old.shown,
            new.shown
        );
    }
    old.narrow(&new);
    new.narrow(&old);
    let mut services: BTreeMap<String, [Vec<Spec>; 2]> = BTreeMap::new();
    for (service, specs) in old.services {
        services.entry(service).or_default()[0] = specs;
    }
    for (service, specs) in new.services {
        services.entry(service).or_default()[1] = specs;
    }
    Ok(services)
}

fn read(path: PathBuf) -> Result<File> {
    let text = fs::read_to_string(&path);
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    Ok((path, text))
}
