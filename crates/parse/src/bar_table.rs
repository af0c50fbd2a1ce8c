//! Parses tables with bars.

use std::borrow::Cow;

use crate::bars::{bars, cells_between, is_closed_row, is_rule};
use crate::block::{Cell, Row, Table};
use crate::cell::is_builtin;
use crate::markdown;
use crate::raw_line::RawLine;
use crate::source::At;
use crate::words;

/// The maximum number of lines of a cell before its row counts as truncated.
const MAX_ROW_LINES: usize = 100;

/// Parses the table with bars that begins at `start`. Returns it with the index of the line after it.
pub(crate) fn bar_table<'a>(
    text: &'a str,
    lines: &[RawLine<'a>],
    start: usize,
) -> Option<(Table<'a>, usize)> {
    let first = lines[start].text;
    let next_is_rule = lines.get(start + 1).is_some_and(|line| is_rule(line.text));
    let split = split_head(lines, start);
    let begins = is_rule(first)
        || split.is_some()
        || is_closed_row(first)
        || (next_is_rule && first.contains('|') && bars(first).count() >= 1);
    if !begins {
        return None;
    }
    let rule = if next_is_rule {
        lines[start + 1].text
    } else {
        first
    };
    let style = match split {
        Some(columns) => Style {
            columns,
            split: true,
            ..Style::of(first, rule)
        },
        None => Style::of(first, rule),
    };
    let mut rows = Vec::new();
    let mut index = start;
    while let Some(line) = lines.get(index) {
        if is_rule(line.text) {
            // The rule separates the head from the rows.
            if let Some(row) = rows.last_mut().filter(|_| index == start + 1) {
                let row: &mut Row<'_> = row;
                row.head = true;
            }
            index += 1;
            continue;
        }
        // A head or a complete row with fewer cells begins another table.
        if index > start
            && (is_head(lines, index)
                || style.is_row_of_fewer(line.text) && !style.is_whole_row(lines, index + 1)
                || split_head(lines, index).is_some())
        {
            break;
        }
        if let Some((end, cut)) = style.row_end(lines, index) {
            let last = &lines[end - 1];
            let row = style.row(&text[line.at..last.at + last.text.len()], line.at);
            rows.push(Row { cut, ..row });
            index = end;
        } else if !rows.is_empty() && style.ends_in_name(lines, index) {
            rows.push(Row {
                cells: vec![cell(line.text, line.at)],
                head: false,
                cut: true,
            });
            index += 1;
        } else if let Some(end) = style.rest_end(lines, index) {
            // The bar at the end of the previous line was part of the description, which continues.
            let last = &lines[end - 1];
            let rest = text[line.at..last.at + last.text.len()].trim_end_matches('|');
            if let Some(cell) = rows.last_mut().and_then(|row| row.cells.last_mut()) {
                let text = cell.text.to_mut();
                text.push('\n');
                text.push_str(&markdown::cell(rest.trim()));
            }
            index = end;
        } else {
            break;
        }
    }
    (index > start).then_some((Table { rows }, index))
}

/// The notation of a table's rows.
struct Style {
    /// Whether a bar precedes the first cell.
    leading: bool,
    /// Whether a bar follows the last cell.
    trailing: bool,
    columns: usize,
    /// Whether each cell has a line of its own.
    split: bool,
}

impl Style {
    /// Determines the style from the head `first` and the rule below it (or the head again if there is none).
    fn of(first: &str, rule: &str) -> Style {
        let columns = cells_between(rule);
        Style {
            leading: first.starts_with('|'),
            trailing: first.ends_with('|'),
            columns: columns.max(cells_between(first)),
            split: false,
        }
    }

    /// Returns the number of bars of a complete row.
    fn bars(&self) -> usize {
        (self.columns + usize::from(self.leading) + usize::from(self.trailing)).saturating_sub(1)
    }

    /// Whether the text is a complete row.
    fn is_row(&self, bars: usize, text: &str) -> bool {
        // Without a leading bar, a bar at the beginning follows an empty first cell.
        (!self.leading || text.starts_with('|'))
            && bars >= self.bars()
            && text.ends_with('|') == self.trailing
    }

    /// Whether a text is a complete row, ended by a bar, with fewer cells than this table's.
    fn is_row_of_fewer(&self, text: &str) -> bool {
        self.trailing
            && !self.split
            && text.starts_with('|') == self.leading
            && is_closed_row(text)
            && bars(text).count() < self.bars()
            && (self.leading || begins_with_name(text))
            && !lacks_name(text)
    }

