//! `cargo xtask diff`: what changed from some specs to others, and what that does to callers.

mod git;
mod json;
mod markdown;
mod release;
mod side;
mod text;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use anyhow::{Context, Result};
use clap::ValueEnum;
use tc3_spec::diff::{Change, Consequence};
use tc3_spec::{Sources, Spec};

use self::release::Release;
use self::side::{Pair, Side, pair};
use crate::files::{folders, is_broken_pipe, name, tell};
use crate::removal::Removal;

/// What `diff` was called with.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The specs before: a spec file, a folder of a service's specs or of many services', or what git has: `REV` for the
    /// folder `specs` as it was then, `REV:PATH` for a file or folder in the repository, `REV:./PATH` for one in this
    /// folder. What is there as a path is taken for one.
    old: String,
    /// The specs after, as OLD. A single file stands for its version alone, and a folder of one service for that service;
    /// where the other side, of more, lacks it, it came or went as a whole.
    new: String,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The folder with `generated` in it, whose crates say which version is followed, instead of this workspace.
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people: by consequence, breaking first.
    Text,
    /// For programs.
    Json,
    /// An entry of a changelog, with links to the pages.
    Markdown,
}

/// What changed in a service.
struct ServiceDiff {
    service: String,
    specs: Pair,
    changes: Vec<Change>,
    /// The version of its crate, if there is one.
    release: Option<Release>,
}

/// Prints what changed.
///
/// # Errors
/// If one side cannot be read, is no spec, or is of another service than the other.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let (old, new) = (Side::read(&arguments.old)?, Side::read(&arguments.new)?);
    let root = arguments.root.clone();
    let root = root.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    let services = pair(old, new)?.into_iter();
    let diffs = services.map(|(service, specs)| ServiceDiff::new(&root, service, specs));
    let diffs = diffs.collect::<Result<Vec<_>>>()?;
    let text = match arguments.format {
        Format::Text => text::print(&diffs),
        Format::Json => json::print(&diffs)?,
        Format::Markdown => markdown::print(&diffs),
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if !is_broken_pipe(&error) => {
            Err(error).context("cannot write to standard output")
        }
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// The specs below a folder, as they are before they are made anew; told of where they cannot be read.
pub(crate) fn specs_before(specs: &Path) -> Result<BTreeMap<String, Vec<Spec>>> {
    let mut before = BTreeMap::new();
    for folder in folders(specs)? {
        let files = Spec::files(&folder)
            .with_context(|| format!("cannot list {}", folder.display()))?
            .into_iter();
        let load = |file: PathBuf| match Spec::load(&file) {
            Ok(spec) => Some(spec),
            Err(error) => {
                tell(&format!(
                    "warning: it cannot be said what changed since {error}\n\n"
                ));
                None
            }
        };
        before.insert(name(&folder), files.filter_map(load).collect());
    }
    Ok(before)
}

/// What changed from these specs to others, service by service; nothing of a service that is as before. What is in
/// `removals` is gone also where no spec knew of it.
///
/// # Errors
/// If the manifest of a crate below `root` cannot be read.
pub(crate) fn changes_since(
    root: &Path,
    mut before: BTreeMap<String, Vec<Spec>>,
    mut after: Vec<(String, Vec<Spec>)>,
    removals: &[Removal],
) -> Result<String> {
    for Removal {
        service, version, ..
    } in removals
    {
        let has = |specs: &[Spec]| specs.iter().any(|spec| spec.version == *version);
        let known = before.entry(service.clone()).or_default();
        let now = after.iter().find(|(name, _)| name == service);
        if has(known) || now.is_some_and(|(_, specs)| has(specs)) {
            continue;
        }
        known.push(unknown_spec(service, version));
        if now.is_none() {
            after.push((service.clone(), Vec::new()));
        }
    }
    let mut diffs = Vec::new();
    let mut unknown = String::new();
    for (service, new) in after {
        let old = before.remove(&service).unwrap_or_default();
        // There is a crate of this version, so it is not new, whatever its spec was.
        let generated = root.join("generated").join(&service).join("src");
        let is_lost = |spec: &Spec| {
            let module = format!("v{}", spec.version.replace('-', ""));
            old.iter().all(|of| of.version != spec.version) && generated.join(module).is_dir()
        };
        let lost: Vec<String> = new
            .iter()
            .filter(|spec| is_lost(spec))
            .map(|spec| spec.version.clone())
            .collect();
        if !lost.is_empty() {
            unknown += &format!(
                "{service}: there was no readable spec of {} to compare with, so it is not known what changed for callers: \
                 see `cargo xtask diff REVISION specs`, with a revision that has it\n",
                lost.join(", ")
            );
            continue;
        }
        let diff = ServiceDiff::new(root, service, Pair { old, new })?;
        if !diff.changes.is_empty() {
            diffs.push(diff);
        }
    }
    Ok(text::print(&diffs) + &unknown)
}

/// The spec of a version of which nothing is known but that there was one.
fn unknown_spec(service: &str, version: &str) -> Spec {
    Spec {
        format: tc3_spec::Format,
        service: service.to_owned(),
        version: version.to_owned(),
        endpoint: String::new(),
        actions: BTreeMap::new(),
        types: BTreeMap::new(),
        errors: Vec::new(),
        sources: Sources::default(),
        imported: None,
    }
}

impl ServiceDiff {
    fn new(root: &Path, service: String, specs: Pair) -> Result<ServiceDiff> {
        let changes = tc3_codegen::changes(&specs.old, &specs.new)
            .with_context(|| format!("cannot compare the specs of {service}"))?;
        let release = Release::of(root, &service, consequence(&changes))?;
        Ok(ServiceDiff {
            service,
            specs,
            changes,
            release,
        })
    }

    /// The changes of a group, in their order.
    fn group(&self, group: Group) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter();
        changes.filter(move |change| Group::of(change) == group)
    }
}

/// What all changes do together, if there are any.
fn consequence(changes: &[Change]) -> Option<Consequence> {
    changes.iter().map(|change| change.consequence).max()
}

/// The groups that changes are shown in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Breaking,
    Additions,
    /// How calls behave, and what the documentation says.
    Documentation,
    /// The same in other words, or in another order.
    Editorial,
}

impl Group {
    const ALL: [Group; 4] = [
        Group::Breaking,
        Group::Additions,
        Group::Documentation,
        Group::Editorial,
    ];

    fn of(change: &Change) -> Group {
        match change.consequence {
            Consequence::Breaking => Group::Breaking,
            Consequence::Addition => Group::Additions,
            Consequence::Documentation if change.is_editorial() => Group::Editorial,
            Consequence::Documentation => Group::Documentation,
        }
    }
}

/// The text of a file, or nothing where there is none.
fn read(path: &Path) -> Result<Option<String>> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}
