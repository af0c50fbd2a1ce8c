//! A page as it lies on disk, and places in it.

use std::borrow::Cow;

/// A place in a page: a byte offset into its decoded text, or, in HTML, the number of a landmark.
///
/// The HTML parser does not say where in the source its nodes come from. So each piece of text carries how many
/// landmark tags (see [`crate::tags`]) opened before it, and the place is looked up only when a diagnostic asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At(pub(crate) usize);

/// A page's text and what it takes to name places in it.
pub(crate) struct Source<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The offset of the first byte that is not UTF-8, if there is one.
    pub(crate) invalid_utf8: Option<usize>,
    pub(crate) is_html: bool,
}

impl<'a> Source<'a> {
    /// Decodes a page. Bytes that are not UTF-8 become U+FFFD, and the first of them is remembered.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let (text, invalid_utf8) = match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), None),
            Err(error) => (String::from_utf8_lossy(bytes), Some(error.valid_up_to())),
        };
        let is_html = looks_like_html(&text);
        Source {
            text,
            invalid_utf8,
            is_html,
        }
    }

    /// The line and column of a byte offset, both from 1; the column counts characters.
    pub(crate) fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        // A carriage return ends a line too, unless a line feed follows and does.
        let bytes = self.text.as_bytes();
        let ends = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let line = memchr::memchr2_iter(b'\n', b'\r', before.as_bytes())
            .filter(ends)
            .count()
            + 1;
        let start = before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        (line, before[start..].chars().count() + 1)
    }

    /// The byte offset at which `found` stands, looking from `at` on.
    pub(crate) fn offset(&self, at: At, found: &str) -> usize {
        if !self.is_html {
            let at = at.0.min(self.text.len());
            let line = found.lines().next().unwrap_or_default();
            // The text stands at or shortly after the place: a cell behind the row's start, for instance.
            let mut end = (at + 2000).min(self.text.len());
            while !self.text.is_char_boundary(end) {
                end += 1;
            }
            return match self.text.get(at..end).and_then(|near| near.find(line)) {
                Some(distance) if !line.is_empty() => at + distance,
                _ => at,
            };
        }
        let start = crate::tags::landmark_offset(&self.text, at.0);
        // The first words are enough to find the place, and more could be broken by tags or entities.
        let line = found.lines().next().unwrap_or_default();
        let needle = line
            .split(['[', '`', '&', '<'])
            .find(|part| !part.trim().is_empty())
            .unwrap_or_default()
            .trim();
        match self.text[start..].find(needle) {
            Some(distance) if !needle.is_empty() => start + distance,
            _ => start,
        }
    }
}

/// Whether a page is HTML: it begins with a tag or comment, or holds the tags of a table.
fn looks_like_html(text: &str) -> bool {
    let start = text.trim_start();
    let begins = |tag: &str| {
        start
            .get(..tag.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(tag))
    };
    if ["<!doctype", "<html", "<head", "<body", "<!--"]
        .iter()
        .any(|tag| begins(tag))
    {
        return true;
    }
    // A fragment: a table with rows and cells. In Markdown such a table stands in a cell, so that its own are marked too.
    if text.lines().any(crate::markdown::is_rule) {
        return false;
    }
    ["<table", "<tr", "<td"]
        .iter()
        .all(|tag| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some())
}
