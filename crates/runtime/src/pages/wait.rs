use std::iter;

use super::{Items, Pages, Paginated};
use crate::Error;

impl<R: Paginated> Pages<R> {
    /// Returns an iterator that fetches each page on demand and blocks the thread. It ends after an error.
    ///
    /// # Errors
    /// Fails as [`next`](Self::next) does. The first item is an error if the client's transport needs an async runtime;
    /// use [`build_blocking`](crate::ClientBuilder::build_blocking).
    pub fn wait(mut self) -> impl Iterator<Item = Result<R::Response, Error>> {
        until_error(self.pages.client.shared.check_blocking(), move || {
            pollster::block_on(self.next())
        })
    }
}

impl<R: Paginated> Items<R> {
    /// Returns an iterator that fetches the items' pages on demand and blocks the thread. It ends after an error.
    ///
    /// # Errors
    /// Fails as [`Pages::wait`] does.
    pub fn wait(mut self) -> impl Iterator<Item = Result<R::Item, Error>> {
        until_error(self.pages.pages.client.shared.check_blocking(), move || {
            pollster::block_on(self.next())
        })
    }
}

/// Returns an iterator that ends after the first error. If `checked` is an error, it is the only item.
fn until_error<T>(
    checked: Result<(), Error>,
    next: impl FnMut() -> Option<Result<T, Error>>,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut problem = checked.err().map(Err);
    let mut next = Some(next);
    iter::from_fn(move || {
        let found = problem.take().or_else(next.as_mut()?);
        if !matches!(found, Some(Ok(_))) {
            next = None;
        }
        found
    })
}
