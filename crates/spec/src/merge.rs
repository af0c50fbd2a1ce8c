//! Merges fragments into a spec.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::Serialize;

use crate::model::{Action, DataType, ErrorCode, Field, Format, Source, Sources, Spec};

/// Facts of one source, such as a documentation page. The JSON form has the structure of a spec, without missing facts.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Fragment {
    /// The name of the source, for messages.
    #[serde(rename = "page")]
    pub origin: String,
    /// The service, if the source names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// The version, if the source names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// The domain name that requests go to, if the source names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The actions that it describes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub actions: BTreeMap<String, Action>,
    /// The data types that it describes.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub types: BTreeMap<String, DataType>,
    /// The service's error codes, in its order, if it lists them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorCode>,
    /// The source, if it is a page of data types or error codes; an action has its own.
    #[serde(skip)]
    pub source: Option<Source>,
}

impl Fragment {
    /// Creates a fragment without facts.
    pub fn of(origin: &str) -> Fragment {
        Fragment {
            origin: origin.to_owned(),
            ..Fragment::default()
        }
    }
}

/// A contradiction between two sources, or a missing fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The source at fault.
    pub origin: String,
    /// The problem.
    pub message: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)
    }
}

impl Spec {
    /// Merges the fragments of one service version.
    ///
    /// `name` is the origin of errors that belong to no source. Equal definitions are merged; different definitions of one
    /// action, type or code conflict.
    ///
    /// # Errors
    /// Returns all conflicts and missing facts.
    pub fn merge(name: &str, fragments: &[Fragment]) -> Result<Spec, Vec<Conflict>> {
        let mut conflicts = Vec::new();
        let service = agreed(
            "service",
            name,
            fragments,
            |f| f.service.as_ref(),
            &mut conflicts,
        );
        let version = agreed(
            "version",
            name,
            fragments,
            |f| f.version.as_ref(),
            &mut conflicts,
        );
        // Another service also has another domain name; report it only once.
        let is_of_service = |f: &&Fragment| f.service.as_ref().is_none_or(|name| *name == service);
        let endpoint = agreed(
            "endpoint",
            name,
            fragments,
            |f| Some(f).filter(is_of_service)?.endpoint.as_ref(),
            &mut conflicts,
        );
        let actions = union(
            "action",
            fragments,
            |f| &f.actions,
            action_differences,
            &mut conflicts,
        );
        let types = union(
            "data type",
            fragments,
            |f| &f.types,
            type_differences,
            &mut conflicts,
        );
        let errors = codes(fragments, &mut conflicts);
        if !conflicts.is_empty() {
            return Err(conflicts);
        }
        Ok(Spec {
            format: Format,
            service,
            version,
            endpoint,
            actions,
            types,
            errors,
            sources: sources(fragments),
            imported: None,
        })
    }
}

/// Returns the pages of data types and error codes.
fn sources(fragments: &[Fragment]) -> Sources {
    let pages = |has: fn(&Fragment) -> bool| {
        let matching = fragments.iter().filter(|fragment| has(fragment));
        matching
            .filter_map(|fragment| fragment.source.clone())
            .collect()
    };
    Sources {
        types: pages(|fragment| !fragment.types.is_empty()),
        errors: pages(|fragment| !fragment.errors.is_empty()),
    }
}

/// Returns the value on which all fragments agree.
fn agreed(
    fact: &str,
    name: &str,
    fragments: &[Fragment],
    get: impl Fn(&Fragment) -> Option<&String>,
    conflicts: &mut Vec<Conflict>,
) -> String {
    let mut first: Option<(&Fragment, &String)> = None;
    for fragment in fragments {
        let Some(value) = get(fragment) else { continue };
        match first {
            None => first = Some((fragment, value)),
            Some((_, known)) if known == value => {}
            Some((other, known)) => conflicts.push(Conflict {
                origin: fragment.origin.clone(),
                message: format!(
                    "the {fact} is `{value}` here and `{known}` in {}",
                    other.origin
                ),
            }),
        }
    }
    match first {
        Some((_, value)) => value.clone(),
        None => {
            conflicts.push(Conflict {
                origin: name.to_owned(),
                message: format!("no page names the {fact}"),
            });
            String::new()
        }
    }
}

