//! Pagination.
//!
//! The builder of an action that lists things has, besides `send`, `pages` for the responses one after the other, and
//! `items` for the items in them:
//!
//! ```text
//! let mut members = client.describe_organization_members().items();
//! while let Some(member) = members.next().await {
//!     println!("{:?}", member?.name);
//! }
//! ```
//! With the feature `stream`, both are a `Stream`; with the feature `blocking`, `wait` turns them into iterators.
//!
//! # Where pages end
//! A page is fetched when it is asked for, at the offset behind the items that were received, however many were
//! requested. The first one is at the request's `Offset`, if it has one. The last page is
//! - by `NextToken`: the one without a token. A repeated token is an error, since the pages would never end; so are a
//!   thousand empty pages in a row;
//! - by `Offset`: the one that reaches its own total, which may grow and shrink meanwhile; and an empty one in any case.
//!   Where the response has no total, also one with fewer items than the page before; and a page that equals the one
//!   before is an error, because the service ignores the `Offset`.
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

/// Request whose response comes in pages. Generated types implement it.
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
    /// Returns the pages of a list, from the one that the request asks for.
    pub fn pages<R: Paginated>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), values(&request))
    }

    /// Returns the items of a list, from the page that the request asks for.
    pub fn items<R: Paginated>(&self, request: R) -> Items<R> {
        Items::new(self.pages(request))
    }
}

/// Pages of a list; the [module](self) says where they end.
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
    /// Dropping the future loses nothing: the next one waits for the same page.
    ///
    /// # Errors
    /// Fails if the call fails; the same page can then be fetched again. Also fails if the pages would never end; no page
    /// follows then.
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
