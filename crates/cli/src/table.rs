//! Responses as tables for people, and as lines of cells for programs.

use comfy_table::{ContentArrangement, Table, presets};

use crate::node::Node;
use crate::rows::Rows;
use crate::terminal::visible;

/// Minimum width of a column, enough for large integers. A table with narrower columns is printed item by item.
const MIN_COLUMN_WIDTH: usize = 20;

/// Returns tables with at most `width` characters, if there is a limit.
///
/// Borders are ASCII, because terminals of East Asian locales draw others twice as wide.
pub(crate) fn table(rows: &Rows, width: Option<u16>) -> String {
    match rows {
        Rows::Scalar(scalar) => visible(&scalar.text()) + "\n",
        Rows::Scalars(scalars) => {
            let lines = scalars.iter().map(|scalar| visible(&scalar.text()) + "\n");
            lines.collect()
        }
        Rows::Record(members) => record(members, width),
        Rows::Table {
            columns,
            rows,
            others,
        } => {
            let mut text = items(columns, rows, width);
            if !others.is_empty() {
                text += &record(others, width);
            }
            text
        }
    }
}

fn items(columns: &[String], rows: &[Vec<Node>], width: Option<u16>) -> String {
    if columns.is_empty() && rows.is_empty() {
        return String::new();
    }
    let mut table = new(width);
    if !columns.is_empty() {
        table.set_header(columns.iter().map(|name| visible(name)));
    }
    for row in rows {
        table.add_row(row.iter().map(cell));
    }
    let natural = table.column_max_content_widths();
    let needed = natural
        .iter()
        .map(|needed| MIN_COLUMN_WIDTH.min(usize::from(*needed)) + 3);
    let is_too_wide = width.is_some_and(|width| needed.sum::<usize>() + 1 > usize::from(width));
    if !is_too_wide || columns.is_empty() {
        return format!("{table}\n");
    }
    let records = rows.iter().map(|row| {
        let members = columns.iter().cloned().zip(row.iter().cloned());
        record(&members.collect::<Vec<_>>(), width)
    });
    records.collect()
}

/// Returns a table with a line for each member.
fn record(members: &[(String, Node)], width: Option<u16>) -> String {
    let mut table = new(width);
    for (name, value) in members {
        table.add_row([visible(name), cell(value)]);
    }
    match members {
        [] => String::new(),
        _ => format!("{table}\n"),
    }
}

fn new(width: Option<u16>) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_FULL_CONDENSED);
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width);
    }
    table
}

/// Returns the text of a cell: JSON of structures, and the elements of other lists.
fn cell(value: &Node) -> String {
    visible(&match value {
        Node::List(elements) if elements.iter().all(Node::is_scalar) => {
            let elements: Vec<String> = elements.iter().map(Node::text).collect();
            elements.join(", ")
        }
        other => other.text(),
    })
}

/// Returns lines of cells separated by tabs. `has_header` adds a line with the names of the columns, and prints each
/// scalar of a list on its own line.
pub(crate) fn lines(rows: &Rows, has_header: bool) -> String {
    let line = |cells: &[Node]| {
        let cells: Vec<String> = cells.iter().map(|cell| escape(&cell.text())).collect();
        cells.join("\t") + "\n"
    };
    let names = |names: &mut dyn Iterator<Item = &String>| {
        let names: Vec<String> = names.map(|name| escape(name)).collect();
        match has_header && !names.is_empty() {
            true => names.join("\t") + "\n",
            false => String::new(),
        }
    };
    match rows {
        Rows::Scalar(scalar) => escape(&scalar.text()) + "\n",
        Rows::Scalars(scalars) if has_header => {
            let scalars = scalars.iter();
            scalars
                .map(|scalar| escape(&scalar.text()) + "\n")
                .collect()
        }
        Rows::Scalars(scalars) => line(scalars),
        Rows::Record(members) => {
            let values: Vec<Node> = members.iter().map(|(_, value)| value.clone()).collect();
            names(&mut members.iter().map(|(name, _)| name)) + &line(&values)
        }
        Rows::Table { columns, rows, .. } => {
            let rows: String = rows.iter().map(|row| line(row)).collect();
            names(&mut columns.iter()) + &rows
        }
    }
}

/// Escapes tabs, line ends and backslashes as `\t`, `\n`, `\r` and `\\`.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' => escaped.push_str("\\\\"),
            '\t' => escaped.push_str("\\t"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            other => escaped.push(other),
        }
    }
    escaped
}
