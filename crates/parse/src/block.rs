//! A page without its markup: lines and tables, in order.

use std::borrow::Cow;

use crate::source::At;

/// A piece of a page.
#[derive(Clone, Debug)]
pub(crate) enum Block<'a> {
    /// A line of text.
    Line(Line<'a>),
    /// A table whose cells are marked as such: of HTML, of bars, of Markdown.
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

/// A line of text without the white space around it.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) at: At,
    /// The level of the heading that the page marks the line as, from 1; 0 if it is none.
    pub(crate) level: u8,
    /// Whether a paragraph begins here.
    pub(crate) gap: bool,
}

impl Line<'_> {
    /// Whether the page marks the line as a heading.
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
    /// Whether the page marks the row as the table's head.
    pub(crate) head: bool,
    /// Whether the page ends within the row, or a part of it is missing.
    pub(crate) cut: bool,
}

impl Row<'_> {
    /// The row's text, for messages.
    pub(crate) fn text(&self) -> String {
        self.cells
            .iter()
            .map(|cell| &*cell.text)
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Where the row begins.
    pub(crate) fn at(&self) -> At {
        self.cells.first().map_or(At(0), |cell| cell.at)
    }
}

/// A cell: its paragraphs, each on a line.
#[derive(Clone, Debug)]
pub(crate) struct Cell<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) at: At,
}

/// The lines of the blocks, with the rows of tables as lines too: descriptions hold tables now and then.
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
