//! One of the two sides of a comparison.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tc3_spec::Spec;

use super::git;
use crate::files::folders;
use crate::hold::Hold;

/// Specs, as they were named on the command line.
#[derive(Debug)]
pub(super) struct Side {
    /// What they are called in messages.
    shown: String,
    extent: Extent,
    services: BTreeMap<String, Vec<Spec>>,
}

/// How much was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// A file: nothing is said of other versions.
    Version,
    /// A service's folder: nothing is said of other services.
    Service,
    /// A folder of all services.
    Services,
}

/// A spec file's text, and what it is called in messages.
pub(super) type File = (PathBuf, String);

impl Side {
    /// Reads the specs at a path or of a revision.
    ///
    /// # Errors
    /// If it is neither, if there is no spec, or if one cannot be read.
    pub(super) fn read(named: &str) -> Result<Side> {
        let path = Path::new(named);
        let _hold = hold(path)?;
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

    fn of_revision(named: &str) -> Result<Side> {
        let (revision, path) = named.split_once(':').unwrap_or((named, "specs"));
        let path = path.trim_matches('/');
        let commit = git::commit(revision).with_context(|| {
            format!("`{named}` is neither a file or folder nor of a revision of this repository")
        })?;
        let files = git::files(&commit, path)?;
        if files.iter().any(|file| file == path) {
            let file = git::read(revision, &commit, path)?;
            return Side::of(named, Extent::Version, vec![file]);
        }
        let below = |file: &&String, depth: usize| {
            let inner = match path {
                "" => Some(file.as_str()),
                path => file.strip_prefix(path).and_then(|of| of.strip_prefix('/')),
            };
            let is_deep = |inner: &str| inner.matches('/').count() == depth;
            inner.is_some_and(is_deep) && Spec::is_file_name(Path::new(file))
        };
        let is_service = files.iter().any(|file| below(&file, 0));
        let (extent, depth) = match is_service {
            true => (Extent::Service, 0),
            false => (Extent::Services, 1),
        };
        let files = files.iter().filter(|file| below(file, depth));
        let files = files.map(|file| git::read(revision, &commit, file));
        Side::of(named, extent, files.collect::<Result<_>>()?)
    }

    fn of(named: &str, extent: Extent, files: Vec<File>) -> Result<Side> {
        let mut services: BTreeMap<String, Vec<Spec>> = BTreeMap::new();
        for (path, text) in files {
            let spec = Spec::from_json(&text, &path)?;
            let specs = services.entry(spec.service.clone()).or_default();
            if specs.iter().any(|other| other.version == spec.version) {
                bail!(
                    "{} is a second spec of {} {} in {named}",
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
                "{named} has no spec: specs are files like 2021-03-31.json, in it or in the folders of its services"
            ),
            [one, other, ..] if extent == Extent::Service => {
                bail!("{named} has specs of {one} and of {other}: a folder is of one service")
            }
            _ => {}
        }
        Ok(Side {
            shown: named.to_owned(),
            extent,
            services,
        })
    }

    /// The one service, where only one was named.
    fn service(&self) -> Option<&str> {
        let first = self.services.keys().next();
        first
            .map(String::as_str)
            .filter(|_| self.extent != Extent::Services)
    }

    /// Leaves out what the other side says nothing of.
    fn narrow(&mut self, other: &Side) -> Result<()> {
        let Some(service) = other.service() else {
            return Ok(());
        };
        self.services.retain(|name, _| name == service);
        let Some(specs) = self.services.get_mut(service) else {
            bail!(
                "{} is of {service}, of which {} has no spec",
                other.shown,
                self.shown
            );
        };
        if other.extent == Extent::Version && self.extent != Extent::Version {
            let versions: Vec<&str> = other.services[service]
                .iter()
                .map(|spec| spec.version.as_str())
                .collect();
            specs.retain(|spec| versions.contains(&spec.version.as_str()));
        }
        Ok(())
    }
}

/// A service's specs before and after.
#[derive(Debug, Default)]
pub(super) struct Pair {
    pub(super) old: Vec<Spec>,
    pub(super) new: Vec<Spec>,
}

/// The services of both sides.
///
/// # Errors
/// If they are of different services.
pub(super) fn pair(mut old: Side, mut new: Side) -> Result<BTreeMap<String, Pair>> {
    if let (Some(of), Some(other)) = (old.service(), new.service())
        && of != other
    {
        bail!(
            "{} is of {of} and {} of {other}: compare two of one service",
            old.shown,
            new.shown
        );
    }
    old.narrow(&new)?;
    new.narrow(&old)?;
    let mut services: BTreeMap<String, Pair> = BTreeMap::new();
    for (service, specs) in old.services {
        services.entry(service).or_default().old = specs;
    }
    for (service, specs) in new.services {
        services.entry(service).or_default().new = specs;
    }
    Ok(services)
}

fn spec_files(folder: &Path) -> Result<Vec<PathBuf>> {
    Spec::files(folder).with_context(|| format!("cannot list {}", folder.display()))
}

fn read(path: PathBuf) -> Result<File> {
    let text = fs::read_to_string(&path);
    let text = text.with_context(|| format!("cannot read {}", path.display()))?;
    Ok((path, text))
}

/// Keeps others from writing at a path meanwhile. Who writes specs holds the folder of all services, which is the path's
/// own or one of the two above.
fn hold(path: &Path) -> Result<Hold> {
    let Ok(path) = fs::canonicalize(path) else {
        return Hold::to_read(&[]);
    };
    let folders: Vec<&Path> = path.ancestors().take(3).filter(|of| of.is_dir()).collect();
    Hold::to_read(&folders)
}
