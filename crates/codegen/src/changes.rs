//! Changes between specs, with changed Rust names.

use tc3_spec::Spec;
use tc3_spec::diff::{self, Change};

use crate::error::Error;
use crate::rust_names::rust_names;

/// Returns all changes between two sets of a service's specs: those of [`tc3_spec::diff::changes`], and changed Rust
/// names of unchanged items.
///
/// Consequences assume the crate of all actions.
///
/// # Errors
/// Fails if a spec is invalid.
pub fn changes(old: &[Spec], new: &[Spec]) -> Result<Vec<Change>, Error> {
    let mut changes = diff::changes(old, new);
    for new in new {
        let old = old.iter().find(|old| old.version == new.version);
        if let Some(old) = old.filter(|old| *old != new) {
            changes.extend(renames(old, new)?);
        }
    }
    changes.sort_by(|a, b| a.version.cmp(&b.version));
    Ok(changes)
}

/// Returns the changed Rust names of items that both specs have.
fn renames(old: &Spec, new: &Spec) -> Result<Vec<Change>, Error> {
    let old = rust_names(old)?;
    let renames = rust_names(new)?.into_iter().filter_map(|(item, name)| {
        let before = old.get(&item)?;
        let change = || Change::renamed(&new.version, item.place, before, &name);
        (*before != name).then(change)
    });
    Ok(renames.collect())
}
