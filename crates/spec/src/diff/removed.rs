//! Removed actions.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Action, Field};
use crate::type_ref::TypeRef;

/// Returns the actions that the new state no longer has, in the order of the old one.
///
/// Only names are compared, so a state can also be that of a damaged spec, of pages or of a crate.
///
/// ```
/// use tc3_spec::diff::removed_actions;
///
/// assert_eq!(removed_actions(["Buy", "Sell"], ["Order", "Sell"]), ["Buy"]);
/// ```
pub fn removed_actions<'o, 'n>(
    old: impl IntoIterator<Item = &'o str>,
    new: impl IntoIterator<Item = &'n str>,
) -> Vec<&'o str> {
    let new: BTreeSet<&str> = new.into_iter().collect();
    let old = old.into_iter();
    old.filter(|name| !new.contains(name)).collect()
}

/// Whether two actions have the same parameters and response fields: names and types in the same order. A removed action
/// may then have been renamed. Actions without any are not similar.
pub fn has_same_tables(old: &Action, new: &Action) -> bool {
    fn rows(table: &[Field]) -> impl Iterator<Item = (&str, &TypeRef)> {
        let rows = table.iter();
        rows.map(|field| (field.name.as_str(), &field.type_ref))
    }
    (!old.request.is_empty() || !old.response.is_empty())
        && rows(&old.request).eq(rows(&new.request))
        && rows(&old.response).eq(rows(&new.response))
}

/// Returns the new action that a removed one may have been renamed to: the only one with the same tables. If several new
/// actions have these tables, or another removed action has them too, none is returned, because the tables do not say which
/// of them belong together.
pub(super) fn possible_new_name<'n>(
    removed: &Action,
    old: &BTreeMap<String, Action>,
    new: &'n BTreeMap<String, Action>,
) -> Option<&'n str> {
    only_in(old, new, removed)?;
    only_in(new, old, removed)
}

/// Returns the action with these tables that `actions` has and `others` lacks, if there is exactly one.
fn only_in<'a>(
    actions: &'a BTreeMap<String, Action>,
    others: &BTreeMap<String, Action>,
    tables: &Action,
) -> Option<&'a str> {
    let mut found = actions
        .iter()
        .filter(|(name, action)| !others.contains_key(*name) && has_same_tables(tables, action));
    let (name, _) = found.next()?;
    found.next().is_none().then_some(name.as_str())
}
