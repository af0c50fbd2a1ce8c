use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    task::{Context, Poll, ready},
};

use tc3_protocol::message::{FieldReader, FieldType, FieldValue, Message as _, Table, Values};
use tc3_protocol::paging::{Paging, Progress, Step, Verdict};

use super::view::view;
use crate::{Action, Client, Error, ErrorKind, Phase, Request, client::RawCall};

/// Request of a paginated action. Generated types implement it.
pub trait Paginated: Request {
    /// Item of a page.
    type Item: FieldType;

    /// Pagination of the action.
    const PAGING: Paging;

    /// Path of the response field with the items, such as `Members` or `Result.Members`.
    const ITEMS: &'static str;

    /// Returns the items of a page.
    fn items(page: Self::Response) -> Option<Vec<Self::Item>>;
}

/// Pages of a list. The [module](super) documentation describes where they end.
#[must_use = "no page is fetched unless `next` is called"]
pub struct Pages<R: Request> {
    pub(super) pages: RawPages,
    request: PhantomData<fn() -> R>,
}

impl<R: Paginated> Pages<R> {
    pub(crate) fn new(client: Client, parameters: Vec<FieldValue>) -> Self {
        let tables = [R::TABLE, R::Response::TABLE];
        let progress = Progress::new(R::PAGING, tables, R::REQUIRED, R::ITEMS, parameters);
        Self {
            pages: RawPages {
                client,
                action: R::ACTION,
                tables,
                progress,
                view: None,
                call: None,
            },
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
        let page = ready!(self.pages.poll(context)?);
        Poll::Ready(page.map(|mut page| Ok(R::Response::read(&mut FieldReader::new(&mut page)))))
    }
}

/// Pages as values of their fields. The code does not depend on the action, so it is compiled once.
pub(super) struct RawPages {
    pub(super) client: Client,
    pub(super) action: &'static Action,
    /// Tables of the request and of the response.
    pub(super) tables: [&'static Table; 2],
    pub(super) progress: Progress,
    /// Table of the fields that pagination needs, if the response has no types.
    pub(super) view: Option<&'static Table>,
    /// Call in progress. It outlives the future of `next`, so that dropping the future loses no page.
    pub(super) call: Option<RawCall>,
}

impl RawPages {
    pub(super) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Vec<FieldValue>, Error>>> {
        let action = self.action;
        let broken = |problem| {
            let error = Error::new(ErrorKind::Response, problem);
            error.with_phase(Phase::Answered).with_action(action.name)
        };
        loop {
            let call = match &mut self.call {
                Some(call) => call,
                None => match self.progress.step() {
                    Step::Fetch => {
                        let parameters = &Values(&self.progress.parameters);
                        let [request, response] = self.tables;
                        let attempts = self.client.plan(action, request, parameters, response);
                        self.call.insert(RawCall::Planned(attempts))
                    }
                    Step::Fail(problem) => return Poll::Ready(Some(Err(broken(problem)))),
                    Step::End => return Poll::Ready(None),
                },
            };
            let result = ready!(call.poll(context));
            self.call = None;
            let page = result?;
            let verdict = match self.view {
                Some(table) => {
                    let memory = self.client.response_memory();
                    let page = view(&page, table, memory).map_err(broken)?;
                    self.progress.advance(&page)
                }
                None => self.progress.advance(&page),
            };
            match verdict.map_err(broken)? {
                Verdict::Keep => return Poll::Ready(Some(Ok(page))),
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
