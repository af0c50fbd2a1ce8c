//! The changes of a service.

use std::path::Path;

use anyhow::{Context, Result};
use tc3_spec::Spec;
use tc3_spec::diff::{Change, Consequence};

use super::release::Release;

/// The changes of a service.
pub struct ServiceDiff {
    pub(super) service: String,
    /// The specs before and after.
    pub(super) specs: [Vec<Spec>; 2],
    pub(super) changes: Vec<Change>,
    /// The version of the crate, if there is one.
    pub(super) release: Option<Release>,
}

impl ServiceDiff {
    pub(super) fn new(root: &Path, service: String, specs: [Vec<Spec>; 2]) -> Result<ServiceDiff> {
        let changes = tc3_codegen::changes(&specs[0], &specs[1])
            .with_context(|| format!("cannot compare the specs of {service}"))?;
        let release = Release::of(root, &service, consequence(&changes))?;
        Ok(ServiceDiff {
            service,
            specs,
            changes,
            release,
        })
    }

    /// Returns the changes of a group, in order.
    pub(super) fn group(&self, group: Group) -> impl Iterator<Item = &Change> {
        let changes = self.changes.iter();
        changes.filter(move |change| Group::of(change) == group)
    }
}

/// Returns the most severe consequence, if there are changes.
pub(super) fn consequence(changes: &[Change]) -> Option<Consequence> {
    changes.iter().map(|change| change.consequence).max()
}

/// The groups in which changes are shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Breaking,
    Additions,
    /// Changed behaviour and documentation.
    Documentation,
    /// Changed wording or order only.
    Editorial,
}

impl Group {
    pub(super) const ALL: [Group; 4] = [
        Group::Breaking,
        Group::Additions,
        Group::Documentation,
        Group::Editorial,
    ];

    fn of(change: &Change) -> Group {
        match change.consequence {
            Consequence::Breaking => Group::Breaking,
            Consequence::Addition => Group::Additions,
            Consequence::Documentation if change.is_editorial() => Group::Editorial,
            Consequence::Documentation => Group::Documentation,
        }
    }
}
