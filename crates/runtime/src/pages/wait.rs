use std::iter;

use super::{Items, Pages, Paginated};
use crate::Error;

impl<R: Paginated> Pages<R> {
    /// The pages one after the other, each fetched on this thread when it is asked for. Behind an error there is no
    /// other page.
    ///
    /// # Errors
    /// As [`next`](Self::next); and at once, with nothing behind, if the client's transport needs an async runtime: a
    /// client from [`build_blocking`](crate::ClientBuilder::build_blocking) needs none.
    pub fn wait(mut self) -> impl Iterator<Item = Result<R::Response, Error>> {
        let refusal = self.client.check_blocking().err();
        waiting(refusal, move || pollster::block_on(self.next()))
    }
}

impl<R: Paginated> Items<R> {
    /// The items one after the other, fetched on this thread, a page at a time.
    ///
    /// # Errors
    /// As [`Pages::wait`].
    pub fn wait(mut self) -> impl Iterator<Item = Result<R::Item, Error>> {
        let refusal = self.pages.client.check_blocking().err();
        waiting(refusal, move || pollster::block_on(self.next()))
    }
}

/// What comes one after the other, up to the first error; nothing but the reason where nothing can come.
fn waiting<T>(
    refusal: Option<Error>,
    mut next: impl FnMut() -> Option<Result<T, Error>>,
) -> impl Iterator<Item = Result<T, Error>> {
    let mut refusal = refusal.map(Err);
    let mut is_over = false;
    iter::from_fn(move || {
        if is_over {
            return None;
        }
        let found = refusal.take().or_else(&mut next);
        is_over = !matches!(found, Some(Ok(_)));
        found
    })
}
