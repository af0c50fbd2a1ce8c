//! One exchange over an asynchronous HTTP client, within its limits.

use std::{
    error::Error as StdError,
    future::poll_fn,
    pin::pin,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::Response;
use http_body::Body;
use tokio::{
    runtime::Handle,
    time::{error::Elapsed, timeout},
};

use super::{
    Limits, Sleeping, TransportError, timer,
    upload::{Progress, Upload},
};
use crate::{Phase, error::Cause};

/// How much is set aside at most for a body because of what the server says of its length.
const PREALLOCATED: u64 = 256 * 1024;

/// The request with a body that keeps book of how much of it is taken, and that book. Fails outside of a runtime, where
/// HTTP clients panic.
pub(super) fn prepare(
    request: http::Request<Bytes>,
) -> Result<(http::Request<Upload>, Progress), TransportError> {
    if Handle::try_current().is_err() {
        return Err(TransportError::new(
            Phase::NotConnected,
            "this transport works only inside of a tokio runtime",
        )
        .permanent());
    }
    let progress = Progress::default();
    let request = request.map(|body| Upload::new(body, progress.clone()));
    Ok((request, progress))
}

/// Waits for the answer of a request that was prepared.
///
/// `is_connect` tells whether an error means that there was no connection.
pub(super) async fn exchange<B, E>(
    sending: impl Future<Output = Result<Response<B>, E>>,
    is_connect: fn(&E) -> bool,
    progress: &Progress,
    limits: Limits,
) -> Result<Response<Bytes>, TransportError>
where
    B: Body<Data = Bytes, Error: Into<Cause>>,
    E: StdError + Send + Sync + 'static,
{
    // `None` if no clock can tell it.
    let deadline = Instant::now().checked_add(limits.timeout);
    let response = head(sending, is_connect, progress, deadline, limits).await?;
    let (head, body) = response.into_parts();
    match read(body, deadline, limits).await {
        Ok(body) => Ok(Response::from_parts(head, body)),
        Err(failure) => Err(failure.with_status(head.status)),
    }
}

/// Waits for the head of the response. The read timeout starts when the whole request is sent.
async fn head<B, E>(
    sending: impl Future<Output = Result<Response<B>, E>>,
    is_connect: fn(&E) -> bool,
    progress: &Progress,
    deadline: Option<Instant>,
    limits: Limits,
) -> Result<Response<B>, TransportError>
where
    E: StdError + Send + Sync + 'static,
{
    let mut sending = pin!(sending);
    loop {
        let patience = limits.silence.saturating_sub(progress.waited());
        match within_both(sending.as_mut(), patience, deadline).await {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(error)) if is_connect(&error) => {
                return Err(TransportError::from_cause(Phase::NotConnected, error));
            }
            Ok(Err(error)) => return Err(TransportError::from_cause(progress.stop(), error)),
            Err(_) if is_over(deadline) || progress.waited() >= limits.silence => {
                return Err(timed_out(progress.stop(), deadline, limits));
            }
            // The request was still being sent for a part of that time.
            Err(_) => {}
        }
    }
}

/// Waits for a step of the exchange until its own timeout or the deadline of the exchange. One timer serves both: a timer
/// costs more than a signature.
async fn within_both<T>(
    step: impl Future<Output = T>,
    patience: Duration,
    deadline: Option<Instant>,
) -> Result<T, Elapsed> {
    let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    timeout(left.map_or(patience, |left| left.min(patience)), step).await
}

fn is_over(deadline: Option<Instant>) -> bool {
    deadline.is_some_and(|deadline| Instant::now() >= deadline)
}

fn timed_out(phase: Phase, deadline: Option<Instant>, limits: Limits) -> TransportError {
    let cause = if is_over(deadline) {
        format!("the time-out is {:?}", limits.timeout)
    } else {
        format!("the read time-out is {:?}", limits.silence)
    };
    TransportError::new(phase, cause).timed_out()
}

/// Reads a body to its end, or fails once it is larger than it may be or its sender falls silent.
async fn read<B>(
    body: B,
    deadline: Option<Instant>,
    limits: Limits,
) -> Result<Bytes, TransportError>
where
    B: Body<Data = Bytes, Error: Into<Cause>>,
{
    let limit = limits.response_bytes;
    let announced = body.size_hint().lower();
    if announced > limit as u64 {
        return Err(TransportError::too_large(limit));
    }
    // Most bodies come in one frame, which needs no copy.
    let mut first = Bytes::new();
    let mut joined = Vec::new();
    let mut body = pin!(body);
    loop {
        let frame = poll_fn(|context| body.as_mut().poll_frame(context));
        let frame = match within_both(frame, limits.silence, deadline).await {
            Ok(None) if joined.is_empty() => return Ok(first),
            Ok(None) => return Ok(joined.into()),
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(error))) => {
                return Err(TransportError::from_cause(Phase::Answered, error));
            }
            Err(_) => return Err(timed_out(Phase::Answered, deadline, limits)),
        };
        // The other kind of frames, trailers, says nothing of interest.
        let Ok(data) = frame.into_data() else {
            continue;
        };
        if data.len() > limit - first.len().max(joined.len()) {
            return Err(TransportError::too_large(limit));
        }
        if first.is_empty() {
            first = data;
            continue;
        }
        if joined.is_empty() {
            joined.reserve(announced.min(PREALLOCATED) as usize);
            joined.extend_from_slice(&first);
        }
        joined.extend_from_slice(&data);
    }
}

/// A pause by tokio's timer, where there is one.
pub(super) fn sleep(duration: Duration) -> Sleeping<'static> {
    Box::pin(async move {
        match Handle::try_current() {
            Ok(_) => tokio::time::sleep(duration).await,
            Err(_) => timer::sleep(duration).await,
        }
    })
}
