use std::{
    fmt,
    future::poll_fn,
    task::{Context, Poll, ready},
    vec,
};

use super::{Pages, Paginated};
use crate::Error;

/// What the pages of a request hold, item by item; the [module](super) says where it ends.
#[must_use = "no item is fetched unless `next` is called"]
pub struct Items<R: Paginated> {
    pub(super) pages: Pages<R>,
    /// What is left of the page that came last.
    page: vec::IntoIter<R::Item>,
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

    /// The next item, with which its whole page is fetched; `None` after the last one.
    ///
    /// Dropping the future loses nothing: the next one waits for the same item.
    ///
    /// # Errors
    /// As [`Pages::next`].
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
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => self.page = R::items(page).unwrap_or_default().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// How many items have come and are still to be given.
    #[cfg(feature = "stream")]
    pub(super) fn at_hand(&self) -> usize {
        self.page.len()
    }
}

impl<R: Paginated> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("action", &R::ACTION.name)
            .field("at_hand", &self.page.len())
            .finish_non_exhaustive()
    }
}
