//! Builds the catalogues of all services from the vendor's packages.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use similar::TextDiff;
use tc3_catalogue::Catalogue;
use tc3_import::{Options, Package, Release};
use tc3_spec::{Imported, Kept, Site, Spec};

use crate::argument::WrongArgument;
use crate::lock::FolderLock;
use crate::releases::select;
use crate::workers;
use crate::write::sweep;

/// The catalogues built from some packages, with the files to write.
pub struct CatalogueBuild {
    /// Errors and warnings to print.
    pub messages: Vec<String>,
    /// The number of service versions that could not be imported.
    pub errors: usize,
    /// A line to print for each catalogue.
    pub summary: Vec<String>,
    folder: PathBuf,
    files: Vec<File>,
    /// The lock on the folder; `None` for a check.
    lock: Option<FolderLock>,
}

/// A file of a catalogue: its content on disk and the one to write.
struct File {
    path: PathBuf,
    old: Vec<u8>,
    new: Vec<u8>,
}

/// The packages of a site.
struct Packages<'a> {
    metadata: Named<'a>,
    error_codes: Option<(Package, Imported)>,
}

/// Builds the catalogues of the sites that the packages describe, and compares them with the files in a folder. For each
/// site there is one package with metadata, and at most one of the Python SDK with error codes. `check` takes no lock,
/// because nothing will be written.
///
/// # Errors
/// Fails if a package cannot be read or is another product, or if another command holds the lock. Service versions that
/// cannot be imported are counted as errors; then no file is written.
pub fn catalogue(packages: &[PathBuf], folder: &Path, check: bool) -> Result<CatalogueBuild> {
    let lock = match check {
        true => None,
        false => Some(FolderLock::take(folder)?),
    };
    let warning = lock.as_ref().and_then(FolderLock::warning);
    let mut build = CatalogueBuild {
        messages: warning.map(str::to_owned).into_iter().collect(),
        errors: 0,
        summary: Vec::new(),
        folder: folder.to_owned(),
        files: Vec::new(),
        lock,
    };
    let sites = by_site(packages)?;
    for (site, packages) in Site::ALL.into_iter().zip(sites) {
        if let Some(packages) = packages {
            build.site(site, &packages, folder)?;
        }
    }
    if build.errors > 0 {
        build.files.clear();
    }
    Ok(build)
}

impl CatalogueBuild {
    /// Builds the catalogue of a site.
    fn site(&mut self, site: Site, packages: &Packages<'_>, folder: &Path) -> Result<()> {
        let (path, package, imported) = &packages.metadata;
        let releases = select(package, &[], path)?;
        let releases: Vec<_> = releases
            .iter()
            .flat_map(|(name, releases)| releases.iter().map(move |of| (name.as_str(), of)))
            .collect();
        let specs = workers::map(&releases, |(name, release)| {
            let spec = spec(site, packages, release);
            spec.with_context(|| format!("cannot import {name} {}", release.version))
        });
        let mut imports = Vec::new();
        for import in specs {
            match import {
                Ok((spec, warnings)) => {
                    imports.push(spec);
                    self.messages.extend(warnings);
                }
                Err(error) => {
                    self.errors += 1;
                    self.messages.push(format!("error: {error:#}\n\n"));
                }
            }
        }
        let codes = packages.error_codes.iter();
        let sources = codes.map(|(_, imported)| imported.clone());
        let sources = [imported.clone()].into_iter().chain(sources).collect();
        let new = tc3_catalogue::build(site, sources, imports)?;
        let manifest = Catalogue::new(new.clone())?.manifest().to_owned();
        self.summary.push(format!(
            "read  {} on {site}: {} bytes",
            crate::text::count(releases.len(), "service version"),
            new.len()
        ));
        for (extension, new) in [("bin", new), ("txt", manifest.into_bytes())] {
            let path = folder.join(site.name()).with_extension(extension);
            let old = match fs::read(&path) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
                old => old.with_context(|| format!("cannot read {}", path.display()))?,
            };
            self.files.push(File { path, old, new });
        }
        Ok(())
    }

    /// Whether all files are up to date.
    pub fn is_empty(&self) -> bool {
        self.files.iter().all(|file| file.old == file.new)
    }

    /// Returns the changes: of a manifest as a unified diff, of a catalogue its path.
    pub fn diff(&self) -> String {
        let changed = self.files.iter().filter(|file| file.old != file.new);
        let diffs = changed.map(|file| {
            let path = file.path.display().to_string();
            match (
                std::str::from_utf8(&file.old),
                std::str::from_utf8(&file.new),
            ) {
                (Ok(old), Ok(new)) => {
                    let diff = TextDiff::from_lines(old, new);
                    diff.unified_diff().header(&path, &path).to_string()
                }
                _ => format!("{path} is stale\n"),
            }
        });
        diffs.collect()
    }

    /// Writes the changed files, each atomically, and counts them.
    ///
    /// # Errors
    /// Fails if a file cannot be written, or if the build is a check, which has no lock.
    pub fn write(&self) -> Result<usize> {
        if self.lock.is_none() {
            bail!(
                "the catalogues were built for a check, without a lock: build them without `check`"
            );
        }
        sweep(&self.folder)?;
        let changed = self.files.iter().filter(|file| file.old != file.new);
        let mut count = 0;
        for file in changed {
            tc3_files::replace(&file.path, &file.new)
                .with_context(|| format!("cannot write {}", file.path.display()))?;
            count += 1;
        }
        Ok(count)
    }
}

