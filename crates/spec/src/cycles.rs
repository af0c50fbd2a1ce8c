//! Data types that hold themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::DataType;
use crate::type_ref::TypeRef;

/// Which data types hold which others, not counting what stands in lists.
#[derive(Clone, Debug)]
pub struct Cycles<'a> {
    holds: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Cycles<'a> {
    /// Looks through the data types of a spec.
    pub fn new(types: &'a BTreeMap<String, DataType>) -> Self {
        let direct = types
            .iter()
            .map(|(name, data_type)| {
                let fields = data_type.fields.iter();
                let held = fields.filter_map(|field| match &field.type_ref {
                    TypeRef::Named(name) if types.contains_key(name) => Some(name.as_str()),
                    _ => None,
                });
                (name.as_str(), held.collect())
            })
            .collect();
        Self { holds: direct }
    }

    /// Whether `inner`, the type of a field of `outer`, holds `outer`, so that it can't stand in it unboxed.
    pub fn is_in_cycle(&self, outer: &str, inner: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut next = vec![inner];
        while let Some(name) = next.pop() {
            if name == outer {
                return true;
            }
            if let Some((name, held)) = self.holds.get_key_value(name)
                && seen.insert(*name)
            {
                next.extend(held);
            }
        }
        false
    }
}
