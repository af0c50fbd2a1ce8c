//! Generates crates from specs into any folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tc3_codegen::{GeneratedCrate, Runtime};

use crate::changes::{Changes, is_marked};
use crate::enclosing::has_members;
use crate::files::{folders, name, read};
use crate::plan::Plan;
use crate::runtime::of_crates;
use crate::sources::{ServiceSource, SpecSource};
use crate::text::hint;
use crate::workers;

/// The result of a generation, with the files to write.
pub struct Generation {
    /// The number of services.
    pub services: usize,
    /// The number of service versions.
    pub versions: usize,
    /// The number of actions.
    pub actions: usize,
    /// Warnings to print.
    pub warnings: Vec<String>,
    /// The files to write.
    pub plan: Plan,
}

/// Generates crates from specs and compares them with the files in `out`, which has one folder per service. It is a workspace,
/// unless the crates are members of one around it. `services` and `actions` restrict the output; empty means all. A path of
/// `runtime` is relative to the current folder.
///
/// # Errors
/// Fails if a spec or the runtime cannot be read, a service or action does not exist, a file that is not generated would be
/// overwritten, or another command holds the lock.
pub fn generate(
    specs: &SpecSource<'_>,
    out: &Path,
    services: &[String],
    actions: &[String],
    runtime: &Runtime,
) -> Result<Generation> {
    let of_all = services.is_empty();
    let mut services = specs.select(services)?;
    let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
    if !actions.is_empty() {
        services = with_actions(services, &actions, !of_all)?;
    }
    let mut plan = Plan::default();
    plan.lock(out)?;
    let runtime = of_crates(runtime, out)?;
    let make = |source: &ServiceSource| make(source, &actions, &runtime);
    let made = crates(&mut plan, out, &services, ServiceSource::size, make)?;
    let mut folders = members(out)?;
    let mut generation = Generation {
        services: services.len(),
        versions: 0,
        actions: 0,
        warnings: Vec::new(),
        plan,
    };
    for (service, (versions, actions, warnings)) in made {
        folders.insert(service);
        generation.versions += versions;
        generation.actions += actions;
        generation.warnings.extend(warnings);
    }
    if !has_members(out, &folders)? {
        manifest(&mut generation.plan, out, &folders)?;
    } else if read(&out.join("Cargo.toml"))?.is_some_and(|text| is_marked(&text, "@generated")) {
        generation.plan.extend([root_manifest(out, None)?]);
    }
    Ok(generation)
}

/// Plans a crate for each item. Returns the service names, each with the additional result of `make`.
///
/// # Errors
/// Fails if `make` fails, or a file that is not generated would be overwritten.
pub(crate) fn crates<T: Sync, R: Send>(
    plan: &mut Plan,
    out: &Path,
    items: &[T],
    size: impl Fn(&T) -> u64,
    make: impl Fn(&T) -> Result<(String, GeneratedCrate, R)> + Sync,
) -> Result<Vec<(String, R)>> {
    let made = workers::map_largest_first(items, size, |item| {
        let (service, made, rest) = make(item)?;
        let folder = Path::new(&service);
        let files = made.files.into_iter();
        let files = files.map(|(path, text)| (folder.join(path), Some(text)));
        let changes = changes(out, files.collect(), Some(folder))?;
        Ok((changes, (service, rest)))
    });
    let made = made.into_iter().collect::<Result<Vec<_>>>()?.into_iter();
    let (changes, results): (Vec<_>, Vec<_>) = made.unzip();
    plan.extend(changes);
    Ok(results)
}

/// Plans the manifest of the workspace of these crates.
///
/// # Errors
/// Fails if the existing manifest is not generated.
pub(crate) fn manifest(plan: &mut Plan, out: &Path, crates: &BTreeSet<String>) -> Result<()> {
    let crates: Vec<&str> = crates.iter().map(String::as_str).collect();
    let text = tc3_codegen::workspace_manifest(&crates);
    plan.extend([root_manifest(out, Some(text))?]);
    Ok(())
}

/// Compares the manifest of a workspace with this text; `None` removes it.
fn root_manifest(out: &Path, text: Option<String>) -> Result<Changes> {
    changes(out, BTreeMap::from([("Cargo.toml".into(), text)]), None)
}

/// Selects the services that have one of the actions; `all` requires it of each service.
fn with_actions(
    services: Vec<ServiceSource>,
    actions: &[&str],
    all: bool,
) -> Result<Vec<ServiceSource>> {
    let mut known = BTreeSet::new();
    let (mut kept, mut others) = (Vec::new(), Vec::new());
    let specs = workers::map(&services, ServiceSource::load);
    for (source, specs) in services.into_iter().zip(specs) {
        let specs = specs?;
        let service = specs.first().map_or("", |spec| &spec.service).to_owned();
        let names = specs.into_iter().flat_map(|of| of.actions.into_keys());
        let names: BTreeSet<String> = names.collect();
        known.extend(names.iter().cloned());
        if actions.iter().any(|action| names.contains(*action)) {
            kept.push(source);
        } else {
            others.push((service, names));
        }
    }
    if let Some(action) = actions.iter().find(|action| !known.contains(**action)) {
        let hint = hint(action, known.iter().map(String::as_str));
        bail!("no spec has an action `{action}`{hint}");
    }
    if let Some((service, names)) = others.first().filter(|_| all) {
        let hint = |action| hint(action, names.iter().map(String::as_str));
        let mut hints = actions.iter().copied().map(hint);
        let hint = hints.find(|hint| !hint.is_empty()).unwrap_or_default();
        bail!(
            "no spec of `{service}` has an action `{}`{hint}",
            actions.join("` or `")
        );
    }
    Ok(kept)
}

/// The numbers of generated versions and actions of a service, and warnings.
type Made = (usize, usize, Vec<String>);

fn make(
    source: &ServiceSource,
    actions: &[&str],
    runtime: &Runtime,
) -> Result<(String, GeneratedCrate, Made)> {
    let specs = source.load()?;
    let service = specs.first().map_or("", |spec| &spec.service).to_owned();
    // An action of another service is not reported as missing.
    let own = |name: &&str| specs.iter().any(|spec| spec.actions.contains_key(*name));
    let own: Vec<&str> = actions.iter().copied().filter(own).collect();
    let names = specs.iter().flat_map(|spec| spec.actions.keys());
    let generated = names.filter(|name| own.is_empty() || own.contains(&name.as_str()));
    let generated = generated.count();
    let mut made = tc3_codegen::generate_client(&specs, &own, runtime)
        .with_context(|| format!("cannot generate the crate of {service}"))?;
    let warnings = std::mem::take(&mut made.undefined);
    let warnings = warnings.iter().map(ToString::to_string).collect();
    Ok((service, made, (specs.len(), generated, warnings)))
}

/// Compares the files with those in a folder.
///
/// # Errors
/// Fails if a file that is not generated would be overwritten.
fn changes(
    out: &Path,
    files: BTreeMap<PathBuf, Option<String>>,
    owned: Option<&Path>,
) -> Result<Changes> {
    let changes = Changes::find(out, files, owned)?;
    if let Some(path) = changes.not_generated_by("cargo xtask generate") {
        bail!(
            "{} exists and was not generated by this command: move it, or generate into another folder",
            path.display()
        );
    }
    Ok(changes)
}

/// Returns the crate folders that already exist in a folder.
fn members(out: &Path) -> Result<BTreeSet<String>> {
    let folders = folders(out)?.into_iter();
    let members = folders.filter(|folder| folder.join("Cargo.toml").is_file());
    Ok(members.map(|folder| name(&folder)).collect())
}
