//! Comparison of two specs of one version.

use super::change::{Change, Verdict, addition, documentation};
use super::kind::Kind;
use super::place::Place;
use super::rust_field::Facts;
use crate::model::Spec;

/// Two specs of one version and their differences.
pub(super) struct Comparison<'a> {
    pub(super) old: Facts<'a>,
    pub(super) new: Facts<'a>,
    pub(super) changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    pub(super) fn new(old: &'a Spec, new: &'a Spec) -> Self {
        Self {
            old: Facts::new(old),
            new: Facts::new(new),
            changes: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, place: Place, kind: Kind, verdict: Verdict) -> &mut Change {
        let version = &self.new.spec.version;
        self.changes
            .push(Change::new(version, place, kind, verdict));
        self.changes.last_mut().expect("one was just added")
    }

    /// Reports a changed description.
    pub(super) fn description(&mut self, place: Place, old: &str, new: &str) {
        if old != new {
            self.add(
                place,
                Kind::Reworded,
                documentation("only the wording changes"),
            )
            .between(old, new);
        }
    }

    /// Reports a changed deprecation.
    pub(super) fn deprecation(&mut self, place: Place, old: bool, new: bool) {
        match (old, new) {
            (false, true) => {
                let verdict = addition("uses still compile, with a warning");
                self.add(place, Kind::Deprecated, verdict);
            }
            (true, false) => {
                let verdict = documentation("the compiler warning is removed");
                self.add(place, Kind::Undeprecated, verdict);
            }
            _ => {}
        }
    }
}
