//! Regenerates specs and crates from all sources.

use std::mem::take;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::changes::Changes;
use crate::diff::{changes_since, specs_before};
use crate::files::folders;
use crate::plan::Plan;
use crate::reading::Reading;
use crate::removal::of_generated;
use crate::service::{Service, SpecsFolder};
use crate::workers;

/// The result of reading all sources below a root, with the files to write.
pub struct Regeneration {
    /// The contents of the sources.
    pub reading: Reading,
    /// The changes for callers, as text.
    pub changed: String,
    /// The files to write; empty if there is an error.
    pub plan: Plan,
}

/// Builds all specs and crates below `root` and compares them with the files on disk. `check` takes no locks, because
/// nothing will be written.
///
/// `color` enables colours in diagnostics. `step` is called after each page with the total number of pages.
///
/// # Errors
/// Fails if a file cannot be read, or another command holds a lock.
pub fn regenerate(
    root: &Path,
    check: bool,
    color: bool,
    step: &(dyn Fn(usize) + Sync),
) -> Result<Regeneration> {
    let specs = SpecsFolder::in_root(root);
    let generated = root.join("generated");
    // Fail here if there are no specs: taking the lock would create the folder.
    folders(&specs.path)?;
    let mut plan = Plan::default();
    if !check {
        plan.lock(&specs.path)?;
        plan.lock(&generated)?;
    }
    let services = specs.services()?;
    let pages = services.iter().map(Service::pages).sum();
    let read = workers::map_largest_first(&services, Service::size, |service| {
        make(service, color, &|| step(pages))
    });
    let mut reading = Reading::default();
    for service in read {
        reading.add(service?);
    }
    reading.warn_of_lost_facts();
    let mut changed = String::new();
    if reading.errors == 0 {
        let of_specs = Changes::find(&specs.path, take(&mut reading.files), None)?;
        // Owning the whole folder removes stale generated files, also those of a service that was removed.
        let owned = Some(Path::new(""));
        let of_crates = Changes::find(&generated, take(&mut reading.crates), owned)?;
        let gone = of_generated(&of_crates, &reading.removals);
        reading.removals.extend(gone);
        let (before, warnings) = specs_before(&specs.path)?;
        reading.messages.extend(warnings);
        changed = changes_since(root, before, take(&mut reading.specs), &reading.removals)?;
        plan.extend([of_specs, of_crates]);
    }
    Ok(Regeneration {
        reading,
        changed,
        plan,
    })
}

/// Builds the specs and the crate of a service.
fn make(service: &Service, color: bool, step: &dyn Fn()) -> Result<Reading> {
    let mut reading = service.read(color, step)?;
    let specs = reading.specs.get(&service.name).map_or(&[][..], |of| of);
    if reading.errors > 0 || specs.is_empty() {
        return Ok(reading);
    }
    let generated = tc3_codegen::generate_crate(specs)
        .with_context(|| format!("cannot generate the crate of {}", service.name))?;
    for undefined in generated.undefined {
        reading.warn(undefined);
    }
    let folder = PathBuf::from(&service.name);
    let files = generated.files.into_iter();
    reading.crates = files
        .map(|(path, text)| (folder.join(path), Some(text)))
        .collect();
    Ok(reading)
}
