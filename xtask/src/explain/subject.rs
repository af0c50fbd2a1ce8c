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
    /// Nothing for the list of all error codes of the service.
    pub(super) item: Option<Item<'s>>,
    pub(super) generated: Vec<GeneratedItem>,
    /// All that it is called, with dots between the parts.
    pub(super) names: BTreeSet<String>,
}

/// All that a version's spec names.
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
            Subject::new(path, Some(item), generated)
        })
        .collect();
    let rest = by_path.into_iter();
    subjects.extend(rest.map(|(path, generated)| Subject::new(path, None, generated)));
    Ok(subjects)
}

impl<'s> Subject<'s> {
    fn new(path: String, item: Option<Item<'s>>, generated: Vec<GeneratedItem>) -> Subject<'s> {
        let owner = item.as_ref().and_then(|item| item.owner);
        let of_owner = |name: &str| owner.map(|owner| format!("{owner}.{name}"));
        let kind = item.as_ref().map(|item| item.kind);
        // Without its owner, a parameter's name says little, and an error code's all.
        let stands_alone = !matches!(
            kind,
            Some(ItemKind::Request | ItemKind::Response | ItemKind::Field)
        );
        let mut names = BTreeSet::new();
        let mut call = |name: &str| {
            names.extend(of_owner(name));
            if stands_alone {
                names.insert(name.to_owned());
            }
        };
        if let Some(item) = &item {
            call(item.name);
        }
        for of in &generated {
            call(&of.name);
        }
        names.extend(generated.iter().map(|of| of.full_name().replace("::", ".")));
        Subject {
            path,
            item,
            generated,
            names,
        }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What it is, for people.
    pub(super) fn title(&self) -> String {
        let Some(Item {
            kind, owner, name, ..
        }) = &self.item
        else {
            return "the error codes of the service".to_owned();
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
