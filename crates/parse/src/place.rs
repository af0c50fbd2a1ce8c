//! Where something stands in a page.

/// The row of a page from which something of a spec was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The way to it in the spec, as [`tc3_spec::Item::path`] writes it: `actions.Order.request.Count`. The row RequestId,
    /// which specs leave out, has one as well.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The row's text without its markup, with a space between its cells. For a data type, what its table begins with.
    pub text: String,
}
