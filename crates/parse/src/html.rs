//! Parses HTML into blocks.

use std::borrow::Cow;

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink, Node};

use crate::block::{Block, Cell, Line, Row, Table};
use crate::markdown;
use crate::source::At;
use crate::tags::{Tags, is_landmark};

/// The maximum nesting depth. Pages have some thirty levels, and the tree builder takes quadratic time in the depth.
const MAX_DEPTH: usize = 512;

/// The number of bytes parsed between checks of the node count.
const CHUNK: usize = 64 * 1024;

/// Parses a page into blocks; `None` if its elements nest too deeply.
pub(crate) fn blocks(text: &str) -> Option<Vec<Block<'static>>> {
    if nests_deeper_than(text, MAX_DEPTH) {
        return None;
    }
    let mut walk = Walk::default();
    for edge in parse(text)?.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => walk.open(node.id(), node.value()),
            ego_tree::iter::Edge::Close(node) => walk.close(node.id(), node.value()),
        }
    }
    Some(walk.finish())
}

/// Parses a page; `None` if hostile markup makes the tree larger than the text.
fn parse(text: &str) -> Option<Html> {
    let mut parser = driver::parse_document(
        HtmlTreeSink::new(Html::new_document()),
        ParseOpts::default(),
    );
    let mut taken = 0;
    for mut rest in Visible::of(text) {
        while !rest.is_empty() {
            let mut end = CHUNK.min(rest.len());
            while !rest.is_char_boundary(end) {
                end += 1;
            }
            let (chunk, after) = rest.split_at(end);
            parser.process(StrTendril::from_slice(chunk));
            rest = after;
            taken += chunk.len();
            // Elements and almost all texts between them have at least three bytes.
            let nodes = parser.tokenizer.sink.sink.0.borrow().tree.values().len();
            if nodes > taken + 1000 {
                return None;
            }
        }
    }
    Some(parser.finish())
}

/// The parts of a text without the contents of scripts and styles, which are long on the site's pages.
struct Visible<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Visible<'a> {
    fn of(text: &'a str) -> Self {
        Visible { text, at: 0 }
    }
}

impl<'a> Iterator for Visible<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        // The site writes tags in lower case. The parser skips the contents of others.
        let hidden = memchr::memmem::find_iter(rest, b"<s").find_map(|at| {
            let close: &[u8] = match &rest[at..] {
                tag if tag.starts_with(b"<script") => b"</script",
                tag if tag.starts_with(b"<style") => b"</style",
                _ => return None,
            };
            let end = at + memchr::memchr(b'>', &rest[at..])? + 1;
            let length = memchr::memmem::find(&rest[end..], close)?;
            Some((start + end, start + end + length))
        });
        // Keeps the tags themselves, with nothing between them.
        let (end, next) = hidden.unwrap_or((self.text.len(), self.text.len()));
        self.at = next;
        (start < self.text.len()).then(|| &self.text[start..end])
    }
}

/// Whether more than `limit` elements may be open at once, counting only those that need an end tag.
fn nests_deeper_than(text: &str, limit: usize) -> bool {
    const WITHOUT_END: &[&str] = &[
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
    ];
    const CLOSED_BY_OTHERS: &[&str] = &[
        "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option", "html",
        "body",
    ];
    const CONTAINERS: &[&str] = &[
        "a",
        "b",
        "blockquote",
        "code",
        "div",
        "em",
        "font",
        "i",
        "nobr",
        "ol",
        "pre",
        "section",
        "span",
        "strong",
        "sub",
        "sup",
        "table",
        "u",
        "ul",
    ];
    let is_one_of =
        |names: &[&str], name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    // Most pages have fewer start tags than this, so they cannot nest that deeply.
    let bytes = text.as_bytes();
    let starts = memchr::memchr_iter(b'<', bytes).filter(|at| bytes.get(at + 1) != Some(&b'/'));
    if starts.take(limit + 1).count() <= limit {
        return false;
    }
    // An end tag closes only elements of its name.
    let mut open: Vec<(&str, usize)> = Vec::new();
    let mut depth = 0_usize;
    for tag in Tags::of(text) {
        if is_one_of(CLOSED_BY_OTHERS, tag.name) || is_one_of(WITHOUT_END, tag.name) {
            continue;
        }
        let known = open
            .iter()
            .position(|(name, _)| name.eq_ignore_ascii_case(tag.name));
        match (known, tag.closes) {
            (Some(at), true) if open[at].1 > 0 => {
                open[at].1 -= 1;
                depth -= 1;
            }
            (_, true) => {}
            // SVG elements may close themselves, unlike HTML elements.
            (_, false) if !is_one_of(CONTAINERS, tag.name) && text[..tag.end].ends_with("/>") => {}
            (Some(at), false) => {
                open[at].1 += 1;
                depth += 1;
            }
            (None, false) => {
                open.push((tag.name, 1));
                depth += 1;
            }
        }
        // Real pages do not have this many kinds of elements.
        if depth > limit || open.len() > limit {
            return true;
        }
    }
    false
}

