use std::collections::{BTreeMap, btree_map};
use std::fmt;

use super::Json;

/// What a message carries besides its fields: JSON values by their wire names.
///
/// A reader puts here what has no field and what does not fit its field, so that decoding loses nothing. A caller puts
/// here parameters that the client's spec does not know yet. Entries are written after the fields; an entry with the name
/// of a field replaces that field.
///
/// Without an allocation while empty.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownFields(BTreeMap<String, Json>);

impl UnknownFields {
    /// No entries.
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value with this wire name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.get(name)
    }

    /// Adds a value under a wire name, and returns the value that it replaces.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        self.0.insert(name.into(), value.into())
    }

    pub(super) fn insert_json(&mut self, name: String, json: Json) {
        self.0.insert(name, json);
    }

    /// Removes and returns the value with this wire name.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        self.0.remove(name)
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The entries, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }
}

impl IntoIterator for UnknownFields {
    type Item = (String, Json);
    type IntoIter = btree_map::IntoIter<String, Json>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<N: Into<String>, V: Into<Json>> FromIterator<(N, V)> for UnknownFields {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Self {
        let mut fields = Self::new();
        for (name, value) in entries {
            fields.insert(name, value);
        }
        fields
    }
}
