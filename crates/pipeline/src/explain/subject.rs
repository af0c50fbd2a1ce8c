//! The named items of a spec and of its generated code.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use tc3_codegen::GeneratedItem;
use tc3_spec::{Item, ItemKind};

use super::sources::Version;

/// A named item of a spec, with its generated code.
pub(super) struct Subject<'s> {
    /// The path in the spec.
    pub(super) path: String,
    pub(super) kind: SubjectKind<'s>,
    pub(super) generated: Vec<GeneratedItem>,
    /// All names of the item, with dots as separators.
    pub(super) names: BTreeSet<String>,
}

/// The kind of a [`Subject`].
pub(super) enum SubjectKind<'s> {
    /// An item of the spec.
    Item(Item<'s>),
    /// The list of all error codes of the service.
    Codes,
    /// The field RequestId in the response of this action. All responses have it and specs omit it.
    RequestId(String),
}

/// Returns all named items of a version's spec and its generated code.
///
/// # Errors
/// Fails if no code can be generated from the spec.
pub(super) fn subjects(version: &Version) -> Result<Vec<Subject<'_>>> {
    let generated = tc3_codegen::generated_items(&version.spec)
        .with_context(|| format!("cannot generate code from {}", version.file.shown))?;
    let mut by_path: BTreeMap<String, Vec<GeneratedItem>> = BTreeMap::new();
    for item in generated {
        by_path.entry(item.path.clone()).or_default().push(item);
    }
    let items = version.spec.items().into_iter();
    let mut subjects: Vec<Subject<'_>> = items
        .map(|item| {
            let path = item.path();
            let generated = by_path.remove(&path).unwrap_or_default();
            Subject::new(path, SubjectKind::Item(item), generated)
        })
        .collect();
    let rest = by_path.into_iter();
    subjects.extend(rest.map(|(path, generated)| {
        let action = path.strip_prefix("actions.");
        let kind = match action.and_then(|of| of.strip_suffix(".response.RequestId")) {
            Some(action) => SubjectKind::RequestId(action.to_owned()),
            None => SubjectKind::Codes,
        };
        Subject::new(path, kind, generated)
    }));
    Ok(subjects)
}

impl<'s> Subject<'s> {
    pub(super) fn new(
        path: String,
        kind: SubjectKind<'s>,
        generated: Vec<GeneratedItem>,
    ) -> Subject<'s> {
        let (owner, name, is_unambiguous) = match &kind {
            // A parameter's name without its action is ambiguous, whereas an error code's is not.
            SubjectKind::Item(item) => (
                item.owner,
                Some(item.name),
                !matches!(
                    item.kind,
                    ItemKind::Request | ItemKind::Response | ItemKind::Field
                ),
            ),
            SubjectKind::Codes => (None, None, true),
            SubjectKind::RequestId(action) => (Some(action.as_str()), Some("RequestId"), false),
        };
        let mut names = BTreeSet::new();
        let mut call = |name: &str| {
            names.extend(owner.map(|owner| format!("{owner}.{name}")));
            if is_unambiguous {
                names.insert(name.to_owned());
            }
        };
        name.into_iter().for_each(&mut call);
        for of in &generated {
            call(&of.name);
        }
        names.extend(generated.iter().map(|of| of.full_name().replace("::", ".")));
        Subject {
            path,
            kind,
            generated,
            names,
        }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Returns the title of a report, such as `the action RunInstances`.
    pub(super) fn title(&self) -> String {
        let Item {
            kind, owner, name, ..
        } = match &self.kind {
            SubjectKind::Item(item) => item,
            SubjectKind::Codes => return "the error codes of the service".to_owned(),
            SubjectKind::RequestId(action) => {
                return format!("the parameter RequestId in the response of {action}");
            }
        };
        let owner = owner.unwrap_or_default();
        match kind {
            ItemKind::Action => format!("the action {name}"),
            ItemKind::Request => format!("the parameter {name} in the request of {owner}"),
            ItemKind::Response => format!("the parameter {name} in the response of {owner}"),
            ItemKind::ActionError => format!("the error code {name} of {owner}"),
            ItemKind::Type => format!("the data type {name}"),
            ItemKind::Field => format!("the field {name} of the data type {owner}"),
            ItemKind::Error => format!("the error code {name} of the service"),
        }
    }
}
