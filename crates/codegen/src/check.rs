//! Validation before generation.

use tc3_spec::Spec;

use crate::error::Error;

/// Checks that a spec is valid.
pub(crate) fn check(spec: &Spec) -> Result<(), Error> {
    match spec.problems().into_iter().next() {
        None => Ok(()),
        Some(problem) => Err(Error::Invalid {
            service: spec.service.clone(),
            version: spec.version.clone(),
            problem,
        }),
    }
}
