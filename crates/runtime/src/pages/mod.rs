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
//! Pages are fetched on demand.
//!
//! With `NextToken`, the last page is the one without a token. A repeated token and 1000 consecutive empty pages are
//! errors, because the pages would never end.
//!
//! With `Offset`, the first page is at the request's `Offset`, if it has one. The next offset counts the items that
//! were received, not those that were requested. The last page is the one that reaches its total, which may change
//! between pages, or an empty one. If the response has no total, a page with fewer items than the previous one is the
//! last, and a page that equals the previous one is an error, because the service ignores the `Offset`.
//!
//! No page follows these errors. After the error of a call, the same page can be fetched again.

mod items;
mod progress;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "blocking")]
mod wait;

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    task::{Context, Poll, ready},
};

pub use self::items::Items;
pub use self::progress::Paging;
use self::progress::{Progress, Step};
use crate::{
    Client, Error, ErrorKind, Phase, Request,
    client::RawCall,
    message::{FieldReader, FieldType, FieldValue, Message as _, Values, values},
};

/// Request of a paginated action. Generated types implement it.
pub trait Paginated: Request {
    /// Item of a page.
    type Item: FieldType;

    /// How the action is paginated.
    const PAGING: Paging;

    /// Wire name of the response field with the items.
    const ITEMS: &'static str;

    /// Returns the items of a page.
    fn items(page: Self::Response) -> Option<Vec<Self::Item>>;
}

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

/// Pages of a list; the [module](self) documentation says where they end.
#[must_use = "no page is fetched unless `next` is called"]
pub struct Pages<R: Request> {
    client: Client,
    progress: Progress,
    /// Running call. It outlives the future of `next`, so that dropping the future loses no page.
    call: Option<RawCall>,
    request: PhantomData<fn() -> R>,
}

impl<R: Paginated> Pages<R> {
    pub(crate) fn new(client: Client, parameters: Vec<FieldValue>) -> Self {
        Self {
            client,
            progress: Progress::new(
                R::PAGING,
                [R::TABLE, R::Response::TABLE],
                R::ITEMS,
                parameters,
            ),
            call: None,
            request: PhantomData,
        }
    }

    /// Fetches the next page; `None` after the last one.
    ///
    /// Dropping the future loses no page: the next future waits for the same one.
    ///
    /// # Errors
    /// Fails if the call fails; the same page can then be fetched again. Also fails if the pages would never end; no
    /// page follows then.
    pub async fn next(&mut self) -> Option<Result<R::Response, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Response, Error>>> {
        let call = match &mut self.call {
            Some(call) => call,
            None => match self.progress.step() {
                Step::Fetch => {
                    let parameters = &Values(&self.progress.parameters);
                    let response = R::Response::TABLE;
                    let attempts = self.client.plan(R::ACTION, R::TABLE, parameters, response);
                    self.call.insert(RawCall::Planned(attempts))
                }
                Step::Fail(problem) => return Poll::Ready(Some(Err(endless::<R>(problem)))),
                Step::End => return Poll::Ready(None),
            },
        };
        let result = ready!(call.poll(context));
        self.call = None;
        let page = result.and_then(|mut page| {
            self.progress.advance(&page).map_err(endless::<R>)?;
            Ok(R::Response::read(&mut FieldReader::new(&mut page)))
        });
        Poll::Ready(Some(page))
    }
}

impl<R: Paginated> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("action", &R::ACTION.name)
            .finish_non_exhaustive()
    }
}

/// Returns the error of pages that would never end.
fn endless<R: Request>(problem: String) -> Error {
    Error::new(ErrorKind::Response, problem)
        .with_phase(Phase::Answered)
        .with_action(R::ACTION.name)
}
