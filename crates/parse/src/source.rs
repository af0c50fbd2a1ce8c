//! The source text of a page, and locations in it.

use std::borrow::Cow;

/// A location in a page: a byte offset into the decoded text, or a landmark's number in HTML.
///
/// The HTML parser does not provide the source positions of nodes. So each text has the number of landmark tags (see
/// [`crate::tags`]) before it, and only diagnostics search for its offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct At(pub(crate) usize);

impl At {
    /// The last character of a page, except white space.
    pub(crate) const END: Self = Self(usize::MAX);
}

/// A page's text, with the data to look up locations.
pub(crate) struct Source<'a> {
    pub(crate) text: Cow<'a, str>,
    /// The offset of the first invalid UTF-8 byte, if there is one.
    pub(crate) invalid_utf8: Option<usize>,
    pub(crate) is_html: bool,
}

impl<'a> Source<'a> {
    /// Decodes a page. Invalid UTF-8 becomes U+FFFD.
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

    /// Returns the line and column of a byte offset, from 1. The column counts characters.
    pub(crate) fn line_column(&self, offset: usize) -> (usize, usize) {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let before = &self.text[..offset];
        // A carriage return ends a line too, unless a line feed follows.
        let bytes = self.text.as_bytes();
        let ends = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let line = memchr::memchr2_iter(b'\n', b'\r', before.as_bytes())
            .filter(ends)
            .count()
            + 1;
        let start = before.rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
        (line, before[start..].chars().count() + 1)
    }

    /// Returns the byte offset of `found`, searching from `at`.
    pub(crate) fn offset(&self, at: At, found: &str) -> usize {
        if at == At::END {
            let last = self.text.trim_end().char_indices().next_back();
            return last.map_or(0, |(offset, _)| offset);
        }
        if !self.is_html {
            let at = at.0.min(self.text.len());
            let line = found.lines().next().unwrap_or_default();
            // The text is at the location or shortly after it: for example a cell after the row's start.
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
        // Searches only for the first words, because tags or entities may interrupt the others.
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

/// Whether a page is HTML: it begins with a tag or comment, or contains the tags of a table.
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
    // A fragment is a table with rows and cells. Markdown can have such a table within a cell of its own table.
    if text.lines().any(crate::bars::is_rule) {
        return false;
    }
    ["<table", "<tr", "<td"]
        .iter()
        .all(|tag| memchr::memmem::find(text.as_bytes(), tag.as_bytes()).is_some())
}
