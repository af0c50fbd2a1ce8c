//! Data types.

use super::Comparison;
use super::change::{addition, breaking};
use super::kind::Kind;
use super::place::Place;
use super::seen::Table;

impl Comparison<'_> {
    /// Compares the data types. Unused ones are generated too.
    pub(super) fn types(&mut self) {
        let (old, new) = (&self.old.spec.types, &self.new.spec.types);
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            let verdict = breaking("its struct is removed");
            self.add(Place::Type(name.clone()), Kind::Removed, verdict);
        }
        for (name, data_type) in new {
            let place = || Place::Type(name.clone());
            let Some(before) = old.get(name) else {
                self.add(place(), Kind::Added, addition("a struct is added"));
                continue;
            };
            match (self.old.is_built(name), self.new.is_built(name)) {
                (false, true) => {
                    let verdict = if data_type.fields.iter().any(|field| field.required) {
                        breaking("tests that build it lack fields that its builder now requires")
                    } else {
                        addition("it is now part of requests, or unused")
                    };
                    self.add(place(), Kind::BuilderAdded, verdict);
                }
                (true, false) => {
                    let verdict = breaking("only responses use it");
                    self.add(place(), Kind::BuilderRemoved, verdict);
                }
                _ => {}
            }
            self.description(place(), &before.description, &data_type.description);
            self.fields(Table::Type(name), &before.fields, &data_type.fields);
        }
    }
}
