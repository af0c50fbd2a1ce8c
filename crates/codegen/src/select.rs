//! Selects actions of a spec.

use std::collections::BTreeSet;

use tc3_spec::{Spec, did_you_mean};

use crate::error::Error;

/// Returns the actions of these names.
///
/// # Errors
/// Fails if the spec lacks one of them.
pub(crate) fn select<'a>(spec: &Spec, actions: &[&'a str]) -> Result<BTreeSet<&'a str>, Error> {
    for name in actions {
        if !spec.actions.contains_key(*name) {
            return Err(Error::UnknownAction {
                service: spec.service.clone(),
                version: spec.version.clone(),
                name: (*name).to_owned(),
                hint: did_you_mean(name, spec.actions.keys().map(String::as_str)),
            });
        }
    }
    Ok(actions.iter().copied().collect())
}
