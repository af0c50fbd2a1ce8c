//! Compares data types.

use super::change::{addition, breaking};
use super::comparison::Comparison;
use super::fields;
use super::kind::Kind;
use super::place::Place;
use super::rust_field::Table;

/// Compares the data types. Unused ones are generated too.
pub(super) fn compare(comparison: &mut Comparison<'_>) {
    let (old, new) = (&comparison.old.spec.types, &comparison.new.spec.types);
    for name in old.keys().filter(|name| !new.contains_key(*name)) {
        let verdict = breaking("its struct is removed");
        comparison.add(Place::Type(name.clone()), Kind::Removed, verdict);
    }
    for (name, data_type) in new {
        let place = || Place::Type(name.clone());
        let Some(before) = old.get(name) else {
            comparison.add(place(), Kind::Added, addition("a struct is added"));
            continue;
        };
        match (
            comparison.old.has_builder(name),
            comparison.new.has_builder(name),
        ) {
            (false, true) => {
                let verdict = if data_type.fields.iter().any(|field| field.required) {
                    breaking("tests that build it lack fields that its builder now requires")
                } else {
                    addition("it is now part of requests, or unused")
                };
                comparison.add(place(), Kind::BuilderAdded, verdict);
            }
            (true, false) => {
                let verdict = breaking("only responses use it");
                comparison.add(place(), Kind::BuilderRemoved, verdict);
            }
            _ => {}
        }
        comparison.description(place(), &before.description, &data_type.description);
        fields::compare(
            comparison,
            Table::Type(name),
            &before.fields,
            &data_type.fields,
        );
    }
}
