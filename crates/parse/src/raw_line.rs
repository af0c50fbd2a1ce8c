//! The lines of a page in text or Markdown.

/// A trimmed line. Leading tabs are kept if other tabs separate cells, because they end empty cells.
pub(crate) struct RawLine<'a> {
    pub(crate) text: &'a str,
    /// The byte offset in the page.
    pub(crate) at: usize,
}

/// Splits a page into lines.
pub(crate) fn raw_lines(text: &str) -> impl Iterator<Item = RawLine<'_>> {
    RawLines { text, at: 0 }
}

/// The lines of a page.
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
