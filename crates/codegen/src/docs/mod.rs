//! The documentation's texts as documentation comments.
//!
//! Descriptions are plain text, one paragraph or list item to a line, with links as Markdown. In fact they hold all
//! that authors have ever typed: HTML, JSON samples, angle brackets, half a pair of backticks. What comes out is
//! Markdown that rustdoc shows as the page meant it, and that no lint of rustdoc has anything to say about.
//!
//! Rustdoc runs the code blocks of documentation as tests, so what comes out has none but those that
//! [`lines`] fences and marks as text. No description can make another one.

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
    /// A text of the documentation. `site` is what links that start with a slash are relative to.
    pub(crate) fn of_text(text: &str, site: &str) -> Self {
        let mut lines = Vec::new();
        lines::convert(&html::to_text(text), site, &mut lines);
        Self(lines)
    }

    /// One paragraph of Markdown.
    pub(crate) fn of_markdown(paragraph: impl Into<String>) -> Self {
        Self::default().with(paragraph)
    }

    /// With another paragraph of Markdown.
    pub(crate) fn with(mut self, paragraph: impl Into<String>) -> Self {
        self.separate();
        lines::wrap(&paragraph.into(), &mut self.0);
        self
    }

    /// With other documentation after this.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        if !other.0.is_empty() {
            self.separate();
            self.0.extend_from_slice(&other.0);
        }
        self
    }

    /// This, or a paragraph of Markdown where there is nothing.
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

/// A word of the documentation as code.
pub(crate) fn code(word: &str) -> String {
    inline::code_span(word)
}

#[cfg(test)]
mod tests;
