//! Compares documented requests and responses.

use std::collections::BTreeMap;

use super::change::documentation;
use super::comparison::Comparison;
use super::kind::Kind;
use super::place::Place;
use super::rows::Rows;
use crate::model::Example;

/// Compares the examples of an action.
pub(super) fn compare(
    comparison: &mut Comparison<'_>,
    action: &str,
    old: &[Example],
    new: &[Example],
) {
    let place = |example: &Example| Place::Example {
        action: action.to_owned(),
        title: title(example).to_owned(),
    };
    let rows = Rows::pair(&keys(old), &keys(new));
    let reason = "examples are not part of the API";
    for removed in rows.removed {
        comparison.add(place(&old[removed]), Kind::Removed, documentation(reason));
    }
    for row in rows.rows {
        let example = &new[row.new];
        let Some(before) = row.old.map(|at| &old[at]) else {
            comparison.add(place(example), Kind::Added, documentation(reason));
            continue;
        };
        if row.moved {
            comparison.add(place(example), Kind::Moved, documentation(reason));
        }
        if before.request != example.request || before.response != example.response {
            comparison.add(place(example), Kind::Example, documentation(reason));
        }
        let text = |example: &Example| example.description.clone().unwrap_or_default();
        comparison.description(place(example), &text(before), &text(example));
    }
}

fn title(example: &Example) -> &str {
    example.title.as_deref().unwrap_or_default()
}

/// Returns the keys of examples: the title and its occurrence.
fn keys(examples: &[Example]) -> Vec<(&str, usize)> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let key = |example| {
        let title = title(example);
        let number = numbers.entry(title).or_default();
        *number += 1;
        (title, *number)
    };
    examples.iter().map(key).collect()
}
