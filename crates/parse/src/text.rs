//! Parses text and Markdown into blocks.

use std::borrow::Cow;

use crate::block::{Block, Cell, Line, Row, Table};
use crate::cell::is_builtin;
use crate::example::is_request_line;
use crate::markdown;
use crate::source::At;
use crate::words;

/// Parses a page into blocks: tables with bars, and lines.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let lines: Vec<RawLine<'_>> = RawLines { text, at: 0 }.collect();
    let mut blocks: Vec<Block<'_>> = Vec::with_capacity(lines.len());
    let mut fence = Fence::new(&lines);
    let mut index = 0;
    let mut gap = true;
    while index < lines.len() {
        let line = &lines[index];
        if fence.takes(line.text) {
            index += 1;
            continue;
        }
        if !fence.open
            && let Some((table, behind)) = bar_table(text, &lines, index)
        {
            if !table.rows.is_empty() {
                blocks.push(Block::Table(table));
            }
            index = behind;
            gap = true;
            continue;
        }
        index += 1;
        if line.text.is_empty() {
            gap = true;
        } else if fence.open {
            blocks.push(Block::Line(verbatim(line, gap)));
            gap = false;
        } else {
            gap = push_lines(&mut blocks, line, gap);
        }
    }
    blocks
}

/// The fences of code: three backticks on a line.
struct Fence {
    /// Whether the current line is code.
    open: bool,
    /// The number of fences after this place.
    left: usize,
}

impl Fence {
    fn new(lines: &[RawLine<'_>]) -> Fence {
        Fence {
            open: false,
            left: lines.iter().filter(|line| is_fence(line.text)).count(),
        }
    }

    /// Whether a line is a fence. An unclosed fence opens no code.
    fn takes(&mut self, text: &str) -> bool {
        if is_fence(text) {
            self.left -= 1;
            self.open = !self.open && self.left > 0;
            return true;
        }
        // If a fence is missing, the next heading of the page ends the code.
        if self.open && text.starts_with('#') && is_known_heading(text.trim_start_matches('#')) {
            self.open = false;
        }
        false
    }
}

fn is_fence(text: &str) -> bool {
    text.starts_with("```")
}

/// Whether a line is a known heading.
fn is_known_heading(text: &str) -> bool {
    words::section(text).is_some()
        || words::example_part(text).is_some()
        || words::example_title(text).is_some()
}

/// Adds a line of code unchanged.
fn verbatim<'a>(line: &RawLine<'a>, gap: bool) -> Line<'a> {
    Line {
        text: markdown::visible(line.text),
        at: At(line.at),
        level: 0,
        gap,
    }
}

/// Adds a line of prose. HTML line breaks split it into several lines, and an empty one adds none. Returns whether a
/// paragraph begins after it.
fn push_lines<'a>(blocks: &mut Vec<Block<'a>>, line: &RawLine<'a>, gap: bool) -> bool {
    let of = heading(line, gap);
    // JSON, queries and requests are not prose.
    let is_code = of.text.starts_with(['"', '{', '}', '[', ']', '&'])
        || of.text.starts_with("http")
        || is_request_line(&of.text);
    if of.level > 0 || is_code || !markdown::has_markup(&of.text) {
        blocks.push(Block::Line(of));
        return false;
    }
    // The tabs between cells stay.
    let cells: Vec<_> = of.text.split('\t').map(markdown::cell).collect();
    let text = cells.join("\t");
    let mut gap = gap;
    let parts = text.lines().map(|part| part.trim_matches(' '));
    for part in parts.filter(|part| !part.is_empty()) {
        blocks.push(Block::Line(Line {
            text: Cow::Owned(part.to_owned()),
            gap,
            ..of
        }));
        gap = false;
    }
    gap || text.is_empty()
}

/// Trims a line, but keeps a leading tab that ends an empty cell, as further tabs show.
struct RawLine<'a> {
    text: &'a str,
    at: usize,
}

struct RawLines<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for RawLines<'a> {
    type Item = RawLine<'a>;

    fn next(&mut self) -> Option<RawLine<'a>> {
        if self.at >= self.text.len() {
            return None;
        }
        let start = self.at;
        let rest = &self.text[start..];
        let length = memchr::memchr2(b'\n', b'\r', rest.as_bytes()).unwrap_or(rest.len());
        self.at = start
            + length
            + if rest[length..].starts_with("\r\n") {
                2
            } else {
                1
            };
        let line = &rest[..length];
        let trimmed = line.trim();
        let kept = if trimmed.contains('\t') {
            line.trim_end().trim_start_matches(' ')
        } else {
            trimmed
        };
        let at = start + (kept.as_ptr() as usize - line.as_ptr() as usize);
        Some(RawLine { text: kept, at })
    }
}

