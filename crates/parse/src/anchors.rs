//! Finds where the tables of structures begin, on pages without marked cells.

use std::collections::HashMap;

use crate::block::Line;
use crate::evidence::Evidence;
use crate::rows::{self, Shape};
use crate::source::At;
use crate::structure_intro::is_structure_name;
use crate::words::{self, Role};

/// The columns of a table with the column Required, before the description.
pub(crate) const WITH_REQUIRED: &[Role] = &[Role::Name, Role::Type, Role::Required];
/// The columns of a table without it.
pub(crate) const WITHOUT_REQUIRED: &[Role] = &[Role::Name, Role::Type];

/// The start of a structure's table; without a table, the line where it would start.
pub(crate) struct Anchor {
    /// The end of the lines with the structure's name and description.
    pub(crate) intro_end: usize,
    /// The first line below the table's head.
    pub(crate) body: usize,
    /// The columns of the head; `None` if the structure has no table.
    pub(crate) columns: Option<&'static [Role]>,
    pub(crate) shape: Shape,
}

/// Finds table heads, and lists of actions without a table below.
pub(crate) fn find(lines: &[&Line<'_>]) -> Vec<Anchor> {
    let is_known = |at: usize| words::joined_head(&lines[at].text).is_some();
    let unknown = if (0..lines.len()).any(is_known) {
        HashMap::new()
    } else {
        unknown_heads(lines)
    };
    let mut anchors: Vec<Anchor> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let joined = |roles: &[Role]| match roles {
            [Role::Name, Role::Type, Role::Required, Role::Description] => Some(WITH_REQUIRED),
            [Role::Name, Role::Type, Role::Description] => Some(WITHOUT_REQUIRED),
            _ => None,
        };
        let text = &*lines[at].text;
        let stacked = |count: usize| -> Option<Vec<Role>> {
            lines
                .get(at..at + count)?
                .iter()
                .map(|line| words::role(&line.text))
                .collect()
        };
        let head = words::joined_head(text)
            .and_then(|roles| joined(&roles))
            .or_else(|| unknown.get(text).copied())
            .map(|columns| (columns, Shape::Joined, 1))
            .or_else(|| Some((joined(&stacked(4)?)?, Shape::Stacked, 4)))
            .or_else(|| Some((joined(&stacked(3)?)?, Shape::Stacked, 3)));
        let used_by = words::is_used_by(text);
        match head {
            Some((columns, shape, length)) => {
                let body = at + length;
                join_lists(&mut anchors, lines, at, false);
                match anchors
                    .last_mut()
                    .filter(|last| last.columns.is_none() && last.body == at)
                {
                    Some(last) => {
                        (last.body, last.columns, last.shape) = (body, Some(columns), shape)
                    }
                    None => {
                        // In an unknown language, the list of actions is directly above the head.
                        let is_list = at > 0 && words::is_list_of_actions(&lines[at - 1].text);
                        let intro_end = at - usize::from(is_list);
                        anchors.push(Anchor {
                            intro_end,
                            body,
                            columns: Some(columns),
                            shape,
                        });
                    }
                }
                at = body;
            }
            None => {
                if used_by {
                    join_lists(&mut anchors, lines, at, true);
                    anchors.push(Anchor {
                        intro_end: at,
                        body: at + 1,
                        columns: None,
                        shape: Shape::Joined,
                    });
                }
                at += 1;
            }
        }
    }
    anchors
}

/// Removes a list of actions from the anchors if no structure's name follows it up to `at`: it is part of the
/// description, and the following lines belong to the same structure.
///
/// `is_list` is whether another list is at `at`; otherwise it is a head.
fn join_lists(anchors: &mut Vec<Anchor>, lines: &[&Line<'_>], at: usize, is_list: bool) {
    if let Some(last) = anchors.last()
        && last.columns.is_none()
        && (last.body < at || is_list)
        && !lines[last.body..at]
            .iter()
            .any(|line| is_structure_name(&line.text))
    {
        anchors.pop();
    }
}

/// Finds heads in an unknown language: the same line repeatedly, each time followed by a row.
fn unknown_heads<'b>(lines: &[&'b Line<'b>]) -> HashMap<&'b str, &'static [Role]> {
    let evidence = Evidence::default();
    let mut counts: HashMap<&str, (usize, &'static [Role])> = HashMap::new();
    for pair in lines.windows(2) {
        let text = &*pair[0].text;
        let words = text.split_whitespace().count();
        if !(3..=8).contains(&words)
            || text.len() > 160
            || text.ends_with(['.', '。', ':', '：', ';'])
        {
            continue;
        }
        let below = &pair[1..];
        let starts =
            |columns: &'static [Role]| rows::starts_row(below, columns, Shape::Joined, &evidence);
        if starts(WITH_REQUIRED) {
            counts.entry(text).or_insert((0, WITH_REQUIRED)).0 += 1;
        } else if starts(WITHOUT_REQUIRED) {
            counts.entry(text).or_insert((0, WITHOUT_REQUIRED)).0 += 1;
        }
    }
    // A line that is a row is not a head, however often it precedes another row.
    counts.retain(|text, (count, _)| {
        let line = Line {
            text: (*text).into(),
            at: At(0),
            level: 0,
            gap: false,
        };
        let is_row = |columns: &'static [Role]| {
            rows::starts_row(&[&line], columns, Shape::Joined, &evidence)
        };
        *count >= 2
            && words::joined_head(text).is_none()
            && !is_row(WITH_REQUIRED)
            && !is_row(WITHOUT_REQUIRED)
    });
    counts
        .into_iter()
        .map(|(text, (_, columns))| (text, columns))
        .collect()
}
