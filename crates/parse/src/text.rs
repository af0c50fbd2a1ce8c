//! Parses text and Markdown into blocks.

use std::borrow::Cow;

use crate::bar_table::bar_table;
use crate::block::{Block, Line};
use crate::markdown;
use crate::raw_line::{RawLine, raw_lines};
use crate::request_lines::is_request_line;
use crate::source::At;
use crate::words;

/// Parses a page into blocks: tables with bars, and lines.
pub(crate) fn blocks(text: &str) -> Vec<Block<'_>> {
    let lines: Vec<RawLine<'_>> = raw_lines(text).collect();
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
            && let Some((table, after)) = bar_table(text, &lines, index)
        {
            if !table.rows.is_empty() {
                blocks.push(Block::Table(table));
            }
            index = after;
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

/// The fences of Markdown code: lines that begin with three backticks.
struct Fence {
    /// Whether the current line is code.
    open: bool,
    /// The number of fences after the current line.
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

/// Converts a line of code, without changes.
fn verbatim<'a>(line: &RawLine<'a>, gap: bool) -> Line<'a> {
    Line {
        text: markdown::visible(line.text),
        at: At(line.at),
        level: 0,
        gap,
    }
}

/// Adds a line of prose, split at HTML line breaks. Returns whether a paragraph begins after it.
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
    // Tabs separate cells, so markup is removed in each cell alone.
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

/// Converts a line outside of code, without the marks of a Markdown heading.
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
