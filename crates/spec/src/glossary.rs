//! Descriptions of our own, for what was imported without any.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use crate::file::LoadError;
use crate::file::{parse, read};
use crate::items::{Item, ItemKind};
use crate::locate::Step;
use crate::model::{Field, Spec};

/// The file `glossary.json` in a service's folder: a line for each action, data type and parameter, by its name, for
/// all versions of the service. It says what a spec would say nothing of, and nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    actions: BTreeMap<String, String>,
    types: BTreeMap<String, String>,
    parameters: BTreeMap<String, String>,
}

impl Glossary {
    /// The file's name in a service's folder.
    pub const FILE: &'static str = "glossary.json";

    /// Reads the glossary in the file `path`.
    ///
    /// # Errors
    /// If the file cannot be read or is no glossary.
    pub fn load(path: &Path) -> Result<Glossary, LoadError> {
        parse(&read(path)?, path)
    }

    /// The steps to the entry for something in a spec, and its text, if there is one.
    pub fn entry(&self, item: &Item<'_>) -> Option<(Vec<Step>, &str)> {
        let (kind, entries) = match item.kind {
            ItemKind::Action => ("actions", &self.actions),
            ItemKind::Type => ("types", &self.types),
            ItemKind::Request | ItemKind::Response | ItemKind::Field => {
                ("parameters", &self.parameters)
            }
            ItemKind::ActionError | ItemKind::Error => return None,
        };
        let text = entries.get(item.name)?;
        let steps = [kind, item.name].map(|key| Step::Key(key.to_owned()));
        Some((steps.to_vec(), text))
    }

    /// The entries whose names stand in none of the specs, as `parameters.MemberUin`.
    pub fn unused<'s>(&self, specs: impl IntoIterator<Item = &'s Spec>) -> Vec<String> {
        let mut actions = BTreeSet::new();
        let mut types = BTreeSet::new();
        let mut parameters = BTreeSet::from(["RequestId"]);
        for spec in specs {
            actions.extend(spec.actions.keys().map(String::as_str));
            types.extend(spec.types.keys().map(String::as_str));
            parameters.extend(spec.fields().map(|field| field.name.as_str()));
        }
        let kinds = [
            ("actions", &self.actions, actions),
            ("types", &self.types, types),
            ("parameters", &self.parameters, parameters),
        ];
        let unused = kinds.into_iter().flat_map(|(kind, entries, names)| {
            let unused = entries
                .keys()
                .filter(move |name| !names.contains(name.as_str()));
            unused.map(move |name| format!("{kind}.{name}"))
        });
        unused.collect()
    }
}

impl Spec {
    /// Gives the glossary's descriptions to what has none. Gives the names of what still has none, each once, as
    /// `parameters.MemberUin`.
    pub fn describe(&mut self, glossary: &Glossary) -> Vec<String> {
        let mut left = BTreeSet::new();
        let mut describe = |kind: &str, name: &str, description: &mut String| {
            if !description.is_empty() {
                return;
            }
            let entries = match kind {
                "actions" => &glossary.actions,
                "types" => &glossary.types,
                _ => &glossary.parameters,
            };
            match entries.get(name) {
                Some(text) => description.clone_from(text),
                None => {
                    left.insert(format!("{kind}.{name}"));
                }
            }
        };
        for (name, action) in &mut self.actions {
            describe("actions", name, &mut action.description);
        }
        for (name, data_type) in &mut self.types {
            describe("types", name, &mut data_type.description);
        }
        for field in self.fields_mut() {
            describe("parameters", &field.name, &mut field.description);
        }
        left.into_iter().collect()
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        let actions = self.actions.values();
        let of_actions = actions.flat_map(|action| action.request.iter().chain(&action.response));
        of_actions.chain(self.types.values().flat_map(|of| &of.fields))
    }

    fn fields_mut(&mut self) -> impl Iterator<Item = &mut Field> {
        let actions = self.actions.values_mut();
        let of_actions =
            actions.flat_map(|action| action.request.iter_mut().chain(&mut action.response));
        of_actions.chain(self.types.values_mut().flat_map(|of| &mut of.fields))
    }
}
