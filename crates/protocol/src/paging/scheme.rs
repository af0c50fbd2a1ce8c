/// Pagination of an action.
///
/// Parameters are named by their wire names, response fields by their paths: `Result.Total` is the field `Total` of the
/// structure `Result`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paging {
    /// The request has an `Offset`, the number of items to skip, and a `Limit`, the size of a page.
    Offset {
        /// Response field with the total number of items.
        total: Option<&'static str>,
        /// Whether `Offset` must be a multiple of `Limit`.
        multiple: bool,
    },
    /// The request has a page number.
    Number {
        /// Parameter with the page number.
        number: &'static str,
        /// Number of the first page.
        first: u64,
        /// Parameter with the size of a page.
        size: Option<&'static str>,
        /// Response field with the total number of items.
        total: Option<&'static str>,
    },
    /// The response has a token, which the request for the next page sends back.
    Token {
        /// Parameter with the token.
        token: &'static str,
        /// Response field with the token of the next page.
        next: &'static str,
        /// Boolean response field that says whether this page is the last one.
        last: Option<Flag>,
    },
}

/// Boolean field that says whether a page is the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flag {
    /// Path of the field.
    pub field: &'static str,
    /// Value of the field on the last page: `true` for `ListOver`, `false` for `HasMore`.
    pub value: bool,
}
