//! Descriptions written by this project for undocumented items.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::file::{LoadError, parse, read};
use crate::items::Item;
use crate::locate::Segment;
use crate::model::{Field, Spec};
use crate::type_ref::TypeRef;

/// The file `glossary.json` in a service's folder: descriptions of undocumented items of all versions.
///
/// ```json
/// {
///   "items": {
///     "actions.CreateGroup": "Creates a group of users.",
///     "actions.CreateGroup.request.GroupType": "Who manages the group.",
///     "types.Tag.fields.TagKey": "Unique among the tags of a resource."
///   },
///   "shared": {
///     "Limit: Integer": "Maximum number of items to return."
///   }
/// }
/// ```
///
/// `items` has descriptions by [`Item::path`]. `shared` has descriptions by field name and type, which must be true of
/// every such field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    items: BTreeMap<String, String>,
    shared: BTreeMap<String, String>,
}

impl Glossary {
    /// The file's name in a service's folder.
    pub const FILE: &'static str = "glossary.json";

    /// Loads a glossary.
    ///
    /// # Errors
    /// Fails if the file cannot be read or is not a valid glossary.
    pub fn load(path: &Path) -> Result<Glossary, LoadError> {
        parse(&read(path)?, path)
    }

    /// Returns the description of an item and the steps to it in the file, if there is one.
    pub fn entry(&self, item: &Item<'_>) -> Option<(Vec<Segment>, &str)> {
        let steps =
            |section: &str, key: String| [section.to_owned(), key].map(Segment::Key).to_vec();
        let path = item.path();
        if let Some(text) = self.items.get(&path) {
            return Some((steps("items", path), text));
        }
        let shared = shared_key(item.name, item.type_ref?);
        let text = self.shared.get(&shared)?;
        Some((steps("shared", shared), text))
    }

    fn describe_fields(&self, path: &str, fields: &mut [Field]) {
        for field in fields
            .iter_mut()
            .filter(|field| field.description.is_empty())
        {
            let own = self.items.get(&format!("{path}.{}", field.name));
            let shared = || self.shared.get(&shared_key(&field.name, &field.type_ref));
            if let Some(text) = own.or_else(shared) {
                field.description.clone_from(text);
            }
        }
    }

    /// Returns the entries that match no item of the specs, such as `items.actions.CreateGroup`.
    pub fn unused<'s>(&self, specs: impl IntoIterator<Item = &'s Spec>) -> Vec<String> {
        let (mut items, mut shared) = (BTreeSet::new(), BTreeSet::new());
        for spec in specs {
            for item in spec.items() {
                items.insert(item.path());
                shared.extend(
                    item.type_ref
                        .map(|type_ref| shared_key(item.name, type_ref)),
                );
            }
        }
        let sections = [
            ("items", &self.items, items),
            ("shared", &self.shared, shared),
        ];
        let unused = sections.into_iter().flat_map(|(section, entries, used)| {
            let unused = entries.keys().filter(move |key| !used.contains(*key));
            unused.map(move |key| format!("{section}.{key}"))
        });
        unused.collect()
    }
}

/// Returns the key of a shared description: `Limit: Integer`.
fn shared_key(name: &str, type_ref: &TypeRef) -> String {
    format!("{name}: {type_ref}")
}

impl Spec {
    /// Fills missing descriptions from the glossary. An item of which only the name is known has no entry.
    pub fn describe(&mut self, glossary: &Glossary) {
        let describe = |path: &str, description: &mut String| {
            if let Some(text) = glossary.items.get(path).filter(|_| description.is_empty()) {
                description.clone_from(text);
            }
        };
        for (name, action) in &mut self.actions {
            let path = format!("actions.{name}");
            glossary.describe_fields(&format!("{path}.request"), &mut action.request);
            glossary.describe_fields(&format!("{path}.response"), &mut action.response);
            describe(&path, &mut action.description);
        }
        for (name, data_type) in &mut self.types {
            let path = format!("types.{name}");
            glossary.describe_fields(&format!("{path}.fields"), &mut data_type.fields);
            describe(&path, &mut data_type.description);
        }
    }
}