/// A package with its path and name.
type Named<'a> = (&'a Path, Package, Imported);

/// Sorts packages by site, in the order of [`Site::ALL`].
fn by_site(paths: &[PathBuf]) -> Result<Vec<Option<Packages<'_>>>> {
    let mut metadata: [Option<Named<'_>>; Site::ALL.len()] = Default::default();
    let mut error_codes: [Option<Named<'_>>; Site::ALL.len()] = Default::default();
    for path in paths {
        let package = Package::open(path)?;
        let shown = path.display();
        let Some(of) = package.distribution()? else {
            bail!(WrongArgument::new(format!(
                "{shown} does not say which package it is, so its site is unknown: give the wheel as downloaded from PyPI"
            )));
        };
        let list = match of.name.replace('_', "-").as_str() {
            "tccli" | "tccli-intl-en" => &mut metadata,
            "tencentcloud-sdk-python" | "tencentcloud-sdk-python-intl-en" => &mut error_codes,
            name => bail!(WrongArgument::new(format!(
                "{shown} is the package `{name}`: expected `tccli-intl-en`, `tccli`, `tencentcloud-sdk-python-intl-en` or \
                 `tencentcloud-sdk-python`"
            ))),
        };
        let slots = Site::ALL.into_iter().zip(list);
        for (_, slot) in slots.filter(|(site, _)| *site == of.site()) {
            if let Some((first, ..)) = slot {
                bail!(WrongArgument::new(format!(
                    "{shown} and {} are both `{}`: give one of them",
                    first.display(),
                    of.name
                )));
            }
            let imported = Imported {
                package: of.name.clone(),
                version: Some(of.version.clone()),
            };
            *slot = Some((path, package.clone(), imported));
        }
    }
    let sites = Site::ALL
        .into_iter()
        .zip(metadata.into_iter().zip(error_codes));
    let sites = sites.map(|(site, packages)| match packages {
        (None, None) => Ok(None),
        (Some(metadata), codes) => Ok(Some(Packages {
            metadata,
            error_codes: codes.map(|(_, package, imported)| (package, imported)),
        })),
        (None, Some((path, ..))) => bail!(WrongArgument::new(format!(
            "{} has only error codes: give the package with the metadata of {site} too",
            path.display()
        ))),
    });
    sites.collect()
}

/// Imports the facts of a service version, with warnings.
fn spec(site: Site, packages: &Packages<'_>, release: &Release) -> Result<(Spec, Vec<String>)> {
    let (_, package, _) = &packages.metadata;
    let options = Options {
        site,
        facts_only: true,
    };
    let import = package.import(release, options)?;
    let mut spec = import.spec;
    let warnings = import.warnings.iter();
    let warnings =
        warnings.map(|warning| format!("warning: {} {} {warning}\n", spec.service, spec.version));
    let warnings = warnings.collect();
    if let Some((package, _)) = &packages.error_codes {
        spec.errors = package.error_codes(release, options)?.unwrap_or_default();
    }
    spec.derive(&Kept::default());
    Ok((spec, warnings))
}
