//! Generates crates from specs into any folder.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result};
use tc3_codegen::{GeneratedCrate, Runtime};

use crate::changes::is_marked;
use crate::crates::{plan_crates, plan_manifest, root_manifest};
use crate::enclosing::has_members;
use crate::files::{folders, name, read};
use crate::plan::Plan;
use crate::runtime::of_crates;
use crate::sources::{ServiceSource, SpecSource, with_actions};

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

/// Generates crates from specs and compares them with the files in `out`, which has one folder per service. `out` gets a
/// workspace manifest, unless its crates are members of an enclosing workspace. `services` and `actions` restrict the
/// output; empty means all. A path in `runtime` is relative to the current folder.
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
    let has_all_services = services.is_empty();
    let mut services = specs.select(services)?;
    let actions: Vec<&str> = actions.iter().map(String::as_str).collect();
    if !actions.is_empty() {
        services = with_actions(services, &actions, !has_all_services)?;
    }
    let mut plan = Plan::default();
    plan.lock(out)?;
    let runtime = of_crates(runtime, out)?;
    let make = |source: &ServiceSource| make(source, &actions, &runtime);
    let planned = plan_crates(&mut plan, out, &services, ServiceSource::size, make)?;
    let mut folders = members(out)?;
    let mut generation = Generation {
        services: services.len(),
        versions: 0,
        actions: 0,
        warnings: Vec::new(),
        plan,
    };
    for (service, summary) in planned {
        folders.insert(service);
        generation.versions += summary.versions;
        generation.actions += summary.actions;
        generation.warnings.extend(summary.warnings);
    }
    if !has_members(out, &folders)? {
        plan_manifest(&mut generation.plan, out, &folders)?;
    } else if read(&out.join("Cargo.toml"))?.is_some_and(|text| is_marked(&text, "@generated")) {
        generation.plan.extend([root_manifest(out, None)?]);
    }
    Ok(generation)
}

/// The counts and warnings of one service.
struct Summary {
    versions: usize,
    actions: usize,
    warnings: Vec<String>,
}

fn make(
    source: &ServiceSource,
    actions: &[&str],
    runtime: &Runtime,
) -> Result<(String, GeneratedCrate, Summary)> {
    let specs = source.load()?;
    let service = specs.first().map_or("", |spec| &spec.service).to_owned();
    // The generator rejects actions that the service does not have.
    let own = |name: &&str| specs.iter().any(|spec| spec.actions.contains_key(*name));
    let own: Vec<&str> = actions.iter().copied().filter(own).collect();
    let names = specs.iter().flat_map(|spec| spec.actions.keys());
    let selected = names.filter(|name| own.is_empty() || own.contains(&name.as_str()));
    let selected = selected.count();
    let mut generated = tc3_codegen::generate_client(&specs, &own, runtime)
        .with_context(|| format!("cannot generate the crate of {service}"))?;
    let warnings = std::mem::take(&mut generated.undefined);
    let summary = Summary {
        versions: specs.len(),
        actions: selected,
        warnings: warnings.iter().map(ToString::to_string).collect(),
    };
    Ok((service, generated, summary))
}

/// Returns the crate folders that already exist in a folder.
fn members(out: &Path) -> Result<BTreeSet<String>> {
    let folders = folders(out)?.into_iter();
    let members = folders.filter(|folder| folder.join("Cargo.toml").is_file());
    Ok(members.map(|folder| name(&folder)).collect())
}
