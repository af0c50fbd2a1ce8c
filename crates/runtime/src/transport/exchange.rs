//! One exchange over an asynchronous HTTP client, within its limits.

use std::{error::Error as StdError, future::poll_fn, pin::pin, time::Duration};

use bytes::Bytes;
use http::Response;
use http_body::Body;
use tokio::{runtime::Handle, time::timeout};

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
    let mut status = None;
    let exchange = async {
        let response = head(sending, is_connect, progress, limits.silence).await?;
        status = Some(response.status());
        let (head, body) = response.into_parts();
        let body = read(body, limits).await;
        match body {
            Ok(body) => Ok(Response::from_parts(head, body)),
            Err(failure) => Err(failure.with_status(head.status)),
        }
    };
    match timeout(limits.timeout, exchange).await {
        Ok(result) => result,
        Err(_) => {
            let cause = format!("the time-out is {:?}", limits.timeout);
            Err(match status {
                None => TransportError::new(progress.stop(), cause),
                Some(status) => TransportError::new(Phase::Answered, cause).with_status(status),
            }
            .timed_out())
        }
    }
}

/// Waits for the head of the answer. The time for silence runs from the moment in which the request was handed over.
async fn head<B, E>(
    sending: impl Future<Output = Result<Response<B>, E>>,
    is_connect: fn(&E) -> bool,
    progress: &Progress,
    silence: Duration,
) -> Result<Response<B>, TransportError>
where
    E: StdError + Send + Sync + 'static,
{
    let mut sending = pin!(sending);
    loop {
        let left = silence.saturating_sub(progress.waited());
        match timeout(left, sending.as_mut()).await {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(error)) if is_connect(&error) => {
                return Err(TransportError::from_cause(Phase::NotConnected, error));
            }
            Ok(Err(error)) => return Err(TransportError::from_cause(progress.stop(), error)),
            Err(_) if progress.waited() >= silence => {
                return Err(silent(progress.stop(), silence));
            }
            // The request was still on its way for a part of that time.
            Err(_) => {}
        }
    }
}

/// Reads a body to its end, or fails once it is larger than it may be or its sender falls silent.
async fn read<B>(body: B, limits: Limits) -> Result<Bytes, TransportError>
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
        let frame = match timeout(limits.silence, frame).await {
            Ok(None) if joined.is_empty() => return Ok(first),
            Ok(None) => return Ok(joined.into()),
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(error))) => {
                return Err(TransportError::from_cause(Phase::Answered, error));
            }
            Err(_) => return Err(silent(Phase::Answered, limits.silence)),
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

fn silent(phase: Phase, silence: Duration) -> TransportError {
    TransportError::new(phase, format!("the read time-out is {silence:?}")).timed_out()
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
