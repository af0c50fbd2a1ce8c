//! `cargo xtask generate`: specs to crates, anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use tc3_spec::{Spec, nearest};

use crate::changes::{Changes, write};
use crate::files::{count, folders, is_same, name, say, tell};
use crate::lock::FolderLock;
use crate::workers;

/// What is generated, from where, to where.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder of specs, `<service>/<version>.json`, instead of this workspace's.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// The folder to write to: a workspace with a folder for each service.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// A service; all that have specs if none is named. May be given several times.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    /// An action; all if none is named. May be given several times. Only the data types that these actions are made of
    /// are generated.
    #[arg(long = "action", value_name = "NAME")]
    actions: Vec<String>,
}

/// Generates what was asked for.
///
/// # Errors
/// If a spec cannot be read, a service or action does not exist, or a file would be lost that is not generated: then
/// nothing was written.
pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let specs = arguments.specs.clone();
    let specs = specs.unwrap_or_else(|| workspace.join("specs"));
    if is_same(&specs, &arguments.out) {
        bail!(
            "{} is the folder of the specs: name another one for the crates with `--out`",
            arguments.out.display()
        );
    }
    let services = services(&specs, &arguments.services)?;
    let actions: Vec<&str> = arguments.actions.iter().map(String::as_str).collect();
    let services = match actions.is_empty() {
        true => services,
        false => with_actions(services, &actions, !arguments.services.is_empty())?,
    };
    let _lock = FolderLock::take(&arguments.out)?;
    let made = workers::map(&services, |files| make(files, &actions, &arguments.out));
    let mut folders = members(&arguments.out)?;
    let mut warnings = 0;
    let mut tally = Tally::default();
    let mut changed = Vec::new();
    for made in made.into_iter().collect::<Result<Vec<_>>>()? {
        folders.insert(made.service);
        changed.push(made.changes);
        tally.versions += made.tally.versions;
        tally.actions += made.tally.actions;
        warnings += made.warnings.len();
        for warning in made.warnings {
            tell(&format!("warning: {warning}\n\n"));
        }
    }
    let runtime = relative(&arguments.out, &workspace.join("crates/runtime"))?;
    let folders: Vec<&str> = folders.iter().map(String::as_str).collect();
    let manifest = tc3_codegen::workspace_manifest(&folders, &runtime);
    let root = BTreeMap::from([(PathBuf::from("Cargo.toml"), manifest)]);
    changed.push(changes(&arguments.out, root, None)?);
    say(&format!(
        "read  {} of {}: {}; {}",
        count(tally.versions, "version"),
        count(services.len(), "service"),
        count(tally.actions, "action"),
        count(warnings, "warning"),
    ));
    say(&format!("wrote {}", write(&changed)?));
    Ok(ExitCode::SUCCESS)
}

/// The spec files of each service.
type Services = Vec<Vec<PathBuf>>;

/// The services of these names, or all.
fn services(specs: &Path, names: &[String]) -> Result<Services> {
    let mut services: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for folder in folders(specs)? {
        let context = || format!("cannot list {}", folder.display());
        let files = Spec::files(&folder).with_context(context)?;
        if !files.is_empty() {
            services.insert(name(&folder), files);
        }
    }
    if services.is_empty() {
        bail!("no service has a spec in {}", specs.display());
    }
    for name in names {
        if !services.contains_key(name) {
            let near = nearest(name, services.keys().map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!("; it has `{near}`"));
            bail!("{} has no service `{name}`{hint}", specs.display());
        }
    }
    if !names.is_empty() {
        services.retain(|name, _| names.contains(name));
    }
    Ok(services.into_values().collect())
}

