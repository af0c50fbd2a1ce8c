//! Removed actions.

use std::collections::BTreeSet;

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
