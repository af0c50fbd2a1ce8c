//! A row of a table.

use crate::source::At;

/// A row of a table of any shape.
#[derive(Clone, Debug)]
pub(crate) struct RawRow {
    pub(crate) at: At,
    /// The row's first text, for messages.
    pub(crate) whole: String,
    /// The cells of the row; an empty cell is `None`.
    pub(crate) name: Option<String>,
    pub(crate) required: Option<String>,
    pub(crate) type_text: Option<String>,
    pub(crate) description: String,
    /// Whether the page ends within the row.
    pub(crate) cut: bool,
}

impl RawRow {
    /// Returns the row's text on the page, with its whole description.
    pub(crate) fn text(&self) -> String {
        // If cells are joined or marked, `whole` ends with the first line of the description or with all of it.
        let (first, rest) = match self.description.split_once('\n') {
            Some((first, rest)) => (first, Some(rest)),
            None => (&*self.description, None),
        };
        if self.whole.ends_with(&self.description) {
            return self.whole.clone();
        }
        let rest = match self.whole.ends_with(first) {
            true => rest,
            false => Some(&*self.description),
        };
        format!("{}\n{}", self.whole, rest.unwrap_or_default())
    }
}
