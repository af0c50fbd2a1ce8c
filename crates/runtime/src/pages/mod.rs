//! Responses that come in pages.
//!
//! An action that lists things gives them page by page. The builder of such an action has, besides `send`, `pages` for
//! the responses one after the other, and `items` for what is in them:
//!
//! ```text
//! let mut members = client.describe_organization_members().items();
//! while let Some(member) = members.next().await {
//!     println!("{:?}", member?.name);
//! }
//! ```
//! With the feature `stream`, both are a `Stream` too; with the feature `blocking`, their `wait` gives an iterator.
//!
//! # Where it ends
//! Nothing is fetched before it is asked for. The next page begins behind what was received, however many items were
//! asked for, at the request's `Offset` if it has one. The last page is
//! - by `NextToken`: the one without a token for another. A token that comes for a second time is an error, for the
//!   pages would go round for ever; so are a thousand empty pages in a row;
//! - by `Offset`: the one that reaches the total which came with it, so the total may grow and shrink meanwhile; and an
//!   empty one in any case. Where the response has no total, also one that is shorter than the page before; and a page
//!   that is the same as the one before is an error, because the service takes no notice of the `Offset`.
//!
//! After these errors there is no other page. After all others, those of a call that failed, the same page can be
//! asked for once more.

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
    message::{FieldReader, FieldType, FieldValue, Message as _, values},
};

/// A request whose response comes in pages. Generated types implement it.
pub trait Paginated: Request {
    /// What a page holds many of.
    type Item: FieldType;

    /// How the pages follow each other.
    const PAGING: Paging;

    /// The wire name of the response's field with the items.
    const ITEMS: &'static str;

    /// The items of a page.
    fn items(page: Self::Response) -> Option<Vec<Self::Item>>;
}

impl Client {
    /// The pages of what an action lists, from the one that the request asks for.
    pub fn pages<R: Paginated>(&self, request: R) -> Pages<R> {
        let values = values(&request).into_iter().map(FieldValue::into_owned);
        Pages::new(self.clone(), values.collect())
    }

    /// The items that an action lists, from the page that the request asks for.
    pub fn items<R: Paginated>(&self, request: R) -> Items<R> {
        Items::new(self.pages(request))
    }
}

/// The responses to a request, page by page; the [module](self) says where it ends.
#[must_use = "no page is fetched unless `next` is called"]
pub struct Pages<R: Request> {
    client: Client,
    /// The parameters that ask for the next page.
    parameters: Vec<FieldValue<'static>>,
    progress: Progress,
    /// The call in progress. It outlives the future of `next`, so that dropping that loses no page.
    call: Option<RawCall>,
    request: PhantomData<fn() -> R>,
}

impl<R: Paginated> Pages<R> {
    pub(crate) fn new(client: Client, parameters: Vec<FieldValue<'static>>) -> Self {
        Self {
            client,
            progress: Progress::new(R::PAGING, R::TABLE, &parameters),
            parameters,
            call: None,
            request: PhantomData,
        }
    }

    /// Fetches the next page; `None` after the last one.
    ///
    /// Dropping the future loses nothing: the next one waits for the same page.
    ///
    /// # Errors
    /// If the call fails; the same page can then be asked for again. Also if the pages would never end, and nothing
    /// comes after that.
    pub async fn next(&mut self) -> Option<Result<R::Response, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Response, Error>>> {
        let call = match &mut self.call {
            Some(call) => call,
            None => match self.progress.step() {
                Step::Fetch => {
                    let parameters = self.parameters.clone();
                    let call = self.client.plan(R::ACTION, R::TABLE, parameters);
                    self.call.insert(RawCall::new(call, R::Response::TABLE))
                }
                Step::Fail(problem) => return Poll::Ready(Some(Err(endless::<R>(problem)))),
                Step::End => return Poll::Ready(None),
            },
        };
        let result = ready!(call.poll(context));
        self.call = None;
        let page = result.and_then(|mut page| {
            self.progress
                .turn(
                    (R::TABLE, &mut self.parameters),
                    (R::Response::TABLE, &page),
                    R::ITEMS,
                )
                .map_err(endless::<R>)?;
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

/// The error of pages that would never end.
fn endless<R: Request>(problem: String) -> Error {
    Error::new(ErrorKind::Answer, problem)
        .with_phase(Phase::Answered)
        .with_action(R::ACTION.name)
}
