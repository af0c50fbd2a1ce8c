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
pub use self::progress::{Flag, Paging};
use self::progress::{Progress, Step, Verdict};
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

    /// Path of the response field with the items, such as `Members` or `Result.Members`.
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
    /// Fails if the call fails; the same page can then be fetched again. Also fails if the response contradicts how the
    /// action is documented to be paginated; no page follows then.
    pub async fn next(&mut self) -> Option<Result<R::Response, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Response, Error>>> {
        loop {
            let call = match &mut self.call {
                Some(call) => call,
                None => match self.progress.step() {
                    Step::Fetch => {
                        let parameters = &Values(&self.progress.parameters);
                        let response = R::Response::TABLE;
                        let attempts = self.client.plan(R::ACTION, R::TABLE, parameters, response);
                        self.call.insert(RawCall::Planned(attempts))
                    }
                    Step::Fail(problem) => return Poll::Ready(Some(Err(broken::<R>(problem)))),
                    Step::End => return Poll::Ready(None),
                },
            };
            let result = ready!(call.poll(context));
            self.call = None;
            let mut page = result?;
            match self.progress.advance(&page).map_err(broken::<R>)? {
                Verdict::Keep => {
                    let page = R::Response::read(&mut FieldReader::new(&mut page));
                    return Poll::Ready(Some(Ok(page)));
                }
                Verdict::Discard => {}
            }
        }
    }
}

impl<R: Paginated> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("action", &R::ACTION.name)
            .finish_non_exhaustive()
    }
}

/// Returns the error of pages that contradict their documentation.
fn broken<R: Request>(problem: String) -> Error {
    Error::new(ErrorKind::Response, problem)
        .with_phase(Phase::Answered)
        .with_action(R::ACTION.name)
}
