//! Pagination.
//!
//! The builder of a paginated action has `pages` and `items` in addition to `send`. They return the pages and the items
//! one after the other:
//!
//! ```text
//! let mut members = client.describe_organization_members().items();
//! while let Some(member) = members.next().await {
//!     println!("{:?}", member?.name);
//! }
//! ```
//! With the feature `stream`, both implement `Stream`. With the feature `blocking`, `wait` turns them into iterators.
//!
//! # End of the pages
//! Pages are fetched on demand. A list never ends silently before its end: where a response contradicts how the action is
//! documented to be paginated, the pages that came are followed by an error. These are errors:
//! - items, or a token, that do not fit their documented type, such as `null` among the items;
//! - an empty page before the total;
//! - a full page with which more items came than the total says: it may be the size of a page, or the number of pages;
//! - a page that equals the previous one, because the service ignores the number or the `Offset` that it was sent;
//! - a repeated token, a missing one where the response says that more pages follow, and 1000 consecutive empty pages.
//!
//! No page follows these errors. After the error of a call, the same page can be fetched again.
//!
//! # The next page
//! With a token, the last page is the one without a token, or the one whose flag says so (`ListOver`, `HasMore`).
//!
//! With the number of a page, or with `Offset`, the first page is the requested one, or else the first of all. The last
//! page is the one that reaches the total, which may change between pages. If the response has no total, or 0 beside
//! items, the last page is an empty one. A first page that is full and as large as its total is confirmed by a second
//! call.
//!
//! The next `Offset` counts the items that came, not those that were requested, because a service may have a smaller
//! maximum page size than `Limit`. Other services take `Limit` rows first and then drop those that a filter excludes. Then
//! the next page repeats items; it is discarded, and the offset grows by `Limit`. If the documentation demands multiples
//! of `Limit`, the offset grows by `Limit` behind a short page, and `Limit` is lowered behind a short first page. So
//! nothing is missed, and nothing comes twice.

mod fetch;
mod items;
mod progress;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "blocking")]
mod wait;

pub use self::fetch::{Pages, Paginated};
pub use self::items::Items;
pub use self::progress::{Flag, Paging};
use crate::{Client, message::values};

impl Client {
    /// Returns the pages of a list, starting with the requested one.
    pub fn pages<R: Paginated>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), values(&request))
    }

    /// Returns the items of a list, starting with the requested page.
    pub fn items<R: Paginated>(&self, request: R) -> Items<R> {
        Items::new(self.pages(request))
    }
}
