use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;

use super::Client;
use crate::{Error, Request, record::Record as _};

/// One exchange with the service: its answer as it came.
pub(super) type Exchange =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, Error>> + Send>>;

/// A call of the action that takes `R`: a future that borrows nothing and gives the response.
///
/// Nothing is sent before it is awaited. Dropping it gives the call up.
#[must_use = "a call is not sent unless it is awaited"]
pub struct Call<R> {
    client: Client,
    exchange: Exchange,
    request: PhantomData<fn() -> R>,
}

impl<R: Request> Call<R> {
    pub(super) fn new(client: Client, exchange: Exchange) -> Self {
        Self {
            client,
            exchange,
            request: PhantomData,
        }
    }
}

impl<R: Request> Future for Call<R> {
    type Output = Result<R::Response, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let answer = ready!(self.exchange.as_mut().poll(context))?;
        let mut response = R::Response::empty();
        self.client.read(R::ACTION, &answer, &mut response)?;
        Poll::Ready(Ok(response))
    }
}

impl<R: Request> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("action", &R::ACTION.name)
            .finish_non_exhaustive()
    }
}
