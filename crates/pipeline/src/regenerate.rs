//! Pages to specs, specs to generated crates.

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

/// What the sources below a root say, and what is to be written of it.
pub struct Regeneration {
    /// What the sources say.
    pub reading: Reading,
    /// What changed for callers, in words.
    pub changed: String,
    /// What is to be written; nothing if there is an error.
    pub plan: Plan,
}

/// Makes all specs and crates below `root`, and compares them with what lies there. With `check`, nothing is locked, since
/// nothing will be written.
///
/// Diagnostics have colours if `color` says so. `step` is called behind each page with the number of all pages.
///
/// # Errors
/// If a file cannot be read, or if another command is writing there.
pub fn regenerate(
    root: &Path,
    check: bool,
    color: bool,
    step: &(dyn Fn(usize) + Sync),
) -> Result<Regeneration> {
    let specs = SpecsFolder::in_root(root);
    let generated = root.join("generated");
    // A lock would make the folder.
    folders(&specs.path)?;
    let mut plan = Plan::default();
    if !check {
        plan.lock(&specs.path)?;
        plan.lock(&generated)?;
    }
    let services = specs.services()?;
    let pages = services.iter().map(Service::pages).sum();
    let made = workers::map_largest_first(&services, Service::size, |service| {
        make(service, color, &|| step(pages))
    });
    let mut reading = Reading::default();
    for made in made {
        reading.add(made?);
    }
    let mut changed = String::new();
    if reading.errors == 0 {
        let of_specs = Changes::find(&specs.path, take(&mut reading.files), None)?;
        // What is marked as generated there and is not generated any more goes, also where a whole service is gone.
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

/// Makes the specs and the crate of a service.
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
