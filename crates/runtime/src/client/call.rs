use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll},
};

use crate::{Error, Request, record::Record};

/// One exchange with the service, whatever its action: it gives what reads the answer into an empty response.
pub(super) type Exchange = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// An answer that is still to be read.
pub(super) type Answer = Box<dyn FnOnce(&mut dyn Record) -> Result<(), Error> + Send>;

/// A call of the action that takes `R`: a future that borrows nothing and gives the response.
///
/// Nothing is sent before it is awaited. Dropping it gives the call up.
#[must_use = "a call is not sent unless it is awaited"]
pub struct Call<R> {
    exchange: Exchange,
    request: PhantomData<fn() -> R>,
}

impl<R: Request> Call<R> {
    /// A call by an exchange that gives a response of `R`.
    pub(super) fn new(exchange: Exchange) -> Self {
        Self {
            exchange,
            request: PhantomData,
        }
    }
}

impl<R: Request> Future for Call<R> {
    type Output = Result<R::Response, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = match self.exchange.as_mut().poll(context) {
            Poll::Pending => return Poll::Pending,
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Ready(Ok(read)) => read,
        };
        let mut response = R::Response::empty();
        match read(&mut response) {
            Ok(()) => Poll::Ready(Ok(response)),
            Err(error) => Poll::Ready(Err(error)),
        }
    }
}

impl<R: Request> fmt::Debug for Call<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call")
            .field("action", &R::ACTION.name)
            .finish_non_exhaustive()
    }
}
