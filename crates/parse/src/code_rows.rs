//! Parses rows of error codes without marked cells.

use crate::block::Line;
use crate::cell::{is_compound_code, is_known_code};
use crate::diagnostic::Diagnostics;
use crate::request_lines::{is_request_line, is_url};
use crate::row::RawRow;
use crate::rows::Shape;
use crate::words::{self, Role};

/// Returns the shape of the table whose head is at `at`.
pub(crate) fn head(lines: &[&Line<'_>], at: usize) -> Option<Shape> {
    if words::joined_head(&lines[at].text)
        .is_some_and(|roles| roles == [Role::Code, Role::Description])
    {
        return Some(Shape::Joined);
    }
    let is_head = words::role(&lines[at].text) == Some(Role::Code)
        && lines
            .get(at + 1)
            .is_some_and(|line| words::role(&line.text) == Some(Role::Description));
    is_head.then_some(Shape::Stacked)
}

/// Parses rows from the first code up to the text of the site. Returns them with the number of their lines. `is_last` is
/// whether no other table follows.
pub(crate) fn read(
    lines: &[&Line<'_>],
    shape: Shape,
    is_last: bool,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> (Vec<RawRow>, usize) {
    if let Some(line) = lines.first().filter(|line| !starts_code(&line.text, shape)) {
        diagnostics.no_first_code(line.at, &line.text);
    }
    if let Some(line) = lines.first().filter(|line| numbered(&line.text).is_some()) {
        diagnostics.numbered_codes(line.at, &line.text);
    }
    let mut rows: Vec<RawRow> = Vec::new();
    let mut end = lines.len();
    let mut text_after: Vec<&Line<'_>> = Vec::new();
    let is_known = |line: &&Line<'_>| {
        line.text
            .split_whitespace()
            .next()
            .is_some_and(is_known_code)
    };
    let last = lines
        .iter()
        .rposition(|line| is_known(line) && starts_code(&line.text, shape));
    for (at, line) in lines.iter().enumerate() {
        let text = &*line.text;
        // A line like the site's own text can be a description, as long as more codes follow.
        let is_site_text = words::is_site_footer(text)
            || line.heading()
            || words::section(text).is_some()
            || is_request_line(text)
            || is_url(text);
        if is_site_text && last.is_none_or(|last| at > last) {
            end = at;
            break;
        }
        // With one cell per line, a description can repeat the code, or its last part.
        let lacks_text =
            rows.last().is_some_and(|row| row.description.is_empty()) && text_after.is_empty();
        let is_description = shape == Shape::Stacked
            && lacks_text
            && rows
                .last()
                .is_some_and(|row| row.whole.rsplit('.').next() == Some(text) || row.whole == text);
        if is_description || !starts_code(text, shape) {
            text_after.push(line);
            // Descriptions usually have one line; more lines count only if another row follows them.
            if let Some(row) = rows
                .last_mut()
                .filter(|row| shape == Shape::Stacked && row.description.is_empty())
            {
                row.description.push_str(text);
                text_after.clear();
            }
            continue;
        }
        if let Some(row) = rows.last_mut() {
            for line in text_after.drain(..) {
                row.description.push('\n');
                row.description.push_str(&line.text);
            }
        }
        let (code, description) = match shape {
            Shape::Joined => numbered(text)
                .or_else(|| text.split_once(char::is_whitespace))
                .unwrap_or((text, "")),
            Shape::Stacked => (text, ""),
        };
        rows.push(RawRow {
            at: line.at,
            whole: text.to_owned(),
            name: Some(code.to_owned()),
            required: None,
            type_text: None,
            description: description.to_owned(),
            cut: false,
        });
    }
    // Text after the last row, without a blank line between them and in the same script, could belong to the row. Above
    // the head of another table it is a heading.
    if let (Some(text), Some(row)) = (text_after.first(), rows.last())
        && is_last
        && !text.gap
        && text.text.is_ascii() == row.whole.is_ascii()
    {
        diagnostics.trailing_text(text.at, &text.text);
    }
    // Only the last row lacks a description, and nothing follows: the page may end within the code.
    if let Some((row, others)) = rows.split_last()
        && is_last
        && row.description.is_empty()
        && text_after.is_empty()
        && end == lines.len()
        && !others.is_empty()
        && others.iter().all(|row| !row.description.is_empty())
    {
        diagnostics.cut_code(row.at, &row.whole);
    }
    (rows, end)
}

/// Whether a row begins at this line.
pub(crate) fn starts_code(line: &str, shape: Shape) -> bool {
    match shape {
        Shape::Joined => {
            line.split_whitespace().next().is_some_and(is_compound_code) || numbered(line).is_some()
        }
        Shape::Stacked => is_compound_code(line),
    }
}

/// Returns the code and the description of a row with a number in the place of the code: `-502 No such box
/// ResourceNotFound.Box`.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let (number, rest) = line.split_once(char::is_whitespace)?;
    let digits = number.strip_prefix('-').unwrap_or(number);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (description, code) = rest.trim().rsplit_once(char::is_whitespace)?;
    (is_number && is_compound_code(code)).then_some((code, description.trim()))
}
