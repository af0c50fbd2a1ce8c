use std::collections::{BTreeMap, btree_map};
use std::fmt;
use std::sync::Arc;

use super::Json;
use super::redact::{REDACTED, is_secret};

/// JSON values of a message that are not in its fields, by wire name.
///
/// The reader adds values that have no field or do not fit their field, so decoding loses nothing. A caller can add
/// parameters that the client's spec does not have yet. Entries are written after the fields. An entry with the name of a
/// field replaces that field.
///
/// The size is that of a pointer. An empty value needs no allocation. Clones share their entries until one is changed.
//
// Every message has such a field, mostly empty. Releasing an `Arc` takes less code than releasing a `Box`.
#[derive(Clone, Default)]
pub struct UnknownFields(Option<Arc<BTreeMap<String, Json>>>);

impl UnknownFields {
    /// Creates an empty map.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Returns whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns the number of entries.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |fields| fields.len())
    }

    /// Returns the value with this wire name.
    pub fn get(&self, name: &str) -> Option<&Json> {
        self.0.as_ref()?.get(name)
    }

    /// Adds a value under a wire name, and returns the value that it replaces.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Json>) -> Option<Json> {
        let fields = self.0.get_or_insert_default();
        Arc::make_mut(fields).insert(name.into(), value.into())
    }

    /// Removes and returns the value with this wire name.
    pub fn remove(&mut self, name: &str) -> Option<Json> {
        // An absent name copies nothing.
        let fields = self.0.as_mut().filter(|fields| fields.contains_key(name))?;
        Arc::make_mut(fields).remove(name)
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// Returns the entries, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Json)> {
        let entries = self.0.iter().flat_map(|fields| fields.iter());
        entries.map(|(name, value)| (name.as_str(), value))
    }
}

impl IntoIterator for UnknownFields {
    type Item = (String, Json);
    type IntoIter = btree_map::IntoIter<String, Json>;

    fn into_iter(self) -> Self::IntoIter {
        self.0
            .map(Arc::unwrap_or_clone)
            .unwrap_or_default()
            .into_iter()
    }
}

impl PartialEq for UnknownFields {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl fmt::Debug for UnknownFields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, json) in self.iter() {
            match is_secret(name) {
                true => map.entry(&name, &format_args!("{REDACTED}")),
                false => map.entry(&name, json),
            };
        }
        map.finish()
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
