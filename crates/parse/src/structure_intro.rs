//! Parses the text above a structure's table: its name and a sentence.

use std::collections::HashSet;

use crate::block::{Line, join};
use crate::cell::{is_builtin, is_compound};
use crate::words;

/// The name and description of a structure, above its table.
pub(crate) struct StructureIntro {
    pub(crate) name: String,
    pub(crate) description: String,
    /// The index of the line with the name.
    pub(crate) at: usize,
}

impl StructureIntro {
    /// Finds the name among the lines before the list of actions, or before the table.
    ///
    /// The lines begin with the end of the previous table, where a word could be mistaken for a name.
    pub(crate) fn find(
        lines: &[&Line<'_>],
        referenced: &HashSet<String>,
        previous: &str,
    ) -> Option<StructureIntro> {
        // The maximum number of lines; no known description is longer.
        const REACH: usize = 400;
        let from = lines.len().saturating_sub(REACH);
        let headings = || (from..lines.len()).rev().filter(|&at| lines[at].heading());
        let named = headings().find(|&at| is_structure_name(&lines[at].text));
        let at = match (named, headings().next()) {
            (Some(at), _) => at,
            // A heading that is not a name is for example the page's title.
            (None, Some(at)) => best(lines, at + 1, referenced, previous)?,
            (None, None) => best(lines, from, referenced, previous)?,
        };
        Some(StructureIntro {
            name: words::unmarked(&lines[at].text).to_owned(),
            description: join(&lines[at + 1..], "\n"),
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
        let after = lines.len() - at - 1;
        let mut score = 0_i32;
        // A heading is surrounded by blank lines and followed by a sentence.
        score += 4 * i32::from(lines[at].gap);
        score += 3 * i32::from(lines.get(at + 1).is_some_and(|next| next.gap));
        score += 2 * i32::from(after > 0);
        score += 3 * i32::from(referenced.contains(name));
        // Structures are sorted by name.
        score += 2 * i32::from(name.to_lowercase() > previous.to_lowercase());
        score += i32::from(is_compound(name));
        score
            - i32::try_from(after.saturating_sub(1))
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
