use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    task::{Context, Poll, ready},
};

use super::progress::{Paging, Progress, Step, Verdict};
use crate::{
    Client, Error, ErrorKind, Phase, Request,
    client::RawCall,
    message::{FieldReader, FieldType, FieldValue, Message as _, Values},
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

/// Pages of a list. The [module](super) documentation describes where they end.
#[must_use = "no page is fetched unless `next` is called"]
pub struct Pages<R: Request> {
    pub(super) client: Client,
    progress: Progress,
    /// Call in progress. It outlives the future of `next`, so that dropping the future loses no page.
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
    /// Fails if the call fails; the same page can then be fetched again. Also fails if the response contradicts the
    /// documented pagination; then there are no more pages.
    pub async fn next(&mut self) -> Option<Result<R::Response, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<R::Response, Error>>> {
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

/// Creates the error of a response that contradicts the documented pagination.
fn broken<R: Request>(problem: String) -> Error {
    Error::new(ErrorKind::Response, problem)
        .with_phase(Phase::Answered)
        .with_action(R::ACTION.name)
}
