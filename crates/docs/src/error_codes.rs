//! Pages of error codes.

use crate::block::{Block, Line};
use crate::diagnostic::Diagnostics;
use crate::fields::codes;
use crate::page::Page;
use crate::rows::RawRow;
use crate::table::{Layout, is_code};
use crate::words::{self, Role};

/// Reads a page of error codes: all its tables, those of the codes common to all services among them.
pub(crate) fn read(
    path: &str,
    blocks: &[Block<'_>],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Option<Page> {
    let mut rows: Vec<RawRow> = Vec::new();
    let lines: Vec<&Line<'_>> = blocks.iter().filter_map(Block::line).collect();
    for block in blocks {
        let Block::Table(table) = block else { continue };
        match Layout::of(table) {
            Some(layout) if layout.has(Role::Code) => rows.extend(layout.rows(table)),
            Some(layout) if layout.has(Role::Type) => return None,
            _ => diagnostics.rows_outside(table.rows[0].at(), &table.rows[0].text()),
        }
    }
    if rows.is_empty() {
        rows = line_rows(&lines);
    }
    if rows.is_empty() {
        return None;
    }
    Some(Page {
        errors: codes(&rows, true, diagnostics),
        ..Page::new(path)
    })
}

/// The rows of tables whose cells are joined or stacked.
fn line_rows(lines: &[&Line<'_>]) -> Vec<RawRow> {
    let mut rows: Vec<RawRow> = Vec::new();
    let mut inside = false;
    for (at, line) in lines.iter().enumerate() {
        let text = &*line.text;
        let (first, behind) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        let is_head = words::joined_head(text).is_some_and(|roles| roles.contains(&Role::Code))
            || words::role(text) == Some(Role::Code);
        if is_head || words::section(text).is_some() {
            inside = false;
        } else if is_code(first) && (behind.is_empty() || !text.ends_with(':') || inside) {
            // Prose can begin with a word like a code; in a table, more codes follow.
            let next = lines[at + 1..]
                .iter()
                .take(3)
                .any(|line| starts_code(&line.text));
            if inside || first.contains('.') || next {
                inside = true;
                rows.push(RawRow {
                    at: line.at,
                    whole: text.to_owned(),
                    name: Some(first.to_owned()),
                    required: None,
                    type_text: None,
                    description: behind.to_owned(),
                });
            }
        } else if inside {
            match rows.last_mut() {
                Some(row)
                    if !words::is_furniture(text) && (!line.gap || row.description.is_empty()) =>
                {
                    if !row.description.is_empty() {
                        row.description.push('\n');
                    }
                    row.description.push_str(text);
                }
                _ => inside = false,
            }
        }
    }
    rows
}

fn starts_code(line: &str) -> bool {
    line.split_whitespace().next().is_some_and(is_code)
}
