//! Parses pages of error codes.

use tc3_spec::Fragment;

use crate::block::{Block, Line};
use crate::cell::{self, is_known_code};
use crate::code_rows::{self, starts_code};
use crate::diagnostic::Diagnostics;
use crate::fields::codes;
use crate::introduction;
use crate::row::RawRow;
use crate::rows::Shape;
use crate::table::Layout;
use crate::words::{self, Role};

/// Parses a page of error codes, including the table of codes that all services share.
pub(crate) fn read(
    path: &str,
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Fragment> {
    let mut rows: Vec<RawRow> = Vec::new();
    let lines: Vec<&Line<'_>> = blocks.iter().filter_map(Block::line).collect();
    for block in blocks {
        let Block::Table(table) = block else { continue };
        let layout = Layout::of(table);
        if layout.as_ref().is_some_and(|layout| layout.is_empty(table)) {
            diagnostics.empty_table(table.rows[0].at(), &table.rows[0].text());
        }
        match layout {
            Some(layout) if layout.has(Role::Code) => {
                if layout.numbered_codes {
                    diagnostics.numbered_codes(table.rows[0].at(), &table.rows[0].text());
                }
                rows.extend(layout.rows(table));
            }
            _ => diagnostics.rows_outside(table.rows[0].at(), &table.rows[0].text()),
        }
    }
    let has_heads =
        !rows.is_empty() || (0..lines.len()).any(|at| code_rows::head(&lines, at).is_some());
    if rows.is_empty() {
        rows = line_rows(&lines, diagnostics);
    }
    // Without a head, a list of names can look like codes, but it has no dots and no descriptions.
    let is_code = |row: &RawRow| {
        !row.description.is_empty() && row.name.as_deref().is_some_and(|code| code.contains('.'))
    };
    let is_shared = |row: &RawRow| {
        let first = row.name.as_deref().and_then(|code| code.split('.').next());
        first.is_some_and(is_known_code)
    };
    let is_any = |row: &RawRow| {
        row.name
            .as_deref()
            .map(words::unmarked)
            .is_some_and(cell::is_code)
    };
    let is_page = match has_heads {
        true => rows.iter().any(is_any),
        false => rows.iter().any(is_code) && rows.iter().any(is_shared),
    };
    if !is_page {
        return None;
    }
    Some(Fragment {
        errors: codes(&rows, "errors", true, diagnostics),
        source: Some(introduction::source(path, blocks)),
        ..Fragment::of(path)
    })
}

/// Parses tables with joined or stacked cells.
fn line_rows(lines: &[&Line<'_>], diagnostics: &mut Diagnostics<'_, '_>) -> Vec<RawRow> {
    let heads: Vec<(usize, Shape)> = (0..lines.len())
        .filter_map(|at| Some((at, code_rows::head(lines, at)?)))
        .collect();
    if heads.is_empty() {
        // With an unknown head, the first codes show the shape of the table.
        let first = lines.windows(2).position(|pair| {
            starts_code(&pair[0].text, Shape::Joined) && starts_code(&pair[1].text, Shape::Joined)
        });
        let stacked = lines.windows(3).position(|three| {
            starts_code(&three[0].text, Shape::Stacked)
                && starts_code(&three[2].text, Shape::Stacked)
        });
        return match (first, stacked) {
            (Some(at), stacked) if stacked.is_none_or(|other| at <= other) => {
                code_rows::read(&lines[at..], Shape::Joined, true, diagnostics).0
            }
            (_, Some(at)) => code_rows::read(&lines[at..], Shape::Stacked, true, diagnostics).0,
            _ => Vec::new(),
        };
    }
    let mut rows = Vec::new();
    for (index, &(at, shape)) in heads.iter().enumerate() {
        let end = heads.get(index + 1).map_or(lines.len(), |(next, _)| *next);
        let start = at + shape.lines_of(2);
        let is_last = index + 1 == heads.len();
        let lines = &lines[start..end.max(start)];
        rows.extend(code_rows::read(lines, shape, is_last, diagnostics).0);
    }
    rows
}