/// The traversal of the tree in text order.
#[derive(Default)]
struct Walk {
    blocks: Vec<Block<'static>>,
    text: Buffer,
    /// The number of landmarks before the line in `text`.
    at: usize,
    /// The number of landmarks so far.
    landmarks: usize,
    /// The levels of the open headings.
    headings: Vec<u8>,
    /// Whether a paragraph begins with the next line.
    gap: bool,
    /// The number of open `<pre>` elements.
    pre: usize,
    /// The element whose content is skipped.
    skipped: Option<ego_tree::NodeId>,
    links: Vec<Link>,
    table: Option<Table<'static>>,
    /// The number of open tables; the outermost is `table`.
    tables: usize,
    cell: Option<OpenCell>,
}

struct Link {
    href: Option<String>,
    start: usize,
}

struct OpenCell {
    landmark: usize,
    head: bool,
}

impl Walk {
    fn open(&mut self, id: ego_tree::NodeId, node: &Node) {
        if self.skipped.is_some() {
            return;
        }
        let element = match node {
            Node::Text(text) if self.pre > 0 => return self.preformatted(&markdown::visible(text)),
            // White space between rows and cells is ignored.
            Node::Text(text) if self.tables == 0 || self.cell.is_some() => {
                return self.text.push(&markdown::visible(text));
            }
            Node::Element(element) => element,
            _ => return,
        };
        let name = element.name();
        if is_landmark(name) {
            self.landmarks += 1;
        }
        match name {
            "script" | "style" | "head" | "noscript" | "template" | "svg" | "select" | "iframe"
            | "object" => {
                self.skipped = Some(id);
            }
            "table" => {
                // The text before the table is a separate line.
                self.end_line();
                self.tables += 1;
                if self.tables == 1 {
                    self.table = Some(Table { rows: Vec::new() });
                }
            }
            "tr" if self.tables == 1 => {
                if let Some(table) = &mut self.table {
                    table.rows.push(Row {
                        cells: Vec::new(),
                        head: true,
                        cut: false,
                    });
                }
            }
            "td" | "th" if self.tables == 1 => {
                self.text.clear();
                self.cell = Some(OpenCell {
                    landmark: self.landmarks,
                    head: name == "th",
                });
            }
            "td" | "th" => self.text.push(" "),
            "br" => self.end_line(),
            "pre" => {
                self.end_line();
                self.pre += 1;
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_paragraph();
                self.headings.push(name.as_bytes()[1] - b'0');
            }
            "a" => {
                let href = element
                    .attr("href")
                    .filter(|href| self.pre == 0 && is_absolute(href));
                let href = href.map(|href| href.trim().to_owned());
                self.links.push(Link {
                    href,
                    start: self.text.start_of_next(),
                });
            }
            "code" if self.pre == 0 => self.text.push("`"),
            "img" => self.text.push(element.attr("alt").unwrap_or_default()),
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn close(&mut self, id: ego_tree::NodeId, node: &Node) {
        if let Some(skipped) = self.skipped {
            if skipped == id {
                self.skipped = None;
            }
            return;
        }
        let Node::Element(element) = node else { return };
        let name = element.name();
        match name {
            "table" => {
                self.end_line();
                self.tables = self.tables.saturating_sub(1);
                if self.tables == 0 {
                    self.end_table();
                }
            }
            "tr" if self.tables == 1 => {
                let rows = self.table.as_mut().map(|table| &mut table.rows);
                if let Some(rows) = rows
                    && rows
                        .last()
                        .is_some_and(|row| row.cells.iter().all(|cell| cell.text.is_empty()))
                {
                    rows.pop();
                }
            }
            "td" | "th" if self.tables == 1 => self.end_cell(),
            "tr" if self.tables > 1 => self.end_line(),
            "pre" => {
                self.end_line();
                self.pre = self.pre.saturating_sub(1);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end_line();
                self.headings.pop();
                self.end_paragraph();
            }
            "a" => self.end_link(),
            "code" if self.pre == 0 => self.text.push_tight("`"),
            _ if is_block(name) => self.end_paragraph(),
            _ => {}
        }
    }

    fn preformatted(&mut self, text: &str) {
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.end_line();
            }
            // Keeps white space, because strings of an example may contain several spaces.
            self.text.push_tight(line);
        }
    }