/// Removes the marks of a Markdown heading.
fn heading<'a>(line: &RawLine<'a>, gap: bool) -> Line<'a> {
    let bare = line.text.trim_start_matches('#');
    let level = line.text.len() - bare.len();
    let level = match u8::try_from(level) {
        Ok(level @ 1..=6) if bare.starts_with(' ') || is_known_heading(bare) => level,
        _ => 0,
    };
    let text = if level > 0 {
        match markdown::unlinked(bare.trim().trim_end_matches('#').trim_end()) {
            Cow::Borrowed(text) => markdown::cell(text),
            Cow::Owned(text) => Cow::Owned(markdown::cell(&text).into_owned()),
        }
    } else if line.text.contains('\t')
        || line.text.starts_with(['"', '{', '}', '[', ']'])
        || line.text.contains("{\"")
    {
        // Tabs separate cells, and spaces in a JSON string are significant.
        markdown::visible(line.text)
    } else {
        match markdown::visible(line.text) {
            Cow::Borrowed(text) => markdown::folded(text),
            Cow::Owned(text) => Cow::Owned(markdown::folded(&text).into_owned()),
        }
    };
    Line {
        text,
        at: At(line.at),
        level,
        gap,
    }
}

/// The maximum number of lines of a cell before its row counts as truncated.
const MAX_ROW_LINES: usize = 100;

/// Parses the table with bars that begins at `start`, and returns the index of the line after it.
fn bar_table<'a>(text: &'a str, lines: &[RawLine<'a>], start: usize) -> Option<(Table<'a>, usize)> {
    let first = lines[start].text;
    let next_is_rule = lines
        .get(start + 1)
        .is_some_and(|line| markdown::is_rule(line.text));
    let split = split_head(lines, start);
    let begins = markdown::is_rule(first)
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
        if markdown::is_rule(line.text) {
            // The rule separates the head from the rows.
            if let Some(row) = rows.last_mut().filter(|_| index == start + 1) {
                let row: &mut Row<'_> = row;
                row.head = true;
            }
            index += 1;
            continue;
        }
        // A new head begins a new table, and so does a complete row with fewer cells.
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
            // The bar at the end of the line was part of the description, which continues.
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
    leading: bool,
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
            if self.begins_anew(lines, at) {
                break;
            }
            count += bars(lines[at].text).count();
            if count >= self.bars() && lines[at].text.ends_with('|') {
                return Some((at + 1, false));
            }
        }
        // A truncated row is kept, so that it is reported. If only its last bar or a cell is missing, the page
        // continues.
        let missing = self.bars().saturating_sub(bars(first).count());
        let is_cut = missing > 1 && !first.ends_with('|') || ends_page(lines, start);
        Some((start + 1, is_cut))
    }

    /// Whether the page ends with this line, which has the beginning of a row's name and no bar.
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
            .take_while(|&at| !self.begins_anew(lines, at));
        let closing = |at: &usize| self.trailing && !self.leading && lines[*at].text.ends_with('|');
        reach.into_iter().find(closing).map(|at| at + 1)
    }

    /// Whether a complete row or another table begins in this line.
    fn begins_anew(&self, lines: &[RawLine<'_>], at: usize) -> bool {
        let text = lines[at].text;
        let count = bars(text).count();
        let is_whole_row =
            count > 1 && self.is_row(count, text) && (self.leading || begins_with_name(text));
        is_whole_row || markdown::is_rule(text) || is_head(lines, at) || self.is_row_of_fewer(text)
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

/// Returns the positions of unescaped bars.
fn bars(text: &str) -> impl Iterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'|', bytes).filter(move |&at| {
        let backslashes = bytes[..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        backslashes % 2 == 0
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
    lines
        .get(at + 1)
        .is_some_and(|next| markdown::is_rule(next.text))
        || text.contains('|') && text.split('|').all(is_word)
}

/// Returns the number of cells of a head or rule.
fn cells_between(text: &str) -> usize {
    let inner = text.strip_prefix('|').unwrap_or(text);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    bars(inner).count() + 1
}

/// Whether a line can only be a row with bars: it ends with one and has a second one.
fn is_closed_row(text: &str) -> bool {
    text.ends_with('|') && text.len() > 1 && bars(text).take(2).count() == 2
}
