//! A selection of a spec's actions.

use std::collections::BTreeSet;

use tc3_spec::Spec;

use crate::Error;

/// The actions of these names.
///
/// # Errors
/// If the spec lacks one of them.
pub(crate) fn select<'a>(spec: &Spec, actions: &[&'a str]) -> Result<BTreeSet<&'a str>, Error> {
    for name in actions {
        if !spec.actions.contains_key(*name) {
            return Err(Error::UnknownAction {
                service: spec.service.clone(),
                version: spec.version.clone(),
                name: (*name).to_owned(),
                nearest: nearest(name, spec.actions.keys()).map(str::to_owned),
            });
        }
    }
    Ok(actions.iter().copied().collect())
}

/// The candidate that is most like the name, if it could be what was meant.
fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a String>) -> Option<&'a str> {
    let name = name.to_ascii_lowercase();
    candidates
        .map(|candidate| {
            let distance = distance(&name, &candidate.to_ascii_lowercase());
            (distance, candidate.as_str())
        })
        .min()
        .filter(|(distance, candidate)| *distance * 3 <= candidate.len().max(name.len()))
        .map(|(_, candidate)| candidate)
}

/// How many bytes must be put in, taken out or changed to get from one name to the other.
fn distance(from: &str, to: &str) -> usize {
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, a) in from.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in to.bytes().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_mistyped_is_recognized() {
        let names = ["AddMember", "DescribeMember", "DeleteMember"].map(str::to_owned);
        for (name, expect) in [
            ("AddMembers", Some("AddMember")),
            ("addmember", Some("AddMember")),
            ("DescripeMember", Some("DescribeMember")),
            ("DeletMembr", Some("DeleteMember")),
            ("CreateCluster", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names.iter()), expect, "{name}");
        }
    }

    #[test]
    fn the_distance_counts_edits() {
        for (from, to, expect) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("kitten", "sitting", 3),
            ("same", "same", 0),
        ] {
            assert_eq!(distance(from, to), expect, "{from} {to}");
        }
    }
}
