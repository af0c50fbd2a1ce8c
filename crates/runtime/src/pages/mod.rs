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
//! Pages are fetched on demand. An incomplete list never ends silently: if a response contradicts the documented
//! pagination, an error follows the pages received so far. These are errors:
//! - items, or a token, that do not fit their documented type, such as `null` among the items;
//! - an empty page before the total is reached;
//! - a full page that exceeds the total: the total may be the size of a page, or the number of pages;
//! - a page that equals the previous one, because the service ignores the page number or the `Offset`;
//! - a repeated token, a missing token although the response says that more pages follow, and 1000 consecutive empty
//!   pages.
//!
//! There are no more pages after these errors. After a failed call, the same page can be fetched again.
//!
//! # Actions that are described at run time
//! [`Client::pages_described`] takes a [`Listing`] and JSON, and returns pages that are untyped responses.
//!
//! # The next page
//! With tokens, the last page is the one without a token, or the one whose flag says so (`ListOver`, `HasMore`).
//!
//! With page numbers or `Offset`, the list starts at the requested page, by default at its first one. The last page is the
//! one that reaches the total, which may change between pages. If the response has no total, or a total of 0 beside items,
//! the list ends with an empty page. A full first page whose size equals the total is confirmed by a second call.
//!
//! The next `Offset` counts the received items, not the requested ones, because a service may have a smaller maximum page
//! size than `Limit`. Other services take `Limit` rows first and then drop rows that a filter excludes. Then the next page
//! repeats items; it is discarded, and the offset grows by `Limit`. If the documentation demands multiples of `Limit`, the
//! offset grows by `Limit` after a short page, and `Limit` is lowered after a short first page. So no item is missing or
//! repeated.

mod described;
mod fetch;
mod items;
#[cfg(feature = "stream")]
mod stream;
mod view;
#[cfg(feature = "blocking")]
mod wait;

use tc3_protocol::message::values;

pub use self::described::{DescribedPages, Listing};
pub use self::fetch::{Pages, Paginated};
pub use self::items::Items;
#[doc(inline)]
pub use tc3_protocol::paging::{Flag, Paging};

use crate::Client;

impl Client {
    /// Returns the pages of a list, starting at the requested page.
    pub fn pages<R: Paginated>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), values(&request))
    }

    /// Returns the items of a list, starting at the requested page.
    pub fn items<R: Paginated>(&self, request: R) -> Items<R> {
        Items::new(self.pages(request))
    }
}
