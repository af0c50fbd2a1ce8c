//! The types used by a selection of actions.

use std::collections::BTreeSet;

use crate::model::{Field, Spec};

/// A selection of actions and the data types that they use.
#[derive(Clone, Debug)]
pub struct Reach<'a> {
    actions: BTreeSet<&'a str>,
    /// Data types in requests.
    sent: BTreeSet<&'a str>,
    /// Data types in responses.
    received: BTreeSet<&'a str>,
    is_whole: bool,
}

impl<'a> Reach<'a> {
    /// Computes the data types of the selected actions.
    pub fn new(spec: &'a Spec, is_selected: impl Fn(&str) -> bool) -> Self {
        let selected = || {
            let actions = spec.actions.iter();
            actions.filter(|(name, _)| is_selected(name))
        };
        let actions: BTreeSet<&str> = selected().map(|(name, _)| name.as_str()).collect();
        Self {
            sent: types(spec, selected().map(|(_, action)| &action.request)),
            received: types(spec, selected().map(|(_, action)| &action.response)),
            is_whole: actions.len() == spec.actions.len(),
            actions,
        }
    }

    /// Whether the action is selected.
    pub fn has_action(&self, name: &str) -> bool {
        self.actions.contains(name)
    }

    /// Whether the type is generated. A client of all actions also has the unused types.
    pub fn has_type(&self, name: &str) -> bool {
        self.is_whole || self.sent.contains(name) || self.received.contains(name)
    }

    /// Whether the type is part of a request, so that callers build it.
    pub fn is_sent(&self, name: &str) -> bool {
        self.sent.contains(name) || (self.is_whole && !self.received.contains(name))
    }
}

/// Returns all data types used by the fields, directly or indirectly.
fn types<'a>(spec: &'a Spec, fields: impl Iterator<Item = &'a Vec<Field>>) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next: Vec<&Field> = fields.flatten().collect();
    while let Some(field) = next.pop() {
        if let Some((name, data_type)) = field
            .type_ref
            .named()
            .and_then(|name| spec.types.get_key_value(name))
            && reached.insert(name.as_str())
        {
            next.extend(&data_type.fields);
        }
    }
    reached
}
