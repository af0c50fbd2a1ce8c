use std::{
    fmt,
    marker::PhantomData,
    mem::{self, MaybeUninit},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Duration,
};

use super::{
    Retry, Target, answer,
    attempts::{Attempting, Attempts, Next, RawResponse},
    settings,
};
use crate::{
    Access, Error, ErrorKind, envelope,
    record::{Places, Record, Vacancy},
};

/// Call of an action: a future that borrows nothing and resolves to the response, of type `T`.
///
/// Nothing is sent before it is awaited; until then its own settings can be set. Invalid settings are reported when the
/// call is awaited. Dropping it cancels the call.
///
/// ```
/// # async fn demo<T: tc3::record::Record>(call: tc3::Call<T>) -> Result<(), tc3::Error> {
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
    state: State,
    response: PhantomData<fn() -> T>,
}

enum State {
    Planned(Box<Attempts>),
    Running(Attempting),
    Done,
}

impl<T> Call<T> {
    pub(crate) fn new(attempts: Box<Attempts>) -> Self {
        Self {
            state: State::Planned(attempts),
            response: PhantomData,
        }
    }

    /// Sets the timeout of this call, which covers all attempts and the waits between them.
    pub fn timeout(self, timeout: Duration) -> Self {
        self.change(|call| {
            call.timeout = timeout;
            settings::check_duration("timeout", timeout)
        })
    }

    /// Sets the region of this call.
    pub fn region(self, region: &str) -> Self {
        self.change(|call| call.set_region(settings::region(region)?))
    }

    /// Sets the endpoint of this call, in the form that [`ClientBuilder::endpoint`](crate::ClientBuilder::endpoint)
    /// takes.
    pub fn endpoint(self, endpoint: &str) -> Self {
        self.change(|call| {
            call.target = Arc::new(Target::at(call.service(), endpoint)?);
            call.site = None;
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

    /// Declares that this call does no harm if it acts twice, so that it is retried like one that only reads.
    pub fn idempotent(self) -> Self {
        self.change(|call| {
            call.access = Access::Read;
            Ok(())
        })
    }

    fn change(mut self, change: impl FnOnce(&mut Attempts) -> Result<(), Error>) -> Self {
        if let State::Planned(attempts) = &mut self.state
            && let Err(error) = change(attempts)
        {
            attempts.refuse(error);
        }
        self
    }
}

#[cfg(feature = "blocking")]
impl<T: Record> Call<T> {
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
        let call = self.change(|call| call.client.check_blocking());
        super::block_on::block_on(call)
    }
}

impl<T: Record> Future for Call<T> {
    type Output = Result<T, Error>;

    // Inlined, it would be optimized again in each place that awaits a response of this type.
    #[inline(never)]
    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        // All that does not depend on the type stands elsewhere: it is compiled once, and the future that callers
        // hold stays small.
        let mut response = MaybeUninit::uninit();
        match complete(&mut self.state, context, Vacancy::of(&mut response)) {
            Poll::Pending => Poll::Pending,
            // SAFETY: there is a response now.
            Poll::Ready(Ok(())) => Poll::Ready(Ok(unsafe { response.assume_init() })),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
        }
    }
}

/// Goes on with a call until a response is read. If this returns `Ok`, there is one, and otherwise none.
fn complete(
    state: &mut State,
    context: &mut Context<'_>,
    mut vacancy: Vacancy<'_>,
) -> Poll<Result<(), Error>> {
    loop {
        let raw = ready!(step(state, context))?;
        match vacancy.fill(|response| read(raw, response)) {
            Ok(()) => return Poll::Ready(Ok(())),
            Err(Next::Retry(attempting)) => *state = State::Running(attempting),
            Err(Next::Fail(error)) => return Poll::Ready(Err(error)),
        }
    }
}

/// Goes on with a call up to the next raw response.
fn step(state: &mut State, context: &mut Context<'_>) -> Poll<Result<RawResponse, Error>> {
    let mut attempting = match mem::replace(state, State::Done) {
        State::Planned(attempts) => attempts.start()?,
        State::Running(attempting) => attempting,
        State::Done => {
            let problem = "call was polled after its completion";
            return Poll::Ready(Err(Error::new(ErrorKind::Request, problem)));
        }
    };
    let polled = attempting.as_mut().poll(context);
    if polled.is_pending() {
        *state = State::Running(attempting);
    }
    polled
}

/// Reads a raw response into an empty one, which stays empty unless the call is done.
fn read(raw: RawResponse, response: &mut Places<'_>) -> Result<(), Next> {
    let read = answer::read(
        &raw.attempts.operation,
        &raw.received.signed.credential,
        &raw.received.response,
        response,
    );
    raw.judge(read.map(|()| envelope::request_id(response).unwrap_or_default()))
}

impl<T> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Call");
        if let State::Planned(attempts) = &self.state {
            debug.field("action", &attempts.operation.name());
        }
        debug.finish_non_exhaustive()
    }
}
