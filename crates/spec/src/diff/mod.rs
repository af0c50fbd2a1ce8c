//! What changed between two states of a service's specs, and what that does to programs that call the generated crate.
//!
//! A change is [judged](Consequence) by the public API that is generated, for any program that was compiled against the
//! old crate: also for one that names a builder with its type parameters, takes a response for the runtime's
//! `EmptyResponse`, or builds responses in its tests, with the crate's feature `testing`. As for any crate, what a glob
//! import brings along does not count.
//!
//! What the documentation calls otherwise than before, if only in its spelling, is gone and new.
//!
//! Only what has to do with names in Rust is not here: that something is called otherwise because something else came
//! that chooses first. The code generator knows, and [`Kind::Renamed`] says so.

mod actions;
mod change;
mod codes;
mod examples;
mod fields;
mod kind;
mod place;
mod rows;
mod seen;
mod types;

use std::collections::BTreeMap;

pub use change::{Change, Consequence};
use change::{addition, breaking, documentation};
pub use kind::Kind;
pub use place::{Place, Sort};
use seen::Facts;

use crate::model::Spec;

/// All changes from the specs of a service to others of it, in the order of their versions and there of the newer tables.
///
/// Versions are paired by what they are called. Where a spec's facts come from is no change, nor is a derived fact that was
/// only written down.
///
/// ```
/// # use std::path::Path;
/// # use tc3_spec::{Spec, diff::{self, Consequence}};
/// # let spec = |request: &str| {
/// #     let action = format!(
/// #         r#"{{"description": "", "request": [{request}], "response": [], "errors": [], "examples": []}}"#
/// #     );
/// #     let text = format!(
/// #         r#"{{"format": 1, "service": "shop", "version": "2021-03-31", "endpoint": "shop.example.com",
/// #             "actions": {{"Order": {action}}}, "types": {{}}}}"#
/// #     );
/// #     Spec::from_json(&text, Path::new("shop.json")).unwrap()
/// # };
/// let old = spec(r#"{"name": "Count", "type": "Integer", "description": ""}"#);
/// let new = spec(r#"{"name": "Count", "type": "Integer", "required": true, "description": ""}"#);
///
/// let changes = diff::changes(&[old], &[new]);
/// assert_eq!(changes[0].consequence, Consequence::Breaking);
/// assert_eq!(changes[0].place.to_string(), "parameter Order.Count");
/// assert_eq!(changes[0].what(), "became required");
/// ```
pub fn changes(old: &[Spec], new: &[Spec]) -> Vec<Change> {
    let by_version = |specs| -> BTreeMap<&str, &Spec> {
        let specs: &[Spec] = specs;
        specs.iter().map(|of| (of.version.as_str(), of)).collect()
    };
    let (old, new) = (by_version(old), by_version(new));
    let mut versions: Vec<_> = old.keys().chain(new.keys()).copied().collect();
    versions.sort_unstable();
    versions.dedup();
    versions
        .into_iter()
        .flat_map(|version| match (old.get(version), new.get(version)) {
            (Some(old), Some(new)) => Comparison::of(old, new),
            (None, Some(spec)) => {
                vec![whole(spec, Kind::Added, addition("its module comes"))]
            }
            (Some(spec), None) => {
                vec![whole(spec, Kind::Removed, breaking("its module goes"))]
            }
            (None, None) => Vec::new(),
        })
        .collect()
}

/// The change that a whole version comes or goes.
fn whole(spec: &Spec, kind: Kind, verdict: change::Verdict) -> Change {
    Change::new(&spec.version, Place::Version, kind, verdict)
}

/// Two specs of one version, and what was found to be different.
struct Comparison<'a> {
    old: Facts<'a>,
    new: Facts<'a>,
    changes: Vec<Change>,
}

impl<'a> Comparison<'a> {
    fn of(old: &'a Spec, new: &'a Spec) -> Vec<Change> {
        let mut comparison = Self {
            old: Facts::new(old),
            new: Facts::new(new),
            changes: Vec::new(),
        };
        if old.endpoint != new.endpoint {
            comparison
                .add(
                    Place::Version,
                    Kind::Endpoint,
                    documentation("calls go to another host"),
                )
                .between(&old.endpoint, &new.endpoint);
        }
        comparison.actions();
        comparison.types();
        comparison.codes(None, &old.errors, &new.errors);
        comparison.changes
    }

    fn add(&mut self, place: Place, kind: Kind, verdict: change::Verdict) -> &mut Change {
        let version = &self.new.spec.version;
        self.changes
            .push(Change::new(version, place, kind, verdict));
        self.changes.last_mut().expect("one was just added")
    }

    /// Tells of a description that changed.
    fn description(&mut self, place: Place, old: &str, new: &str) {
        if old != new {
            self.add(
                place,
                Kind::Reworded,
                documentation("the same in other words"),
            )
            .between(old, new);
        }
    }

    /// Tells of a flag that the compiler warns by.
    fn deprecation(&mut self, place: Place, old: bool, new: bool) {
        match (old, new) {
            (false, true) => {
                let verdict = addition("what uses it still compiles, with a warning");
                self.add(place, Kind::Deprecated, verdict);
            }
            (true, false) => {
                let verdict = documentation("the compiler's warning goes");
                self.add(place, Kind::Undeprecated, verdict);
            }
            _ => {}
        }
    }
}
