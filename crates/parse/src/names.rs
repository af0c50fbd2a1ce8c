//! Compares the names of the action on a page with the row Action.

use crate::action_tables::ActionTables;
use crate::block::Line;
use crate::cell::is_compound;
use crate::diagnostic::Diagnostics;
use crate::words;

/// Reports names that differ from the row Action.
pub(crate) fn check(name: &str, tables: &ActionTables<'_>, diagnostics: &mut Diagnostics<'_, '_>) {
    if let Some((line, title)) = title(tables)
        && title != name
    {
        diagnostics.other_action(line.at, title, title, name);
    }
    // The same mistake in several examples is reported once.
    const MAX_REPORTED: usize = 10;
    let mut others: Vec<&str> = Vec::new();
    for line in &tables.examples {
        if let Some(other) = named(&line.text)
            && other != name
            // If headers are on one line with nothing between them, the next header follows the name.
            && !(line.text.contains("HTTP/") && other.starts_with(name))
            && others.len() < MAX_REPORTED
            && !others.contains(&other)
        {
            others.push(other);
            diagnostics.other_action(line.at, other, other, name);
        }
    }
}

/// Returns the page's title (the first first-level heading, or else the first line) if it is the name of an action.
fn title<'t>(tables: &'t ActionTables<'_>) -> Option<(&'t Line<'t>, &'t str)> {
    let heading = tables.before.iter().find(|line| line.level == 1);
    let line = heading.or(tables.before.first())?;
    let title = words::unmarked(&line.text);
    let is_action = title.starts_with(|c: char| c.is_ascii_uppercase())
        && title.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && is_compound(title);
    is_action.then_some((line, title))
}

/// Returns the action named by a line of a request, in a header or a URL.
fn named(text: &str) -> Option<&str> {
    let find = |mark: &str| text.find(mark).map(|at| &text[at + mark.len()..]);
    let value = find("X-TC-Action:").or_else(|| {
        let is_url =
            text.starts_with("http") || text.starts_with("GET ") || text.starts_with("POST ");
        find("?Action=").filter(|_| is_url)
    })?;
    let value = value.trim_start();
    let end = value
        .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(value.len());
    (end > 0).then(|| &value[..end])
}