/// The services that have one of the actions; with `all`, each has to.
fn with_actions(services: Services, actions: &[&str], all: bool) -> Result<Services> {
    let mut known = BTreeSet::new();
    let (mut kept, mut others) = (Services::new(), Services::new());
    for files in services {
        let specs = load(&files)?;
        let names: BTreeSet<String> = specs
            .into_iter()
            .flat_map(|of| of.actions.into_keys())
            .collect();
        let has_one = actions.iter().any(|action| names.contains(*action));
        let list = if has_one { &mut kept } else { &mut others };
        list.push(files);
        known.extend(names);
    }
    for action in actions {
        if !known.contains(*action) {
            let near = nearest(action, known.iter().map(String::as_str));
            let hint = near.map_or(String::new(), |near| format!("; there is `{near}`"));
            bail!("no spec has an action `{action}`{hint}");
        }
    }
    if let Some(files) = others.first().filter(|_| all) {
        let files: Vec<_> = files
            .iter()
            .map(|file| file.display().to_string())
            .collect();
        bail!("none of the actions is in {}", files.join(", "));
    }
    Ok(kept)
}

/// Loads specs, which have to lie where their services and versions say: two folders of one service would become one.
fn load(files: &[PathBuf]) -> Result<Vec<Spec>> {
    let load = |file: &PathBuf| {
        let spec = Spec::load(file)?;
        if !file.ends_with(format!("{}/{}.json", spec.service, spec.version)) {
            bail!(
                "{} is the spec of {} {}: its name must say so",
                file.display(),
                spec.service,
                spec.version
            );
        }
        Ok(spec)
    };
    files.iter().map(load).collect()
}

#[derive(Default)]
struct Tally {
    versions: usize,
    actions: usize,
}

/// What came of one service.
struct Made {
    service: String,
    changes: Changes,
    tally: Tally,
    warnings: Vec<String>,
}

fn make(files: &[PathBuf], actions: &[&str], out: &Path) -> Result<Made> {
    let specs = load(files)?;
    let service = specs.first().map_or("", |spec| &spec.service).to_owned();
    let has = |name: &str| actions.is_empty() || actions.contains(&name);
    let tally = Tally {
        versions: specs.len(),
        actions: specs
            .iter()
            .flat_map(|spec| spec.actions.keys())
            .filter(|name| has(name))
            .count(),
    };
    // An action that another service has is none that this one lacks.
    let own = |name: &&str| specs.iter().any(|spec| spec.actions.contains_key(*name));
    let own: Vec<&str> = actions.iter().copied().filter(own).collect();
    let generated = tc3_codegen::generate_client(&specs, &own)
        .with_context(|| format!("cannot generate the crate of {service}"))?;
    let folder = Path::new(&service);
    let files = generated.files.into_iter();
    let files = files.map(|(path, text)| (folder.join(path), text));
    Ok(Made {
        changes: changes(out, files.collect(), Some(folder))?,
        tally,
        warnings: generated
            .undefined
            .iter()
            .map(ToString::to_string)
            .collect(),
        service,
    })
}

/// What has to be done so that a folder holds these files.
///
/// # Errors
/// If a file that is not generated would be lost.
pub(crate) fn changes(
    out: &Path,
    files: BTreeMap<PathBuf, String>,
    owned: Option<&Path>,
) -> Result<Changes> {
    let changes = Changes::find(out, files, owned)?;
    if let Some(path) = changes.not_generated_by("cargo xtask generate") {
        bail!(
            "{} is there already, and this command did not generate it: move it away, or generate into another folder",
            out.join(path).display()
        );
    }
    Ok(changes)
}

/// The folders of crates that are in a folder already.
fn members(out: &Path) -> Result<BTreeSet<String>> {
    let folders = folders(out)?.into_iter();
    let members = folders.filter(|folder| folder.join("Cargo.toml").is_file());
    Ok(members.map(|folder| name(&folder)).collect())
}

/// The path from one folder to another, with `/` between its parts: the same on every machine where both lie alike.
pub(crate) fn relative(from: &Path, to: &Path) -> Result<String> {
    let whole = |path: &Path| {
        fs::canonicalize(path).with_context(|| format!("cannot find {}", path.display()))
    };
    let (from, to) = (whole(from)?, whole(to)?);
    let common = from.components().zip(to.components());
    let common = common.take_while(|(from, to)| from == to).count();
    if common == 0 {
        return Ok(to.display().to_string());
    }
    let up = from.components().skip(common).map(|_| "..".to_owned());
    let down = to.components().skip(common);
    let down = down.map(|part| part.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}
