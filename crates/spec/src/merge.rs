//! Putting a spec together from fragments.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use serde::Serialize;

use crate::model::{Action, DataType, ErrorCode, Field, Format, Source, Sources, Spec};

/// What one source, a documentation page for instance, says of a service. As JSON, it is what it says in the shapes of a spec,
/// and what it does not say is left out.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Fragment {
    /// Where it comes from, for messages.
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
    /// The page of data types or error codes that it is, if it is one; an action has its own.
    #[serde(skip)]
    pub source: Option<Source>,
}

impl Fragment {
    /// One that says nothing yet.
    pub fn of(origin: &str) -> Fragment {
        Fragment {
            origin: origin.to_owned(),
            ..Fragment::default()
        }
    }
}

/// Two sources that contradict each other, or something that no source says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The source at fault.
    pub origin: String,
    /// What is wrong with it.
    pub message: String,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)
    }
}

impl Spec {
    /// Merges what several sources say of one version of one service.
    ///
    /// `name` is what the result is called in messages when no source is to blame. Fragments that say the same thing
    /// twice agree; two that say different things of one action, type or code conflict.
    ///
    /// # Errors
    /// Every conflict among the fragments, and every fact about the service that none of them states.
    pub fn merge(name: &str, fragments: &[Fragment]) -> Result<Spec, Vec<Conflict>> {
        let mut conflicts = Vec::new();
        let service = one(
            "service",
            name,
            fragments,
            |f| f.service.as_ref(),
            &mut conflicts,
        );
        let version = one(
            "version",
            name,
            fragments,
            |f| f.version.as_ref(),
            &mut conflicts,
        );
        // A page of another service has another domain name, and that is not to be told twice.
        let is_of_service = |f: &&Fragment| f.service.as_ref().is_none_or(|of| *of == service);
        let endpoint = one(
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

/// The pages of data types and of error codes among the fragments.
fn sources(fragments: &[Fragment]) -> Sources {
    let of = |is_of: fn(&Fragment) -> bool| {
        let of = fragments.iter().filter(|fragment| is_of(fragment));
        of.filter_map(|fragment| fragment.source.clone()).collect()
    };
    Sources {
        types: of(|fragment| !fragment.types.is_empty()),
        errors: of(|fragment| !fragment.errors.is_empty()),
    }
}

/// The one value that all fragments with a value agree on.
fn one(
    what: &str,
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
            Some((_, agreed)) if agreed == value => {}
            Some((other, agreed)) => conflicts.push(Conflict {
                origin: fragment.origin.clone(),
                message: format!(
                    "the {what} is `{value}` here and `{agreed}` in {}",
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
                message: format!("no page names the {what}"),
            });
            String::new()
        }
    }
}

/// Everything that the fragments define, by name. `differences` names what two definitions of one name do not agree on.
fn union<T: Clone>(
    what: &str,
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
                                "the {what} `{name}` is described otherwise in {origin}: they differ in {}",
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

/// What two descriptions of an action do not agree on. Where they stand is no part of what they say.
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

/// The rows that two tables do not have in common, as `request.Name`; the table, if only their order differs.
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

/// The service's error codes in the order in which they first appear, each once.
///
/// An error-code page lists the codes of all services before those of its own, and a code may stand in both tables:
/// the later row, the service's own, is the one that counts.
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
                                "the error code `{}` is described otherwise in {origin}",
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
