//! Parses tables with marked cells: columns and rows.

use crate::block::{Row, Table};
use crate::cell::{
    bare_name, is_builtin, is_code, is_compound_code, is_known_code, is_name, type_of,
};
use crate::row::RawRow;
use crate::words::{self, Role};

/// The layout of a table.
pub(crate) struct Layout {
    columns: Vec<Option<Role>>,
    /// The index of the first row below the head.
    body: usize,
    /// Whether the column of codes contains numbers, so that another column has the codes.
    pub(crate) numbered_codes: bool,
}

impl Layout {
    pub(crate) fn has(&self, role: Role) -> bool {
        self.columns.contains(&Some(role))
    }

    /// Whether the table has only a head.
    pub(crate) fn is_empty(&self, table: &Table<'_>) -> bool {
        table.rows.len() <= self.body
    }

    /// Determines the layout of a table from its head, or else from its cells.
    pub(crate) fn of(table: &Table<'_>) -> Option<Layout> {
        let first = table.rows.first()?;
        let columns: Vec<_> = first
            .cells
            .iter()
            .map(|cell| words::role(&cell.text))
            .collect();
        let known = columns.iter().flatten().count();
        let is_head = known >= 2
            && (columns.contains(&Some(Role::Code)) || columns.contains(&Some(Role::Type)));
        let mut roles = columns.iter().flatten().enumerate();
        let is_first = |at, role| columns.iter().flatten().position(|of| of == role) == Some(at);
        if is_head && roles.all(|(at, role)| is_first(at, role)) {
            let mut layout = Layout {
                columns,
                body: 1,
                numbered_codes: false,
            };
            layout.complete(table);
            return Some(layout);
        }
        Layout::guess(table)
    }

    /// Determines the columns with unknown heads from their cells.
    fn complete(&mut self, table: &Table<'_>) {
        let cells = |at: usize| {
            let rows = table.rows.get(self.body..).unwrap_or_default();
            rows.iter()
                .filter_map(move |row| row.cells.get(at))
                .map(|cell| words::unmarked(&cell.text))
                .filter(|text| !text.is_empty())
        };
        let unknown = |layout: &Layout| -> Vec<usize> {
            let columns = layout.columns.iter().enumerate();
            let unknown = columns.filter(|(_, role)| role.is_none());
            unknown.map(|(at, _)| at).collect()
        };
        let says_required = |at: &usize| {
            let mut texts = cells(*at).peekable();
            texts.peek().is_some()
                && (is_input(table) && self.columns.len() == 4
                    || texts.all(|text| words::required(text).is_some()))
        };
        if self.has(Role::Type)
            && !self.has(Role::Required)
            && let Some(at) = unknown(self).into_iter().find(says_required)
        {
            self.columns[at] = Some(Role::Required);
        }
        // If the column of codes contains numbers, another column has the codes.
        let are_codes = |at: &usize| {
            let mut texts = cells(*at).peekable();
            texts.peek().is_some() && texts.all(is_code)
        };
        if let Some(codes) = self
            .columns
            .iter()
            .position(|role| *role == Some(Role::Code))
            && !cells(codes).any(is_code)
            && let Some(at) = unknown(self).into_iter().find(are_codes)
        {
            (self.columns[codes], self.columns[at]) = (None, Some(Role::Code));
            self.numbered_codes = true;
            return;
        }
        if !self.has(Role::Description)
            && let Some(at) = unknown(self).pop()
        {
            self.columns[at] = Some(Role::Description);
        }
    }

    /// Determines the layout from the cells.
    fn guess(table: &Table<'_>) -> Option<Layout> {
        let body = usize::from(table.rows[0].head || !is_body(&table.rows[0]));
        let rows = table.rows.get(body..)?;
        let first = rows.first()?;
        let width = rows.iter().map(|row| row.cells.len()).max()?;
        let column = |at: usize| {
            rows.iter()
                .filter_map(move |row| row.cells.get(at))
                .map(|cell| &*cell.text)
        };
        // A list of actions looks like codes, but contains no known code.
        if width == 2 && column(0).all(is_compound_code) && column(0).any(is_known_code) {
            return Some(Layout {
                columns: vec![Some(Role::Code), Some(Role::Description)],
                body,
                numbered_codes: false,
            });
        }
        // A column of types contains only types, almost always with a built-in one.
        let types = (1..width).find(|&at| {
            let mut cells = column(at).filter(|cell| !cell.is_empty()).map(type_of);
            column(at).any(is_builtin) && cells.all(|of| of.is_some())
        })?;
        let mut columns = vec![None; width];
        columns[0] = Some(Role::Name);
        columns[types] = Some(Role::Type);
        if width > 2 && types != width - 1 {
            columns[width - 1] = Some(Role::Description);
        }
        if width == 4 {
            let required = 3 - types;
            columns[required] = Some(Role::Required);
        }
        first
            .cells
            .first()
            .is_some_and(|cell| is_name(&cell.text))
            .then_some(Layout {
                columns,
                body,
                numbered_codes: false,
            })
    }

    /// Returns the table's rows.
    pub(crate) fn rows(&self, table: &Table<'_>) -> Vec<RawRow> {
        let rows = table.rows.get(self.body..).unwrap_or_default();
        rows.iter().map(|row| self.row(row)).collect()
    }

    fn row(&self, row: &Row<'_>) -> RawRow {
        // A missing name can shift the cells after it by one.
        let shift = usize::from(self.lacks_name(row));
        let cell = |role: Role| {
            let at = self
                .columns
                .iter()
                .position(|column| *column == Some(role))?;
            let text = &row.cells.get(at.checked_sub(shift)?)?.text;
            (!text.is_empty()).then(|| text.to_string())
        };
        RawRow {
            at: row.at(),
            whole: row.text(),
            name: cell(Role::Name).or_else(|| cell(Role::Code)),
            required: cell(Role::Required),
            type_text: cell(Role::Type),
            description: cell(Role::Description).unwrap_or_default(),
            // A code without even an empty cell after it is the end of a truncated page.
            cut: row.cut || self.has(Role::Code) && row.cells.len() < 2,
        }
    }

    /// Whether a row lacks a cell and begins with the content of the second column.
    fn lacks_name(&self, row: &Row<'_>) -> bool {
        let is_short = row.cells.len() < self.columns.len()
            || row.cells.last().is_some_and(|cell| cell.text.is_empty());
        if !is_short {
            return false;
        }
        let text = |at: usize| row.cells.get(at).map_or("", |cell| &*cell.text);
        match (self.columns.get(1), self.columns.get(2)) {
            (Some(Some(Role::Required)), Some(Some(Role::Type))) => {
                words::required(text(0)).is_some() && is_builtin(text(1))
            }
            // A field can be called Date, if its type follows.
            (Some(Some(Role::Type)), _) => is_builtin(text(0)) && !is_builtin(text(1)),
            _ => false,
        }
    }
}

/// Whether the first row is not a head: it has a built-in type or an error code.
fn is_body(row: &Row<'_>) -> bool {
    row.cells.iter().skip(1).any(|cell| is_builtin(&cell.text))
        || row
            .cells
            .first()
            .is_some_and(|cell| is_compound_code(&cell.text))
}

/// Whether a table has input parameters: it begins with the rows Action and Version.
pub(crate) fn is_input(table: &Table<'_>) -> bool {
    let is = |at: usize, name: &str| {
        table
            .rows
            .get(at)
            .and_then(|row| row.cells.first())
            .is_some_and(|cell| bare_name(&cell.text) == name)
    };
    (0..2).any(|at| is(at, "Action") && is(at + 1, "Version"))
}
