//! Putting a spec together from fragments.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use crate::{Action, DataType, ErrorCode, Format, Spec};

/// What one source, a documentation page for instance, says of a service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fragment {
    /// Where it comes from, for the messages of conflicts.
    pub origin: String,
    /// The service, if the source names it.
    pub service: Option<String>,
    /// The version, if the source names it.
    pub version: Option<String>,
    /// The domain name, if the source names it.
    pub endpoint: Option<String>,
    /// The actions that it describes.
    pub actions: BTreeMap<String, Action>,
    /// The data types that it describes.
    pub types: BTreeMap<String, DataType>,
    /// The service's error codes, if it lists them.
    pub errors: Vec<ErrorCode>,
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
        let endpoint = one(
            "endpoint",
            name,
            fragments,
            |f| f.endpoint.as_ref(),
            &mut conflicts,
        );
        let actions = union("action", fragments, |f| &f.actions, &mut conflicts);
        let types = union("data type", fragments, |f| &f.types, &mut conflicts);
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
            imported: None,
        })
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

/// Everything that the fragments define, by name.
fn union<T: Clone + PartialEq>(
    what: &str,
    fragments: &[Fragment],
    get: impl Fn(&Fragment) -> &BTreeMap<String, T>,
    conflicts: &mut Vec<Conflict>,
) -> BTreeMap<String, T> {
    let mut union: BTreeMap<String, (T, &str)> = BTreeMap::new();
    for fragment in fragments {
        for (name, value) in get(fragment) {
            match union.entry(name.clone()) {
                Entry::Vacant(entry) => {
                    entry.insert((value.clone(), &fragment.origin));
                }
                Entry::Occupied(entry) if entry.get().0 == *value => {}
                Entry::Occupied(entry) => conflicts.push(Conflict {
                    origin: fragment.origin.clone(),
                    message: format!(
                        "the {what} `{name}` is described otherwise in {}",
                        entry.get().1
                    ),
                }),
            }
        }
    }
    union
        .into_iter()
        .map(|(name, (value, _))| (name, value))
        .collect()
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
