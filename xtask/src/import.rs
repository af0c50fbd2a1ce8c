//! `cargo xtask import`: the vendor's machine-readable metadata to specs.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use tc3_import::{Distribution, Options, Package, Release};
use tc3_spec::nearest;

use crate::changes::{Changes, write};
use crate::files::{count, say, tell};
use crate::lock::FolderLock;
use crate::removal;
use crate::service::{SpecsFolder, Tally};
use crate::workers;

/// What is imported, from where, to where.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The wheel of `tccli-intl-en` or `tccli`, or a folder into which it was unpacked.
    #[arg(value_name = "PACKAGE")]
    package: PathBuf,
    #[command(flatten)]
    selection: Selection,
    /// The folder of specs, instead of this workspace's.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The site whose services are meant, instead of the one that the package is for; if it does not tell, that is the
    /// international one.
    #[arg(long)]
    site: Option<Site>,
    /// Leave out what somebody wrote: descriptions and examples.
    #[arg(long)]
    facts_only: bool,
    /// The wheel of the vendor's Python SDK, or a folder into which it was unpacked, for the error codes of services.
    #[arg(long, value_name = "PACKAGE")]
    error_codes: Option<PathBuf>,
    /// Let actions go that the specs have, and neither the package nor pages have any more.
    #[arg(long)]
    allow_removal: bool,
    /// Replace specs that do not say where they are from: somebody may have written them.
    #[arg(long)]
    replace: bool,
}

/// Which services.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Selection {
    /// A service, by the first label of its domain name. May be given several times.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// All services.
    #[arg(long)]
    all: bool,
}

/// The vendor's two sites.
#[derive(Clone, Copy, clap::ValueEnum)]
pub(crate) enum Site {
    /// The international site.
    Intl,
    /// The site of mainland China.
    Mainland,
}

impl Site {
    pub(crate) fn of(site: Option<Site>, distribution: Option<&Distribution>) -> tc3_import::Site {
        match (site, distribution) {
            (Some(Site::Intl), _) | (None, None) => tc3_import::Site::Intl,
            (Some(Site::Mainland), _) => tc3_import::Site::Mainland,
            (None, Some(distribution)) => distribution.site(),
        }
    }
}

/// Imports what was asked for.
///
/// # Errors
/// If a package cannot be read, lacks a service, or contradicts itself: then nothing was written.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let package = Package::open(&arguments.package)?;
    let error_codes = arguments.error_codes.as_deref().map(Package::open);
    let error_codes = error_codes.transpose()?;
    let services = &arguments.selection.services;
    let releases = select(&package, services, &arguments.package)?;
    let site = Site::of(arguments.site, package.distribution()?.as_ref());
    let options = Options {
        site,
        facts_only: arguments.facts_only,
    };
    let specs = match &arguments.specs {
        Some(path) => SpecsFolder {
            shown: path.display().to_string(),
            path: path.clone(),
        },
        None => SpecsFolder {
            path: Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs"),
            shown: "specs".to_owned(),
        },
    };
    let _lock = FolderLock::take(&specs.path)?;
    let services: Vec<(String, Vec<Release>)> = releases.into_iter().collect();
    let imported = workers::map(&services, |(name, releases)| {
        let context = || format!("cannot import {name}");
        let import = Import {
            package: &package,
            error_codes: error_codes.as_ref(),
            options,
            specs: &specs,
            replace: arguments.replace,
        };
        import.service(name, releases).with_context(context)
    });
    let imported = imported.into_iter().collect::<Result<Vec<_>>>()?;
    let mut tally = Tally::default();
    let mut changes = Vec::new();
    for (messages, of, changed) in imported {
        changes.extend(changed);
        for message in messages {
            tell(&message);
        }
        tally.add(of);
    }
    say(&format!(
        "read  {} of {} on {site}: {}, {}; {}, {}",
        count(tally.versions, "version"),
        count(tally.services, "service"),
        count(tally.actions, "action"),
        count(tally.types, "data type"),
        count(tally.errors, "error"),
        count(tally.warnings, "warning"),
    ));
    for line in &tally.fixed {
        say(&format!("fixed {line}"));
    }
    for line in &tally.overrides {
        say(&format!("kept  {line}"));
    }
    for line in &tally.moved {
        say(&format!("moved {line}"));
    }
    if let Some(refusal) = tally.refusal() {
        removal::tell_errors(&tally.removals);
        tell(refusal);
        return Ok(ExitCode::from(1));
    }
    if !removal::may_go(&tally.removals, arguments.allow_removal, false) {
        return Ok(ExitCode::from(1));
    }
    say(&format!("wrote {}", write(&changes)?));
    Ok(ExitCode::SUCCESS)
}

/// The versions of the services of these names, or of all if there are none, by service.
///
/// # Errors
/// If the package, which lies at `path`, has no service of a name, or one version twice.
pub(crate) fn select(
    package: &Package,
    services: &[String],
    path: &Path,
) -> Result<BTreeMap<String, Vec<Release>>> {
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
    let path = path.display();
    for name in wanted {
        if !found.contains(name) {
            if let Some(broken) = broken {
                return Err(broken.into());
            }
            let near = nearest(name, known.iter().map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!("; it has `{near}`"));
            bail!("{path} has no service `{name}`{hint}");
        }
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
    Ok(services)
}

/// The way of one service from a package to its specs.
struct Import<'a> {
    package: &'a Package,
    error_codes: Option<&'a Package>,
    options: Options,
    specs: &'a SpecsFolder,
    replace: bool,
}

impl Import<'_> {
    /// The messages, the tally, and what has to be written unless there is an error.
    fn service(
        &self,
        name: &str,
        releases: &[Release],
    ) -> Result<(Vec<String>, Tally, Option<Changes>)> {
        let mut service = self.specs.service(name)?;
        let mut messages = Vec::new();
        for release in releases {
            let mut import = self.package.import(release, self.options)?;
            let version = &release.version;
            let mut warn = |text: String| {
                messages.push(format!("warning: {name} {version} {text}\n"));
            };
            for warning in &import.warnings {
                warn(warning.to_string());
            }
            if let Some(package) = self.error_codes {
                match package.error_codes(release, self.options)? {
                    Some(codes) => import.spec.errors = codes,
                    None => warn("has no error codes in the package of those".to_owned()),
                }
            } else if service.has_error_codes(version) {
                warn("loses its error codes, which --error-codes would bring again".to_owned());
            }
            service.import(import.spec, self.replace)?;
        }
        let mut reading = service.read(&|| ())?;
        reading.tally.warnings += messages.len();
        messages.append(&mut reading.messages);
        let mut changes = None;
        if reading.tally.errors == 0 {
            let mut found = Changes::find(&self.specs.path, reading.files, None)?;
            found.remove(reading.stale)?;
            changes = Some(found);
        }
        Ok((messages, reading.tally, changes))
    }
}
