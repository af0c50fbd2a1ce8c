//! Pages to specs, specs to generated crates.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::changes::{Changes, Count, write};
use crate::diff::{changes_since, specs_before};
use crate::files::folders;
use crate::lock::FolderLock;
use crate::reading::Reading;
use crate::removal::of_generated;
use crate::service::{Service, SpecsFolder};
use crate::workers;

/// What regenerating a root would change.
pub struct Regeneration {
    /// What the sources say.
    pub reading: Reading,
    /// What changed for callers, in words.
    pub changed: String,
    changes: Vec<Changes>,
    _locks: Vec<FolderLock>,
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
    let mut locks = Vec::new();
    let mut reading = Reading::default();
    if !check {
        for folder in [&specs.path, &generated] {
            let lock = FolderLock::take(folder)?;
            reading.messages.extend(lock.warning().map(str::to_owned));
            locks.push(lock);
        }
    }
    let services = specs.services()?;
    let pages = services.iter().map(Service::pages).sum();
    let made = workers::map(&services, |service| make(service, color, &|| step(pages)));
    for made in made {
        reading.add(made?);
    }
    let mut regeneration = Regeneration {
        reading,
        changed: String::new(),
        changes: Vec::new(),
        _locks: locks,
    };
    let reading = &mut regeneration.reading;
    if reading.errors > 0 {
        return Ok(regeneration);
    }
    let mut of_specs = Changes::find(&specs.path, std::mem::take(&mut reading.files), None)?;
    of_specs.remove(std::mem::take(&mut reading.stale))?;
    // What is marked as generated there and is not generated any more goes, also where a whole service is gone.
    let owned = Some(Path::new(""));
    let of_crates = Changes::find(&generated, std::mem::take(&mut reading.crates), owned)?;
    let gone = of_generated(&of_crates, &reading.removals);
    reading.removals.extend(gone);
    let (before, mut warnings) = specs_before(&specs.path)?;
    reading.messages.append(&mut warnings);
    let after = std::mem::take(&mut reading.specs);
    regeneration.changed = changes_since(root, before, after, &reading.removals)?;
    regeneration.changes = vec![of_specs, of_crates];
    Ok(regeneration)
}

impl Regeneration {
    /// Whether specs and crates are what their sources make of them.
    pub fn is_fresh(&self) -> bool {
        self.changes.iter().all(Changes::is_empty)
    }

    /// How many files are to change.
    pub fn count(&self) -> Count {
        self.changes.iter().map(Changes::count).sum()
    }

    /// What is to change, as a unified diff.
    pub fn diff(&self) -> String {
        self.changes.iter().map(Changes::diff).collect()
    }

    /// Writes what is to change.
    ///
    /// # Errors
    /// If a file cannot be written or removed.
    pub fn write(&self) -> Result<()> {
        write(&self.changes)
    }
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
        .map(|(path, text)| (folder.join(path), text))
        .collect();
    Ok(reading)
}
