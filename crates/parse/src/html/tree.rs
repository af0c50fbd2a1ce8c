//! Parses HTML into a tree, within limits of time and memory.

use html5ever::driver::{self, ParseOpts};
use html5ever::tendril::{StrTendril, TendrilSink};
use scraper::{Html, HtmlTreeSink};

use crate::tags::Tags;

/// The maximum nesting depth. Pages have some thirty levels, and the tree builder takes quadratic time in the depth.
const MAX_DEPTH: usize = 512;

/// The number of bytes parsed between checks of the node count.
const CHUNK: usize = 64 * 1024;

/// Parses a page; `None` if its elements nest too deeply, or if hostile markup makes the tree larger than the text.
pub(super) fn parse(text: &str) -> Option<Html> {
    if nests_deeper_than(text, MAX_DEPTH) {
        return None;
    }
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
