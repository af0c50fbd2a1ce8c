//! Pagination.
//!
//! The builder of an action that lists things has, besides `send`, `pages` for the responses one after the other, and
//! `items` for the items in them:
//!
//! ```
//! # mod demo {
//! # #[non_exhaustive]
//! # pub struct ListMembersRequest { pub limit: Option<i64>, pub offset: Option<i64>, pub extra: tc3::Extra }
//! # tc3::record!(request ListMembersRequest { 0 => limit: "Limit", 1 => offset: "Offset", });
//! # #[non_exhaustive]
//! # pub struct ListMembersResponse {
//! #     pub names: Option<Vec<String>>, pub total: Option<i64>, pub request_id: String, pub extra: tc3::Extra
//! # }
//! # tc3::record!(ListMembersResponse { 0 => names: "Names", 1 => total: "Total", 2 => request_id: "RequestId", });
//! # pub static SERVICE: tc3::Service = tc3::Service::new("x", "2021-03-31", "x.tencentcloudapi.com");
//! # tc3::action!("ListMembers" of SERVICE {
//! #     request: ListMembersRequest,
//! #     response: ListMembersResponse,
//! #     access: Read,
//! # });
//! # tc3::paginated!(ListMembersRequest by Offset { items: names of String, total: "Total", });
//! # }
//! # async fn demo(client: &tc3::Client, request: demo::ListMembersRequest) -> Result<(), tc3::Error> {
//! let mut names = client.items(request);
//! while let Some(name) = names.next().await {
//!     println!("{}", name?);
//! }
//! # Ok(())
//! # }
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
    pin::Pin,
    task::{Context, Poll, ready},
};

pub use self::items::Items;
pub use self::progress::Paging;
use self::progress::{Progress, Step};
use crate::{
    Call, Client, Error, ErrorKind, Phase, Request,
    record::{Element, Elements, Slots as _},
};

/// Request whose response comes in pages.
///
/// The macro [`paginated!`](crate::paginated!) implements it for generated types.
pub trait Paginated: Request {
    /// Item of a page.
    type Item: Element;

    /// How the action is paginated.
    const PAGING: Paging;

    /// Returns the items of a page.
    fn items(response: &mut Self::Response) -> &mut Option<Vec<Self::Item>>;
}

impl Client {
    /// Returns the pages of a list, from the one that the request asks for.
    pub fn pages<R: Paginated>(&self, request: R) -> Pages<R> {
        Pages {
            client: self.clone(),
            progress: Progress::new(R::PAGING, &request),
            request,
            call: None,
        }
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
    /// Request for the next page.
    request: R,
    progress: Progress,
    /// Running call. It outlives the future of `next`, so that dropping the future loses no page.
    call: Option<Call<R::Response>>,
}

// A request is never pinned.
impl<R: Request> Unpin for Pages<R> {}

impl<R: Paginated> Pages<R> {
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
                Step::Fetch => self.call.insert(self.client.send(&self.request)),
                Step::Fail(problem) => return Poll::Ready(Some(Err(endless::<R>(problem)))),
                Step::End => return Poll::Ready(None),
            },
        };
        let result = ready!(Pin::new(call).poll(context));
        self.call = None;
        let page = result.and_then(|mut response| {
            let found = self.progress.find(&response);
            let items = R::items(&mut response).as_ref();
            let items = items.map(|items| Elements::of(items));
            self.progress
                .advance(&mut self.request.places(), found, items)
                .map_err(endless::<R>)?;
            Ok(response)
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
