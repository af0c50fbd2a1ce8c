use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use super::{
    Retry, Target,
    flight::{Exchange, Flight, Next},
    settings,
};
use crate::{
    Error,
    message::{FieldReader, FieldValue, Message, Table},
};

/// A call of an action: a future that borrows nothing and gives the response, of type `T`.
///
/// Nothing is sent before it is awaited; until then it can be given settings of its own. Dropping it gives the call
/// up.
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

/// A call that gives the values of its response, whatever the response's type.
pub(crate) struct RawCall {
    state: State,
    response: &'static Table,
}

enum State {
    /// Not begun yet.
    Planned(Box<Flight>),
    /// Under way.
    Flying(Exchange),
    /// Over.
    Done,
}

impl<T> Call<T> {
    pub(crate) fn new(call: RawCall) -> Self {
        Self {
            call,
            response: PhantomData,
        }
    }

    /// Sets how long this call may take, all its attempts and pauses together.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.change(|flight| {
            settings::check_duration("timeout", timeout)?;
            flight.timeout = timeout;
            Ok(())
        })
    }

    /// Sets the region of this call.
    pub fn region(self, region: &str) -> Self {
        self.change(|flight| {
            flight.region = Some(settings::region(region)?);
            flight.follow_region()
        })
    }

    /// Sets where this call goes, in the form that [`ClientBuilder::endpoint`](crate::ClientBuilder::endpoint) takes.
    pub fn endpoint(self, endpoint: &str) -> Self {
        self.change(|flight| {
            flight.target = Arc::new(Target::at(flight.service(), endpoint)?);
            flight.fixed = true;
            Ok(())
        })
    }

    /// Sets how this call is repeated when it fails.
    pub fn retry(self, retry: Retry) -> Self {
        self.change(|flight| {
            retry.check()?;
            flight.retry = retry;
            Ok(())
        })
    }

    /// Vouches that this call does no harm if it acts twice, so that it is repeated like one that only reads.
    pub fn repeatable(self) -> Self {
        self.change(|flight| {
            flight.repeatable = true;
            Ok(())
        })
    }

    /// Changes the plan. What cannot be is told when the call is awaited.
    fn change(mut self, change: impl FnOnce(&mut Flight) -> Result<(), Error>) -> Self {
        if let State::Planned(flight) = &mut self.call.state
            && let Err(error) = change(flight)
        {
            flight.refuse(error);
        }
        self
    }
}

#[cfg(feature = "blocking")]
impl<T: Message> Call<T> {
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
    pub fn wait(self) -> Result<T, Error> {
        let call = self.change(Flight::check_blocking);
        pollster::block_on(call)
    }
}

impl<T: Message> Future for Call<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let values = ready!(self.call.poll(context));
        Poll::Ready(values.map(|mut values| T::read(&mut FieldReader::new(&mut values))))
    }
}

impl RawCall {
    pub(crate) fn new(flight: Box<Flight>, response: &'static Table) -> Self {
        Self {
            state: State::Planned(flight),
            response,
        }
    }

    /// Goes on with the call until there is a response.
    pub(crate) fn poll(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Result<Vec<FieldValue<'static>>, Error>> {
        loop {
            let answered = ready!(step(&mut self.state, context))?;
            match answered.read(self.response) {
                Ok(values) => return Poll::Ready(Ok(values)),
                Err(Next::Failed(error)) => return Poll::Ready(Err(error)),
                Err(Next::Again(exchange)) => self.state = State::Flying(exchange),
            }
        }
    }
}

/// Goes on with a call up to the next answer.
fn step(
    state: &mut State,
    context: &mut Context<'_>,
) -> Poll<Result<super::flight::Answered, Error>> {
    if let State::Planned(_) = state
        && let State::Planned(flight) = std::mem::replace(state, State::Done)
    {
        *state = State::Flying(flight.start());
    }
    let State::Flying(exchange) = state else {
        panic!("a call was polled after it had given its response");
    };
    let polled = exchange.as_mut().poll(context);
    if polled.is_ready() {
        *state = State::Done;
    }
    polled
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Call");
        if let State::Planned(flight) = &self.call.state {
            debug.field("action", &flight.operation.name());
        }
        debug.finish_non_exhaustive()
    }
}
