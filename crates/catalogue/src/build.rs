//! Builds a catalogue file from specs.

use tc3_spec::{Imported, Site, Spec};

use crate::file::{self, pack};
use crate::manifest::{Counts, Entry, Manifest};
use crate::{facts, index};

/// Error of building a catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A spec is invalid.
    #[error("the spec of `{service}` {version} is invalid: {problem}")]
    Invalid {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// The problem and its place.
        problem: tc3_spec::Problem,
    },
    /// A spec has facts that a catalogue cannot hold.
    #[error(
        "the spec of `{service}` {version} has facts that a catalogue cannot hold, such as a rate limit or the error codes \
         of an action: build the catalogue from imported specs"
    )]
    NotImported {
        /// The service.
        service: String,
        /// The version.
        version: String,
    },
    /// Two specs are of the same version.
    #[error("duplicate spec of `{service}` {version}: remove one of them")]
    Twice {
        /// The service.
        service: String,
        /// The version.
        version: String,
    },
}

/// Builds the catalogue file of a site from imported specs, in any order. `packages` are their packages; the first
/// one has the actions. The same specs give the same bytes on every machine.
///
/// Descriptions and examples are left out.
///
/// # Errors
/// Fails if a spec is invalid, has facts that an import does not have, or two are of the same version.
pub fn build(
    site: Site,
    packages: Vec<Imported>,
    mut specs: Vec<Spec>,
) -> Result<Vec<u8>, BuildError> {
    specs.sort_by(|a, b| (&a.service, &a.version).cmp(&(&b.service, &b.version)));
    let (index, packed_index) = pack(&index::write(&specs));
    let mut sections = vec![packed_index];
    let mut entries: Vec<Entry> = Vec::new();
    for spec in &specs {
        let (service, version) = (spec.service.clone(), spec.version.clone());
        if let Some(problem) = spec.problems().into_iter().next() {
            return Err(BuildError::Invalid {
                service,
                version,
                problem,
            });
        }
        if entries
            .last()
            .is_some_and(|last| (&last.service, &last.version) == (&service, &version))
        {
            return Err(BuildError::Twice { service, version });
        }
        let text = facts::write(spec);
        let read = facts::read(&text, &service, &version, None);
        if read.ok().flatten() != Some(spec.facts()) {
            return Err(BuildError::NotImported { service, version });
        }
        let (section, packed) = pack(&text);
        sections.push(packed);
        let parameters = spec.actions.values().map(|action| action.request.len());
        entries.push(Entry {
            counts: Counts {
                actions: spec.actions.len(),
                types: spec.types.len(),
                parameters: parameters.sum(),
                codes: spec.errors.len(),
            },
            service,
            version,
            section,
        });
    }
    let manifest = Manifest {
        site,
        packages,
        entries,
        index,
    };
    Ok(file::write(&manifest, &sections))
}
