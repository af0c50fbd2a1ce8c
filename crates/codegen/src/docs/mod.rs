//! Converts descriptions to documentation comments.
//!
//! Descriptions are plain text, with one paragraph or list item per line and Markdown links. In practice they contain
//! anything: HTML, JSON samples, angle brackets, unpaired backticks. The output is Markdown that rustdoc shows as the
//! page meant it, without rustdoc warnings.
//!
//! Rustdoc runs code blocks as tests, so the output has only code blocks that [`lines`] fences and marks as text.

mod html;
mod inline;
mod json;
mod lines;
mod spans;
mod visible;

/// The lines of a documentation comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs(Vec<String>);

impl Docs {
    /// Converts a text of the documentation. Links that start with a slash are relative to `site`.
    pub(crate) fn of_text(text: &str, site: &str) -> Self {
        let mut lines = Vec::new();
        lines::convert(&html::to_text(text), site, &mut lines);
        Self(lines)
    }

    /// Creates a paragraph of Markdown.
    pub(crate) fn of_markdown(paragraph: impl Into<String>) -> Self {
        Self::default().with(paragraph)
    }

    /// Appends a paragraph of Markdown.
    pub(crate) fn with(mut self, paragraph: impl Into<String>) -> Self {
        self.separate();
        lines::wrap(&paragraph.into(), &mut self.0);
        self
    }

    /// Appends lines of Markdown as they are: a heading, a list, a table or a code block.
    pub(crate) fn with_lines(mut self, lines: impl IntoIterator<Item = String>) -> Self {
        self.separate();
        self.0.extend(lines);
        self
    }

    /// Appends other documentation.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        if !other.0.is_empty() {
            self.separate();
            self.0.extend_from_slice(&other.0);
        }
        self
    }

    /// Returns this, or a paragraph of Markdown if empty.
    pub(crate) fn or(self, paragraph: impl FnOnce() -> String) -> Self {
        if self.0.is_empty() {
            self.with(paragraph())
        } else {
            self
        }
    }

    pub(crate) fn lines(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    fn separate(&mut self) {
        if !self.0.is_empty() {
            self.0.push(String::new());
        }
    }
}

/// Formats a word of the documentation as code.
pub(crate) fn code(word: &str) -> String {
    inline::code_span(word)
}

#[cfg(test)]
mod tests;
