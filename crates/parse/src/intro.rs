//! Parses the text above a structure's table: its name and a sentence.

use std::collections::HashSet;

use crate::block::Line;
use crate::cell::{has_hump, is_builtin};
use crate::words;

/// The text above a structure's table.
pub(crate) struct Intro {
    pub(crate) name: String,
    pub(crate) description: String,
    /// The index of the line with the name.
    pub(crate) at: usize,
}

impl Intro {
    /// Finds the name among the lines before the list of actions, or before the table.
    ///
    /// The lines begin with the end of the previous table, where a word could be mistaken for a name.
    pub(crate) fn find(
        lines: &[&Line<'_>],
        referenced: &HashSet<String>,
        previous: &str,
    ) -> Option<Intro> {
        // No structure has a longer description.
        const REACH: usize = 400;
        let from = lines.len().saturating_sub(REACH);
        let headings = || (from..lines.len()).rev().filter(|&at| lines[at].heading());
        let named = headings().find(|&at| is_structure_name(&lines[at].text));
        let at = match (named, headings().next()) {
            (Some(at), _) => at,
            // A heading that is not a name, for example the page's title above a structure without its heading.
            (None, Some(at)) => best(lines, at + 1, referenced, previous)?,
            (None, None) => best(lines, from, referenced, previous)?,
        };
        let description = lines[at + 1..]
            .iter()
            .map(|line| &*line.text)
            .collect::<Vec<_>>()
            .join("\n");
        Some(Intro {
            name: words::unmarked(&lines[at].text).to_owned(),
            description,
            at,
        })
    }
}

/// Returns the line that is most likely the name, from `from` on.
fn best(
    lines: &[&Line<'_>],
    from: usize,
    referenced: &HashSet<String>,
    previous: &str,
) -> Option<usize> {
    let candidates = (from..lines.len()).filter(|&at| is_structure_name(&lines[at].text));
    candidates.max_by_key(|&at| {
        let name = words::unmarked(&lines[at].text);
        let behind = lines.len() - at - 1;
        let mut score = 0_i32;
        // A heading is surrounded by blank lines and followed by a sentence.
        score += if lines[at].gap { 4 } else { 0 };
        score += if lines.get(at + 1).is_some_and(|next| next.gap) {
            3
        } else {
            0
        };
        score += if behind > 0 { 2 } else { 0 };
        score += if referenced.contains(name) { 3 } else { 0 };
        // Structures are sorted by name.
        score += if name.to_lowercase().as_str() > previous.to_lowercase().as_str() {
            2
        } else {
            0
        };
        score += if has_hump(name) { 1 } else { 0 };
        score
            - i32::try_from(behind.saturating_sub(1))
                .unwrap_or(i32::MAX)
                .min(8)
    })
}

/// Whether a line can be the name of a structure.
pub(crate) fn is_structure_name(text: &str) -> bool {
    let text = words::unmarked(text);
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.len() <= 100
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && words::required(text).is_none()
        && !is_builtin(text)
}
