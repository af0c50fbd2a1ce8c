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
    #[cfg(feature = "blocking")]
    blocking: bool,
    request: PhantomData<fn() -> R>,
}

impl<R: Request> Call<R> {
    /// A call by an exchange that gives a response of `R`.
    pub(super) fn new(exchange: Exchange) -> Self {
        Self {
            exchange,
            #[cfg(feature = "blocking")]
            blocking: false,
            request: PhantomData,
        }
    }
}

#[cfg(feature = "blocking")]
impl<R: Request> Call<R> {
    /// Says whether the transport of the call is a blocking one.
    pub(super) fn with_blocking(mut self, blocking: bool) -> Self {
        self.blocking = blocking;
        self
    }

    /// Makes the call on this thread, and returns when it is done.
    ///
    /// ```no_run
    /// # fn demo<R: tc3::Request>(service: &'static tc3::Service, request: R) -> Result<(), tc3::Error> {
    /// let client: tc3::Client = tc3::Client::builder(service)
    ///     .credential(tc3::Credential::from_env()?)
    ///     .build_blocking()?;
    /// let response = client.send(&request).wait()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// Fails as the future does; and at once, with an error of kind [`Setting`](crate::ErrorKind::Setting), if the
    /// client's transport needs an async runtime.
    pub fn wait(self) -> Result<R::Response, Error> {
        if !self.blocking {
            return Err(Error::setting(
                "transport",
                "it needs an async runtime, and this call waits without one; build the client with `build_blocking`, or await the call",
            )
            .with_action(R::ACTION));
        }
        super::block_on::block_on(self)
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
