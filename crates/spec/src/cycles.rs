//! Recursive data types.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::DataType;
use crate::type_ref::TypeRef;

/// The containment graph of data types, without arrays.
#[derive(Clone, Debug)]
pub struct Cycles<'a> {
    contains: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Cycles<'a> {
    /// Builds the graph of a spec's data types.
    pub fn new(types: &'a BTreeMap<String, DataType>) -> Self {
        let direct = types
            .iter()
            .map(|(name, data_type)| {
                let fields = data_type.fields.iter();
                let contained = fields.filter_map(|field| match &field.type_ref {
                    TypeRef::Named(name) if types.contains_key(name) => Some(name.as_str()),
                    _ => None,
                });
                (name.as_str(), contained.collect())
            })
            .collect();
        Self { contains: direct }
    }

    /// Whether `inner`, the type of a field of `outer`, contains `outer`, so that the field must be boxed.
    pub fn is_in_cycle(&self, outer: &str, inner: &str) -> bool {
        let mut seen = BTreeSet::new();
        let mut next = vec![inner];
        while let Some(name) = next.pop() {
            if name == outer {
                return true;
            }
            if let Some((name, contained)) = self.contains.get_key_value(name)
                && seen.insert(*name)
            {
                next.extend(contained);
            }
        }
        false
    }
}
