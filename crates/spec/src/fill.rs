//! Fills gaps in a spec from the vendor's metadata.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::model::{Action, ErrorCode, Field, Spec};
use crate::problem::Problem;

impl Spec {
    /// Adds missing facts from `metadata`: actions, data types, parameters, descriptions, examples, error codes,
    /// integer formats, and the flags nullable and deprecated.
    ///
    /// Pages take precedence. Returns the differences, and the items that the metadata lacks.
    pub fn fill(&mut self, metadata: &Spec) -> Vec<Problem> {
        let mut filling = Filling::default();
        filling.contradiction(
            "endpoint".to_owned(),
            "endpoint",
            &self.endpoint,
            &metadata.endpoint,
        );
        for name in self.actions.keys() {
            if !metadata.actions.contains_key(name) {
                filling.missing(format!("actions.{name}"), "action");
            }
        }
        for (name, imported) in &metadata.actions {
            match self.actions.entry(name.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert(imported.clone());
                }
                Entry::Occupied(mut entry) => filling.action(name, entry.get_mut(), imported),
            }
        }
        for name in self.types.keys() {
            if !metadata.types.contains_key(name) {
                filling.missing(format!("types.{name}"), "data type");
            }
        }
        for (name, imported) in &metadata.types {
            match self.types.entry(name.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert(imported.clone());
                }
                Entry::Occupied(mut entry) => {
                    let known = entry.get_mut();
                    fill_text(&mut known.description, &imported.description);
                    filling.fields(
                        &format!("types.{name}.fields"),
                        "field",
                        &mut known.fields,
                        &imported.fields,
                    );
                }
            }
        }
        fill_codes(&mut self.errors, &metadata.errors);
        self.imported.clone_from(&metadata.imported);
        filling.problems
    }
}

#[derive(Default)]
struct Filling {
    problems: Vec<Problem>,
}

impl Filling {
    fn action(&mut self, name: &str, known: &mut Action, imported: &Action) {
        let at = format!("actions.{name}");
        fill_text(&mut known.description, &imported.description);
        known.deprecated |= imported.deprecated;
        known.rate_limit = known.rate_limit.or(imported.rate_limit);
        known.region = known.region.or(imported.region);
        known.access = known.access.or(imported.access);
        if known.pagination.is_none() {
            known.pagination.clone_from(&imported.pagination);
        }
        self.fields(
            &format!("{at}.request"),
            "parameter",
            &mut known.request,
            &imported.request,
        );
        self.fields(
            &format!("{at}.response"),
            "response field",
            &mut known.response,
            &imported.response,
        );
        fill_codes(&mut known.errors, &imported.errors);
        if known.examples.is_empty() {
            known.examples.clone_from(&imported.examples);
        }
    }

    /// Appends fields that only the metadata has, so that the page order is preserved.
    fn fields(&mut self, at: &str, kind: &str, known: &mut Vec<Field>, imported: &[Field]) {
        let imported_by_name: BTreeMap<&str, &Field> = imported
            .iter()
            .map(|field| (field.name.as_str(), field))
            .collect();
        for field in known.iter_mut() {
            let at = format!("{at}.{}", field.name);
            match imported_by_name.get(field.name.as_str()) {
                Some(imported) => self.field(at, kind, field, imported),
                None => self.missing(at, kind),
            }
        }
        for field in imported {
            if !known.iter().any(|known| known.name == field.name) {
                known.push(field.clone());
            }
        }
    }

    fn field(&mut self, at: String, kind: &str, known: &mut Field, imported: &Field) {
        fill_text(&mut known.description, &imported.description);
        known.nullable |= imported.nullable;
        known.deprecated |= imported.deprecated;
        if known.required != imported.required {
            let word = |required| if required { "required" } else { "optional" };
            self.contradiction(
                at.clone(),
                kind,
                word(known.required),
                word(imported.required),
            );
        }
        if known.type_ref == imported.type_ref {
            known.format = known.format.or(imported.format);
        } else {
            self.contradiction(
                at,
                "type",
                &known.type_ref.to_string(),
                &imported.type_ref.to_string(),
            );
        }
    }

    fn contradiction(&mut self, at: String, kind: &str, known: &str, imported: &str) {
        if known != imported {
            self.problems.push(Problem {
                at,
                message: format!(
                    "the {kind} is `{known}` in the page but `{imported}` in the metadata; using the page"
                ),
            });
        }
    }

    fn missing(&mut self, at: String, kind: &str) {
        self.problems.push(Problem {
            at,
            message: format!("this {kind} is in a page but not in the metadata"),
        });
    }
}

fn fill_text(known: &mut String, imported: &str) {
    if known.is_empty() {
        imported.clone_into(known);
    }
}

fn fill_codes(known: &mut Vec<ErrorCode>, imported: &[ErrorCode]) {
    for code in imported {
        match known.iter_mut().find(|known| known.code == code.code) {
            Some(known) => fill_text(&mut known.description, &code.description),
            None => known.push(code.clone()),
        }
    }
}
