use std::{
    fmt,
    marker::PhantomData,
    mem,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use tc3_protocol::message::{FieldReader, Message};

use super::{
    Retry,
    attempts::{Attempts, ResponseFuture, Values},
    target::Target,
};
use crate::{Access, Error, check};

/// Call of an action: a future that borrows nothing and resolves to the response, of type `T`.
///
/// Nothing is sent before it is awaited. Until then its own settings can be set; invalid settings are reported when it
/// is awaited. Dropping it cancels the call.
///
/// ```
/// # async fn demo<R: tc3::Request>(call: tc3::Call<R::Response>) -> Result<(), tc3::Error> {
/// use std::time::Duration;
///
/// use tc3::Retry;
///
/// let response = call
///     .timeout(Duration::from_secs(5))
///     .region("ap-singapore")
///     .retry(Retry::never())
///     .await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "a call is not sent unless it is awaited"]
pub struct Call<T> {
    call: RawCall,
    response: PhantomData<fn() -> T>,
}

/// Call that resolves to the values of its response. Its type does not depend on the action.
pub(crate) enum RawCall {
    Planned(Box<Attempts>),
    Running(ResponseFuture),
    /// The call is complete, or being polled. The message is read from these values of the response.
    Done(Values),
}

impl<T> Call<T> {
    pub(crate) fn new(attempts: Box<Attempts>) -> Self {
        Self {
            call: RawCall::Planned(attempts),
            response: PhantomData,
        }
    }

    /// Sets the timeout of this call, which covers all attempts and the waits between them.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.change(|call| {
            call.timeout = timeout;
            check::refuse_zero("timeout", timeout.is_zero())
        })
    }

    /// Sets the region of this call.
    pub fn region(self, region: &str) -> Self {
        self.change(|call| call.request.set_region(check::region(region)?))
    }

    /// Sets the endpoint of this call, in the form that [`ClientBuilder::endpoint`](crate::ClientBuilder::endpoint)
    /// takes.
    pub fn endpoint(self, endpoint: &str) -> Self {
        self.change(|Attempts { request, .. }| {
            request.target = Arc::new(Target::new(request.service, "endpoint", endpoint)?);
            request.site = None;
            Ok(())
        })
    }

    /// Sets the retry policy of this call.
    pub fn retry(self, retry: Retry) -> Self {
        self.change(|call| {
            call.retry = retry;
            retry.check()
        })
    }

    /// Marks this call as idempotent, so that it is retried like one that only reads.
    pub fn idempotent(self) -> Self {
        self.change(|call| {
            call.access = Access::Read;
            Ok(())
        })
    }

    fn change(mut self, change: impl FnOnce(&mut Attempts) -> Result<(), Error>) -> Self {
        if let RawCall::Planned(attempts) = &mut self.call
            && let Err(error) = change(attempts)
        {
            attempts.refuse(error);
        }
        self
    }
}

#[cfg(feature = "blocking")]
impl<T: Message> Call<T> {
    /// Makes the call on this thread and returns when it is done.
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
    pub fn wait(self) -> Result<T, Error> {
        let call = self.change(|call| call.shared.check_blocking());
        pollster::block_on(call)
    }
}

impl<T: Message> Future for Call<T> {
    type Output = Result<T, Error>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.call.read(context) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(Ok(mut fields)) => Poll::Ready(Ok(T::read(&mut fields))),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
        }
    }
}

impl RawCall {
    /// Polls the call until its response is read, and returns the fields.
    ///
    /// The values stay in the call: their release would otherwise be compiled for every type of response.
    fn read(&mut self, context: &mut Context<'_>) -> Poll<Result<FieldReader<'_>, Error>> {
        *self = Self::Done(ready!(self.poll(context))?);
        Poll::Ready(match self {
            Self::Done(values) => Ok(FieldReader::new(values)),
            _ => Err(polled_after_completion()),
        })
    }

    /// Polls the call until its response is read.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<Values, Error>> {
        let mut future = match mem::replace(self, Self::Done(Values::new())) {
            Self::Planned(attempts) => Box::pin(attempts.run()),
            Self::Running(future) => future,
            Self::Done(_) => return Poll::Ready(Err(polled_after_completion())),
        };
        let polled = future.as_mut().poll(context);
        if polled.is_pending() {
            *self = Self::Running(future);
        }
        polled
    }
}

fn polled_after_completion() -> Error {
    Error::request("call was polled after its completion")
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Call");
        if let RawCall::Planned(attempts) = &self.call {
            debug.field("action", &attempts.request.operation.name());
        }
        debug.finish_non_exhaustive()
    }
}
