//! Changes between two states of a service's specs, and their consequences for callers of the generated crate.
//!
//! The [consequence](Consequence) covers the public API of the generated crate for any caller, including one that names a
//! builder with its type parameters, uses a response as the runtime's `EmptyResponse`, or builds responses in tests with
//! the feature `testing`. Glob imports are not considered.
//!
//! An item whose documented name changes, even in case, counts as removed and added.
//!
//! Name collisions in Rust are not detected here. The code generator reports them as [`Kind::Renamed`].

mod actions;
mod change;
mod codes;
mod comparison;
mod examples;
mod fields;
mod kind;
mod place;
mod removed;
mod rows;
mod rust_field;
mod types;

use std::collections::BTreeMap;

pub use change::{Change, Consequence};
use change::{addition, breaking, documentation};
use comparison::Comparison;
pub use kind::Kind;
pub use place::{Place, PlaceKind};
pub use removed::{has_same_tables, removed_actions};

use crate::model::Spec;

/// Returns all changes between two lists of specs, ordered by version and then by the new tables.
///
/// Specs are paired by version. Changes of sources, and derived facts that are merely stored, are ignored.
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
/// assert_eq!(changes[0].description(), "became required");
/// ```
pub fn changes(old: &[Spec], new: &[Spec]) -> Vec<Change> {
    let by_version = |specs| -> BTreeMap<&str, &Spec> {
        let specs: &[Spec] = specs;
        specs
            .iter()
            .map(|spec| (spec.version.as_str(), spec))
            .collect()
    };
    let (old, new) = (by_version(old), by_version(new));
    let mut versions: Vec<_> = old.keys().chain(new.keys()).copied().collect();
    versions.sort_unstable();
    versions.dedup();
    versions
        .into_iter()
        .flat_map(|version| match (old.get(version), new.get(version)) {
            (Some(old), Some(new)) => compare(old, new),
            (None, Some(spec)) => {
                vec![version_change(
                    spec,
                    Kind::Added,
                    addition("its module is added"),
                )]
            }
            (Some(spec), None) => {
                vec![version_change(
                    spec,
                    Kind::Removed,
                    breaking("its module is removed"),
                )]
            }
            (None, None) => Vec::new(),
        })
        .collect()
}

/// Returns the change of an added or removed version.
fn version_change(spec: &Spec, kind: Kind, verdict: change::Verdict) -> Change {
    Change::new(&spec.version, Place::Version, kind, verdict)
}

/// Returns the changes between two specs of one version.
fn compare(old: &Spec, new: &Spec) -> Vec<Change> {
    let mut comparison = Comparison::new(old, new);
    if old.endpoint != new.endpoint {
        comparison
            .add(
                Place::Version,
                Kind::Endpoint,
                documentation("requests go to another host"),
            )
            .between(&old.endpoint, &new.endpoint);
    }
    actions::compare(&mut comparison);
    types::compare(&mut comparison);
    codes::compare(&mut comparison, None, &old.errors, &new.errors);
    comparison.changes
}
