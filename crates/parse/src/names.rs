//! The places besides the row Action where a page names its action: all of them have to name the same.

use crate::action_tables::ActionTables;
use crate::block::Line;
use crate::cell::has_hump;
use crate::diagnostic::Diagnostics;
use crate::words;

/// Reports where the page names another action than the row Action does.
pub(crate) fn check(name: &str, tables: &ActionTables<'_>, diagnostics: &mut Diagnostics<'_, '_>) {
    if let Some((line, title)) = title(tables)
        && title != name
    {
        diagnostics.other_action(line.at, title, title, name);
    }
    // The same mistake in all examples is one mistake.
    const MOST: usize = 10;
    let mut others: Vec<&str> = Vec::new();
    for line in &tables.examples {
        if let Some(other) = named(&line.text)
            && other != name
            // On a line with nothing between the headers, the next one begins behind the name.
            && !(line.text.contains("HTTP/") && other.starts_with(name))
            && others.len() < MOST
            && !others.contains(&other)
        {
            others.push(other);
            diagnostics.other_action(line.at, other, other, name);
        }
    }
}

/// The page's title, if it is the name of an action: a heading of the first level, or the first line.
///
/// Where the page is but the title in the site's navigation, its first lines are others.
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

/// Whether a heading of the first level stands before the tables.
fn tables_headings(tables: &ActionTables<'_>) -> bool {
    tables.before.iter().any(|line| line.level == 1)
}

/// The action that a line of a request names, in a header or a URL.
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
