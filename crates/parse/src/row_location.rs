//! The location of a row on a page.

/// The row of a page from which an item of a spec was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowLocation {
    /// The spec path of the item, in the notation of [`tc3_spec::Item::path`]: `actions.Order.request.Count`. The row
    /// RequestId also has one, although specs omit it.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The row's text without markup, cells separated by spaces. For a data type, the first text of its table.
    pub text: String,
}