/// Merges definitions by name. `differences` lists the differences of two definitions.
fn union<T: Clone>(
    kind: &str,
    fragments: &[Fragment],
    get: impl Fn(&Fragment) -> &BTreeMap<String, T>,
    differences: impl Fn(&T, &T) -> Vec<String>,
    conflicts: &mut Vec<Conflict>,
) -> BTreeMap<String, T> {
    let mut union: BTreeMap<String, (T, &str)> = BTreeMap::new();
    for fragment in fragments {
        for (name, value) in get(fragment) {
            match union.entry(name.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert((value.clone(), &fragment.origin));
                }
                Entry::Occupied(entry) => {
                    let (known, origin) = entry.get();
                    let differences = differences(known, value);
                    if !differences.is_empty() {
                        conflicts.push(Conflict {
                            origin: fragment.origin.clone(),
                            message: format!(
                                "the {kind} `{name}` differs from {origin} in {}",
                                differences.join(", ")
                            ),
                        });
                    }
                }
            }
        }
    }
    union
        .into_iter()
        .map(|(name, (value, _))| (name, value))
        .collect()
}

/// Returns the differences of two definitions of an action, ignoring their sources.
fn action_differences(a: &Action, b: &Action) -> Vec<String> {
    let facts = [
        ("description", a.description != b.description),
        ("rate_limit", a.rate_limit != b.rate_limit),
        ("region", a.region != b.region),
        ("access", a.access != b.access),
        ("pagination", a.pagination != b.pagination),
        ("deprecated", a.deprecated != b.deprecated),
    ];
    let facts = facts.into_iter().filter(|(_, differ)| *differ);
    let mut differences: Vec<String> = facts.map(|(fact, _)| fact.to_owned()).collect();
    let name = |field: &Field| field.name.clone();
    differences.extend(row_differences("request", &a.request, &b.request, name));
    differences.extend(row_differences("response", &a.response, &b.response, name));
    let code = |code: &ErrorCode| code.code.clone();
    differences.extend(row_differences("errors", &a.errors, &b.errors, code));
    if a.examples != b.examples {
        differences.push("examples".to_owned());
    }
    differences
}

fn type_differences(a: &DataType, b: &DataType) -> Vec<String> {
    let mut differences = Vec::new();
    if a.description != b.description {
        differences.push("description".to_owned());
    }
    let name = |field: &Field| field.name.clone();
    differences.extend(row_differences("fields", &a.fields, &b.fields, name));
    differences
}

/// Returns the rows that differ, such as `request.Name`, or the table if only the order differs.
fn row_differences<T: PartialEq>(
    table: &str,
    a: &[T],
    b: &[T],
    name: impl Fn(&T) -> String,
) -> Vec<String> {
    let mut differences: Vec<String> = Vec::new();
    for row in a.iter().filter(|row| !b.contains(row)) {
        differences.push(format!("{table}.{}", name(row)));
    }
    for row in b.iter().filter(|row| !a.contains(row)) {
        let name = format!("{table}.{}", name(row));
        if !differences.contains(&name) {
            differences.push(name);
        }
    }
    if differences.is_empty() && a != b {
        differences.push(format!("the order of {table}"));
    }
    differences
}

/// Merges the service's error codes in order of first appearance.
///
/// An error-code page lists the common codes before the service's own. If a code is in both tables, the later row (the
/// service's own) applies.
fn codes(fragments: &[Fragment], conflicts: &mut Vec<Conflict>) -> Vec<ErrorCode> {
    let mut merged: Vec<(ErrorCode, &str)> = Vec::new();
    let mut index: BTreeMap<&str, usize> = BTreeMap::new();
    for fragment in fragments {
        for code in &fragment.errors {
            match index.entry(&code.code) {
                Entry::Vacant(entry) => {
                    entry.insert(merged.len());
                    merged.push((code.clone(), &fragment.origin));
                }
                Entry::Occupied(entry) => {
                    let (known, origin) = &mut merged[*entry.get()];
                    if *origin == fragment.origin {
                        known.description.clone_from(&code.description);
                    } else if known.description != code.description {
                        conflicts.push(Conflict {
                            origin: fragment.origin.clone(),
                            message: format!(
                                "the error code `{}` differs from {origin}",
                                code.code
                            ),
                        });
                    }
                }
            }
        }
    }
    merged.into_iter().map(|(code, _)| code).collect()
}
