//! What has a name in a spec, and in the code that is generated of it.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use tc3_codegen::GeneratedItem;
use tc3_spec::{Item, ItemKind};

use super::sources::Version;

/// Something in a spec, with what is generated of it.
pub(super) struct Subject<'s> {
    /// The way to it in the spec.
    pub(super) path: String,
    pub(super) what: What<'s>,
    pub(super) generated: Vec<GeneratedItem>,
    /// All that it is called, with dots between the parts.
    pub(super) names: BTreeSet<String>,
}

/// What a [`Subject`] is.
pub(super) enum What<'s> {
    /// Something that the spec names.
    Item(Item<'s>),
    /// The list of all error codes of the service.
    Codes,
    /// The row RequestId of this action, which all responses have and specs leave out.
    RequestId(String),
}

/// All that a version's spec names, and what is generated besides.
///
/// # Errors
/// If nothing can be generated of the spec.
pub(super) fn subjects(version: &Version) -> Result<Vec<Subject<'_>>> {
    let generated = tc3_codegen::generated_items(&version.spec)
        .with_context(|| format!("cannot generate of {}", version.file.shown))?;
    let mut by_path: BTreeMap<String, Vec<GeneratedItem>> = BTreeMap::new();
    for item in generated {
        by_path.entry(item.path.clone()).or_default().push(item);
    }
    let items = version.spec.items().into_iter();
    let mut subjects: Vec<Subject<'_>> = items
        .map(|item| {
            let path = item.path();
            let generated = by_path.remove(&path).unwrap_or_default();
            Subject::new(path, What::Item(item), generated)
        })
        .collect();
    let rest = by_path.into_iter();
    subjects.extend(rest.map(|(path, generated)| {
        let action = path.strip_prefix("actions.");
        let what = match action.and_then(|of| of.strip_suffix(".response.RequestId")) {
            Some(action) => What::RequestId(action.to_owned()),
            None => What::Codes,
        };
        Subject::new(path, what, generated)
    }));
    Ok(subjects)
}

impl<'s> Subject<'s> {
    pub(super) fn new(path: String, what: What<'s>, generated: Vec<GeneratedItem>) -> Subject<'s> {
        let (owner, name, stands_alone) = match &what {
            // Without its owner, a parameter's name says little, and an error code's all.
            What::Item(item) => (
                item.owner,
                Some(item.name),
                !matches!(
                    item.kind,
                    ItemKind::Request | ItemKind::Response | ItemKind::Field
                ),
            ),
            What::Codes => (None, None, true),
            What::RequestId(action) => (Some(action.as_str()), Some("RequestId"), false),
        };
        let mut names = BTreeSet::new();
        let mut call = |name: &str| {
            names.extend(owner.map(|owner| format!("{owner}.{name}")));
            if stands_alone {
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
            what,
            generated,
            names,
        }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What it is, for people.
    pub(super) fn title(&self) -> String {
        let Item {
            kind, owner, name, ..
        } = match &self.what {
            What::Item(item) => item,
            What::Codes => return "the error codes of the service".to_owned(),
            What::RequestId(action) => {
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