    /// Converts the text since the innermost `<a>` to a link.
    fn end_link(&mut self) {
        let Some(link) = self.links.pop() else { return };
        // A mark that links to its own heading is not part of the heading.
        let marks = |text: &str| matches!(text.trim(), "#" | "¶" | "§");
        if !self.headings.is_empty() && self.text.text.get(link.start..).is_some_and(marks) {
            self.text.text.truncate(link.start);
        }
        let (Some(href), Some(text)) = (link.href, self.text.text.get(link.start..)) else {
            return;
        };
        let label = text.trim().to_owned();
        // The spec's notation of links has no empty or multi-line labels.
        if label.is_empty() || label.contains('\n') || label == href {
            return;
        }
        let mut label = label;
        let code = label.len() > 2 && label.starts_with('`') && label.ends_with('`');
        if !code && (label.contains('[') || label.contains(']')) {
            label = label.replace('[', "\\[").replace(']', "\\]");
        }
        self.text.text.truncate(link.start);
        self.text.text.push_str(&format!("[{label}]({href})"));
    }

    /// Ends a line of a cell or of the page.
    fn end_line(&mut self) {
        if self.cell.is_some() {
            self.text.newline();
            return;
        }
        // The spec's notation of links has no line breaks, so only the text of the link remains.
        for link in &mut self.links {
            link.href = None;
        }
        let text = self.text.text.trim();
        if !text.is_empty() && self.tables == 0 {
            self.blocks.push(Block::Line(Line {
                text: text.to_owned().into(),
                at: At(self.at),
                level: self.headings.last().copied().unwrap_or(0),
                gap: self.gap,
            }));
            self.gap = false;
        }
        self.text.clear();
        self.at = self.landmarks;
    }

    fn end_paragraph(&mut self) {
        self.end_line();
        self.gap |= self.cell.is_none();
    }

    fn end_cell(&mut self) {
        let Some(open) = self.cell.take() else { return };
        let text = self.text.text.trim().to_owned();
        self.text.clear();
        self.at = self.landmarks;
        if let Some(row) = self.table.as_mut().and_then(|table| table.rows.last_mut()) {
            row.head &= open.head;
            row.cells.push(Cell {
                text: Cow::Owned(text),
                at: At(open.landmark),
            });
        }
    }

    fn end_table(&mut self) {
        let table = self.table.take().filter(|table| !table.rows.is_empty());
        self.blocks.extend(table.map(Block::Table));
    }

    fn finish(mut self) -> Vec<Block<'static>> {
        self.tables = 0;
        self.cell = None;
        self.end_line();
        self.end_table();
        self.blocks
    }
}

/// Text whose white space is collapsed as in a browser.
#[derive(Default)]
struct Buffer {
    text: String,
    space: bool,
}

impl Buffer {
    fn push(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let word = rest.trim_start();
            self.space |= word.len() < rest.len();
            if word.is_empty() {
                return;
            }
            let end = folded_length(word);
            self.push_space();
            self.text.push_str(&word[..end]);
            rest = &word[end..];
        }
    }

    /// Appends text without the pending space.
    fn push_tight(&mut self, text: &str) {
        self.text.push_str(text);
    }

    fn push_space(&mut self) {
        if self.space && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        self.space = false;
    }

    /// Returns where the next text will begin, after writing the pending space.
    fn start_of_next(&mut self) -> usize {
        self.push_space();
        self.text.len()
    }

    fn newline(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    fn clear(&mut self) {
        self.text.clear();
        self.space = false;
    }
}

/// Returns the length of the prefix in which collapsing white space changes nothing. The text begins with a letter.
fn folded_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' if matches!(bytes.get(at + 1), Some(0x21..=0x7e)) => {}
            b'\t'..=b'\r' | b' ' => return at,
            // The first byte of three, for example of Chinese and Korean letters, but of no white space.
            0xe4..=0xed => at += 2,
            0x00..=0x7f => {}
            _ => {
                let letter = text[at..].chars().next().unwrap_or(' ');
                if letter.is_whitespace() {
                    return at;
                }
                at += letter.len_utf8();
                continue;
            }
        }
        at += 1;
    }
    at
}

/// Whether a link target is absolute.
fn is_absolute(href: &str) -> bool {
    let href = href.trim();
    (href.starts_with("https://") || href.starts_with("http://"))
        && !href.contains(|c: char| c.is_whitespace() || c == ')')
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hr"
            | "li"
            | "main"
            | "nav"
            | "ol"
            | "p"
            | "section"
            | "summary"
            | "ul"
            | "button"
            | "title"
    )
}
