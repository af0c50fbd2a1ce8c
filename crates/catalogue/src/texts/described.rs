//! The descriptions of an action or a data type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tc3_spec::{Action, DataType, Field};

/// The descriptions of an action or a data type, and of its rows.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Described {
    /// The description itself.
    #[serde(default, rename = "d", skip_serializing_if = "String::is_empty")]
    pub(super) description: String,
    /// Descriptions of parameters or fields.
    #[serde(default, rename = "f", skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) fields: BTreeMap<String, String>,
    /// Descriptions of response fields.
    #[serde(default, rename = "r", skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) response: BTreeMap<String, String>,
}

impl Described {
    pub(super) fn action(action: &Action) -> Self {
        Self {
            description: action.description.clone(),
            fields: descriptions(&action.request),
            response: descriptions(&action.response),
        }
    }

    pub(super) fn data_type(data_type: &DataType) -> Self {
        Self {
            description: data_type.description.clone(),
            fields: descriptions(&data_type.fields),
            response: BTreeMap::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.description.is_empty() && self.fields.is_empty() && self.response.is_empty()
    }

    /// Returns the descriptions of parameters, fields and the response, with their names.
    pub(super) fn rows(&self) -> impl Iterator<Item = (&String, &String)> {
        self.fields.iter().chain(&self.response)
    }

    pub(super) fn add_to_action(mut self, action: &mut Action) {
        add(&mut action.description, self.description);
        describe(&mut action.request, &mut self.fields);
        describe(&mut action.response, &mut self.response);
    }

    pub(super) fn add_to_type(mut self, data_type: &mut DataType) {
        add(&mut data_type.description, self.description);
        describe(&mut data_type.fields, &mut self.fields);
    }
}

fn descriptions(fields: &[Field]) -> BTreeMap<String, String> {
    let described = fields.iter().filter(|field| !field.description.is_empty());
    described
        .map(|field| (field.name.clone(), field.description.clone()))
        .collect()
}

fn describe(fields: &mut [Field], descriptions: &mut BTreeMap<String, String>) {
    for field in fields {
        if let Some(description) = descriptions.remove(&field.name) {
            add(&mut field.description, description);
        }
    }
}

fn add(to: &mut String, description: String) {
    if to.is_empty() {
        *to = description;
    }
}

/// Returns the first sentence of a description, for a list.
pub fn summary(description: &str) -> &str {
    let line = description.lines().next().unwrap_or_default();
    let end = line.find(". ").map(|end| end + 1);
    // The full stop of Chinese.
    let end = end.or_else(|| line.find('\u{3002}').map(|end| end + '\u{3002}'.len_utf8()));
    &line[..end.unwrap_or(line.len())]
}
