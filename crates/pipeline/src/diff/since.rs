//! Changes since the specs were last written.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use tc3_spec::Spec;

use super::service_diff::ServiceDiff;
use super::text;
use crate::files::{folders, name, spec_files};
use crate::removal::Removal;

/// The specs of each service.
type Specs = BTreeMap<String, Vec<Spec>>;

/// Loads the specs on disk before they are regenerated, with a warning for each that cannot be read.
///
/// # Errors
/// Fails if a folder cannot be listed.
pub(crate) fn specs_before(specs: &Path) -> Result<(Specs, Vec<String>)> {
    let mut before = BTreeMap::new();
    let mut warnings = Vec::new();
    for folder in folders(specs)? {
        let mut specs = Vec::new();
        for file in spec_files(&folder)? {
            match Spec::load(&file) {
                Ok(spec) => specs.push(spec),
                Err(error) => warnings.push(format!(
                    "warning: the changes are unknown, because the previous spec cannot be read: {error}\n\n"
                )),
            }
        }
        before.insert(name(&folder), specs);
    }
    Ok((before, warnings))
}

/// Describes the changes from these specs to others, service by service, skipping unchanged services. The actions in
/// `removals` count as removed even if no spec contained them.
///
/// # Errors
/// Fails if the manifest of a crate below `root` cannot be read.
pub(crate) fn changes_since(
    root: &Path,
    mut before: Specs,
    mut after: Specs,
    removals: &[Removal],
) -> Result<String> {
    for Removal {
        service, version, ..
    } in removals
    {
        let has = |specs: &[Spec]| specs.iter().any(|spec| spec.version == *version);
        let known = before.entry(service.clone()).or_default();
        let now = after.entry(service.clone()).or_default();
        if !has(known) && !has(now) {
            known.push(Spec::empty(service, version));
        }
    }
    let mut diffs = Vec::new();
    let mut unknown = String::new();
    for (service, new) in after {
        let old = before.remove(&service).unwrap_or_default();
        // If the crate has a module of this version, the version is not new, even without a readable previous spec.
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
                "{service}: the changes for callers are unknown, because the previous spec of {} is missing or \
                 unreadable: run `cargo xtask diff REVISION specs` with a revision that has it\n",
                lost.join(", ")
            );
            continue;
        }
        let diff = ServiceDiff::new(root, service, [old, new])?;
        if !diff.changes.is_empty() {
            diffs.push(diff);
        }
    }
    Ok(text::print(&diffs) + &unknown)
}
