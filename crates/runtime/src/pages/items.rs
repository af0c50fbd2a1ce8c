use std::{
    fmt,
    future::poll_fn,
    task::{Context, Poll, ready},
    vec,
};

use super::{Pages, Paginated};
use crate::Error;

/// Items of a list, across its pages. The [module](super) documentation describes where they end.
#[must_use = "no item is fetched unless `next` is called"]
pub struct Items<R: Paginated> {
    pub(super) pages: Pages<R>,
    /// Items of the last page that are not returned yet.
    pub(super) page: vec::IntoIter<R::Item>,
}

// An item is never pinned.
impl<R: Paginated> Unpin for Items<R> {}

impl<R: Paginated> Items<R> {
    pub(crate) fn new(pages: Pages<R>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }

    /// Returns the next item and fetches its page if necessary; `None` after the last one.
    ///
    /// Dropping the future loses no item: the next future waits for the same one.
    ///
    /// # Errors
    /// Fails as [`Pages::next`] does.
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let Some(page) = ready!(self.pages.poll(context)?) else {
                return Poll::Ready(None);
            };
            self.page = R::items(page).unwrap_or_default().into_iter();
        }
    }
}

impl<R: Paginated> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("buffered", &self.page.len())
            .finish_non_exhaustive()
    }
}
