//! Parses HTML into blocks.

mod buffer;
mod tree;

use std::borrow::Cow;

use scraper::Node;

use crate::block::{Block, Cell, Line, Row, Table};
use crate::markdown;
use crate::source::At;
use crate::tags::is_landmark;

use buffer::Buffer;

/// Parses a page into blocks; `None` if its elements nest too deeply.
pub(crate) fn blocks(text: &str) -> Option<Vec<Block<'static>>> {
    let mut walk = Walk::default();
    for edge in tree::parse(text)?.tree.root().traverse() {
        match edge {
            ego_tree::iter::Edge::Open(node) => walk.open(node.id(), node.value()),
            ego_tree::iter::Edge::Close(node) => walk.close(node.id(), node.value()),
        }
    }
    Some(walk.finish())
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
