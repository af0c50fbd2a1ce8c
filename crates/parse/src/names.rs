//! Compares the names of the action on a page with the row Action.

use crate::action_tables::ActionTables;
use crate::block::Line;
use crate::cell::has_hump;
use crate::diagnostic::Diagnostics;
use crate::words;

/// Reports names that differ from the row Action.
pub(crate) fn check(name: &str, tables: &ActionTables<'_>, diagnostics: &mut Diagnostics<'_, '_>) {
    if let Some((line, title)) = title(tables)
        && title != name
    {
        diagnostics.other_action(line.at, title, title, name);
    }
    // Reports the same mistake in several examples once.
    const MOST: usize = 10;
    let mut others: Vec<&str> = Vec::new();
    for line in &tables.examples {
        if let Some(other) = named(&line.text)
            && other != name
            // If headers are on one line with nothing between them, the next header follows the name.
            && !(line.text.contains("HTTP/") && other.starts_with(name))
            && others.len() < MOST
            && !others.contains(&other)
        {
            others.push(other);
            diagnostics.other_action(line.at, other, other, name);
        }
    }
}

/// Returns the page's title (a first-level heading or the first line) if it is the name of an action.
///
/// If the page is only a title in the site's navigation, its first lines are others.
fn title<'t>(tables: &'t ActionTables<'_>) -> Option<(&'t Line<'t>, &'t str)> {
    let mut lines = tables.before.iter().enumerate();
    let (_, line) =
        lines.find(|(at, line)| line.level == 1 || *at == 0 && !tables_headings(tables))?;
    let title = words::unmarked(&line.text);
    let is_action = title.starts_with(|c: char| c.is_ascii_uppercase())
        && title.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && has_hump(title);
    is_action.then_some((line, title))
}

/// Whether a first-level heading precedes the tables.
fn tables_headings(tables: &ActionTables<'_>) -> bool {
    tables.before.iter().any(|line| line.level == 1)
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
