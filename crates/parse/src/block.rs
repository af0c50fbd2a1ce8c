//! The contents of a page without markup: lines and tables, in order.

use std::borrow::Cow;

use crate::source::At;

/// A part of a page.
#[derive(Clone, Debug)]
pub(crate) enum Block<'a> {
    /// A line of text.
    Line(Line<'a>),
    /// A table with marked cells: HTML, bars or Markdown.
    Table(Table<'a>),
}

impl<'a> Block<'a> {
    pub(crate) fn line(&self) -> Option<&Line<'a>> {
        match self {
            Block::Line(line) => Some(line),
            _ => None,
        }
    }
}

/// A line of text without surrounding white space.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) at: At,
    /// The level of a marked heading, from 1; 0 for other lines.
    pub(crate) level: u8,
    /// Whether a paragraph begins here.
    pub(crate) gap: bool,
}

impl Line<'_> {
    /// Whether the line is a marked heading.
    pub(crate) fn heading(&self) -> bool {
        self.level > 0
    }
}

/// A table with marked cells.
#[derive(Clone, Debug)]
pub(crate) struct Table<'a> {
    pub(crate) rows: Vec<Row<'a>>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row<'a> {
    pub(crate) cells: Vec<Cell<'a>>,
    /// Whether the row is marked as the table's head.
    pub(crate) head: bool,
    /// Whether the row is truncated.
    pub(crate) cut: bool,
}

impl Row<'_> {
    /// Returns the row's text for messages.
    pub(crate) fn text(&self) -> String {
        let cells: Vec<_> = self.cells.iter().map(|cell| &*cell.text).collect();
        cells.join(" ")
    }

    /// Returns the location of the row.
    pub(crate) fn at(&self) -> At {
        self.cells.first().map_or(At(0), |cell| cell.at)
    }
}

/// A cell with its paragraphs, one per line.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) at: At,
}

/// Joins the texts of lines.
pub(crate) fn join(lines: &[&Line<'_>], separator: &str) -> String {
    let texts: Vec<_> = lines.iter().map(|line| &*line.text).collect();
    texts.join(separator)
}

/// Converts the blocks to lines, one for each row of a table, because descriptions sometimes contain tables.
pub(crate) fn lines<'b>(blocks: &'b [Block<'_>]) -> Vec<Cow<'b, Line<'b>>> {
    let row = |row: &'b Row<'b>| {
        let cells: Vec<&str> = row.cells.iter().map(|cell| &*cell.text).collect();
        Line {
            text: cells.join(" | ").into(),
            at: row.at(),
            level: 0,
            gap: false,
        }
    };
    let block = |block: &'b Block<'_>| match block {
        Block::Line(line) => vec![Cow::Borrowed(line)],
        Block::Table(table) => table.rows.iter().map(|of| Cow::Owned(row(of))).collect(),
    };
    blocks.iter().flat_map(block).collect()
}
