//! Checks of a whole page: whether it is truncated, lacks cell separators, or is the page of common parameters.

use std::collections::BTreeSet;

use crate::block::{Block, Line};
use crate::cell::is_builtin;
use crate::diagnostic::Diagnostics;
use crate::source::{At, Source};
use crate::words;

/// Reports a page that ends within an HTML table or within a line.
pub(crate) fn end(
    source: &Source<'_>,
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) {
    // The maximum number of lines that the site adds after the documentation.
    const MAX_FOOTER_LINES: usize = 40;
    // A complete line ends with one of these, or with a line break.
    const MARKS: [char; 17] = [
        '.', '。', '!', '！', '?', '？', '|', '}', ']', '`', '>', ')', '）', ':', '：', '"', '*',
    ];
    let text = &*source.text;
    if source.is_html {
        let last = |tag: &str| memchr::memmem::rfind(text.as_bytes(), tag.as_bytes());
        let open = last("<table");
        let end = last("</html").max(last("</body"));
        let closed = last("</table").max(end);
        let begins = |tag: &str| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some();
        if open > closed {
            diagnostics.open_table();
        } else if end.is_none() && (begins("<html") || begins("<body")) {
            diagnostics.no_end_tag();
        } else if !text.trim_end().ends_with('>') {
            diagnostics.unfinished();
        }
        return;
    }
    if text.ends_with(['\n', '\r']) || text.trim_end().ends_with(MARKS) {
        return;
    }
    let mut lines = blocks
        .iter()
        .rev()
        .filter_map(Block::line)
        .take(MAX_FOOTER_LINES);
    let last = lines.next();
    let is_footer = |line: &Line<'_>| words::is_site_footer(&line.text);
    if last.is_some_and(|last| !is_footer(last) && !lines.any(is_footer)) {
        diagnostics.unfinished();
    }
}

/// Reports a row Action without cell separators. Returns whether there is one.
pub(crate) fn glued_action(blocks: &[Block<'_>], diagnostics: &mut Diagnostics<'_, '_>) -> bool {
    glued(blocks, is_glued_action, diagnostics)
}

/// Reports a table head without cell separators. Returns whether there is one.
pub(crate) fn glued_head(blocks: &[Block<'_>], diagnostics: &mut Diagnostics<'_, '_>) -> bool {
    glued(blocks, words::has_glued_head, diagnostics)
}

fn glued(
    blocks: &[Block<'_>],
    is_glued: fn(&str) -> bool,
    diagnostics: &mut Diagnostics<'_, '_>,
) -> bool {
    let mut lines = blocks.iter().filter_map(Block::line);
    let line = lines.find(|line| is_glued(&line.text));
    if let Some(line) = line {
        diagnostics.glued_cells(line.at, &line.text);
    }
    line.is_some()
}

/// Whether a line is the row Action without cell separators: `ActionYesStringCommon Params. …`.
fn is_glued_action(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("Action") else {
        return false;
    };
    rest.find("String").is_some_and(|at| {
        let required = &rest[..at];
        words::required(required).is_some() && rest[at..].len() > "String".len()
    })
}

/// Reports the page of common parameters. Returns whether it is that page.
///
/// Its tables are like those of structures, and its title also occurs in the navigation of other pages.
pub(crate) fn common_parameters(
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> bool {
    const HEADERS: &[&str] = &[
        "X-TC-Action",
        "X-TC-Region",
        "X-TC-Timestamp",
        "X-TC-Version",
    ];
    const QUERY: &[&str] = &[
        "Action",
        "Region",
        "Timestamp",
        "Nonce",
        "SecretId",
        "Signature",
        "SignatureMethod",
        "Version",
    ];
    let is_known =
        |name: &str| HEADERS.contains(&name) || QUERY.contains(&name) || name == "RequestId";
    let mut names: BTreeSet<&str> = BTreeSet::new();
    // The known names at the beginning of lines, with or without a type.
    let mut at_line_starts: BTreeSet<&str> = BTreeSet::new();
    let lines: Vec<&Line<'_>> = blocks.iter().filter_map(Block::line).collect();
    for block in blocks {
        if let Block::Table(table) = block {
            let firsts = table.rows.iter().filter_map(|row| row.cells.first());
            let firsts = firsts.map(|cell| words::unmarked(&cell.text));
            names.extend(firsts.filter(|name| is_known(name)));
        }
    }
    for (at, line) in lines.iter().enumerate() {
        let mut row = line.text.split(char::is_whitespace);
        let name = row.next().unwrap_or_default();
        if !is_known(name) {
            continue;
        }
        at_line_starts.insert(name);
        let next = row.next().or(lines.get(at + 1).map(|line| &*line.text));
        let after = row.next().or(lines.get(at + 2).map(|line| &*line.text));
        let is_type = |text: &str| is_builtin(text) || text == "UInt";
        if [next, after].into_iter().flatten().any(is_type) {
            names.insert(name);
        }
    }
    let count = |known: &[&str]| known.iter().filter(|name| names.contains(**name)).count();
    let lists_query_parameters = QUERY
        .iter()
        .filter(|name| at_line_starts.contains(**name))
        .count()
        >= 6;
    // Tables of actions end with RequestId.
    if names.contains("RequestId") || count(HEADERS) + count(QUERY) < 2 && !lists_query_parameters {
        return false;
    }
    let title = lines
        .iter()
        .find(|line| words::is_common_parameters(&line.text));
    let is_titled = title.is_some_and(|title| title.heading() || lines[0].at == title.at);
    let is_signed = names.contains("SecretId");
    let is_common = is_titled
        || lists_query_parameters
        || count(HEADERS) >= 3
        || is_signed && count(QUERY) >= 5
        || is_signed && title.is_some() && count(QUERY) >= 3;
    if is_common {
        let line = title.or(lines.first());
        let (at, text) = line.map_or((At(0), ""), |line| (line.at, &*line.text));
        diagnostics.common_parameters(at, text);
    }
    is_common
}