    /// Whether a line is a complete row.
    fn is_whole_row(&self, lines: &[RawLine<'_>], at: usize) -> bool {
        lines.get(at).is_some_and(|line| {
            let count = bars(line.text).count();
            count > 1 && self.is_row(count, line.text) && !is_head(lines, at)
        })
    }

    /// Whether a text is a complete row except for its leading bar.
    fn lacks_leading_bar(&self, count: usize, text: &str) -> bool {
        self.leading
            && self.trailing
            && !text.starts_with('|')
            && text.ends_with('|')
            && count + 1 == self.bars()
            && begins_with_name(text)
    }

    /// Returns the index after the last line of the row at `start`, and whether the row is truncated.
    fn row_end(&self, lines: &[RawLine<'_>], start: usize) -> Option<(usize, bool)> {
        let first = lines[start].text;
        let mut count = bars(first).count();
        if count == 0 {
            return None;
        }
        if self.split && split_head(lines, start) == Some(self.columns) {
            return Some((start + self.columns, false));
        }
        if self.lacks_leading_bar(count, first) {
            return Some((start + 1, false));
        }
        if self.is_row(count, first) || !self.trailing {
            return Some((start + 1, count < self.bars() && ends_page(lines, start)));
        }
        // A cell of the row continues on the next lines, up to the bar that ends the row.
        let begins_as_row = if self.leading {
            first.starts_with('|')
        } else {
            begins_with_name(first)
        };
        if !begins_as_row {
            return None;
        }
        for at in start + 1..lines.len().min(start + MAX_ROW_LINES) {
            if self.begins_row_or_table(lines, at) {
                break;
            }
            count += bars(lines[at].text).count();
            if count >= self.bars() && lines[at].text.ends_with('|') {
                return Some((at + 1, false));
            }
        }
        // A truncated row is kept, so that it is reported. A row that lacks only its last bar or one cell is truncated
        // only at the end of the page.
        let missing = self.bars().saturating_sub(bars(first).count());
        let is_cut = missing > 1 && !first.ends_with('|') || ends_page(lines, start);
        Some((start + 1, is_cut))
    }

    /// Whether the page ends with this line, within the name of a row.
    fn ends_in_name(&self, lines: &[RawLine<'_>], at: usize) -> bool {
        let text = lines[at].text;
        self.trailing
            && !self.leading
            && !text.is_empty()
            && !text.contains(['|', '<', ':', '/'])
            && begins_with_name(text)
            && ends_page(lines, at)
    }

    /// Returns the index after the lines from `start` on that continue the previous row.
    fn rest_end(&self, lines: &[RawLine<'_>], start: usize) -> Option<usize> {
        let reach = (start..lines.len().min(start + MAX_ROW_LINES))
            .take_while(|&at| !self.begins_row_or_table(lines, at));
        let closing = |at: &usize| self.trailing && !self.leading && lines[*at].text.ends_with('|');
        reach.into_iter().find(closing).map(|at| at + 1)
    }

    /// Whether a complete row or another table begins in this line.
    fn begins_row_or_table(&self, lines: &[RawLine<'_>], at: usize) -> bool {
        let text = lines[at].text;
        let count = bars(text).count();
        let is_whole_row =
            count > 1 && self.is_row(count, text) && (self.leading || begins_with_name(text));
        is_whole_row || is_rule(text) || is_head(lines, at) || self.is_row_of_fewer(text)
    }

    /// Splits a row at its bars. Surplus bars belong to the last cell, because only descriptions contain bars.
    fn row<'a>(&self, text: &'a str, at: usize) -> Row<'a> {
        let inner = if self.leading {
            text.strip_prefix('|').unwrap_or(text)
        } else {
            text
        };
        let start = at + (text.len() - inner.len());
        let inner = if self.trailing {
            inner.strip_suffix('|').unwrap_or(inner)
        } else {
            inner
        };
        let mut cells = Vec::with_capacity(self.columns);
        let mut from = 0;
        for bar in bars(inner) {
            if cells.len() + 1 >= self.columns {
                break;
            }
            cells.push(cell(&inner[from..bar], start + from));
            from = bar + 1;
        }
        // A surplus bar at the end of a row is not text.
        let last = &inner[from..];
        let last = match self.trailing && last.trim_end().ends_with('|') && !last.ends_with("\\|") {
            true => last.trim_end().trim_end_matches(['|', ' ']),
            false => last,
        };
        cells.push(cell(last, start + from));
        Row {
            cells,
            head: false,
            cut: false,
        }
    }
}

fn cell(text: &str, at: usize) -> Cell<'_> {
    let trimmed = text.trim();
    let at = at + (trimmed.as_ptr() as usize - text.as_ptr() as usize);
    let text = match markdown::visible(trimmed) {
        Cow::Borrowed(text) => markdown::cell(text),
        Cow::Owned(text) => Cow::Owned(markdown::cell(&text).into_owned()),
    };
    Cell { text, at: At(at) }
}

/// Whether only empty lines follow.
fn ends_page(lines: &[RawLine<'_>], at: usize) -> bool {
    lines[at + 1..].iter().all(|line| line.text.is_empty())
}

/// Returns the number of cells of a head whose cells each have a line of their own, ended by a bar.
fn split_head(lines: &[RawLine<'_>], at: usize) -> Option<usize> {
    let role = |index: usize| {
        let text = lines.get(index)?.text.strip_suffix('|')?;
        let text = match index == at {
            true => text.strip_prefix('|').unwrap_or(text),
            false => text,
        };
        words::role(text)
    };
    role(at)?;
    [4, 3, 2].into_iter().find(|count| {
        let roles: Option<Vec<_>> = (at..at + count).map(role).collect();
        roles.is_some_and(|roles| words::is_head(&roles))
    })
}

/// Whether the first cell of a line without a leading bar could name a parameter or an error code.
fn begins_with_name(text: &str) -> bool {
    let cell = text.split('|').next().unwrap_or_default().trim();
    cell.is_empty()
        || !cell.contains(char::is_whitespace)
            && cell.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Whether a row begins with the content of its second cell.
fn lacks_name(text: &str) -> bool {
    let cell = text
        .trim_start_matches('|')
        .split('|')
        .next()
        .unwrap_or_default()
        .trim();
    words::required(cell).is_some() || is_builtin(cell)
}

/// Whether a line is a table's head: above a rule, or made of words of heads only.
fn is_head(lines: &[RawLine<'_>], at: usize) -> bool {
    let is_word = |cell: &str| words::role(cell.trim()).is_some();
    let text = lines[at].text.trim_matches('|');
    lines.get(at + 1).is_some_and(|next| is_rule(next.text))
        || text.contains('|') && text.split('|').all(is_word)
}
