//! One request and its response over an asynchronous HTTP client, within limits.

use std::{error::Error as StdError, future::poll_fn, pin::pin, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tokio::{runtime::Handle, time::timeout};

use super::{
    Limits, Sleeping, TransportError,
    upload::{Progress, Upload},
};
use crate::{Phase, error::Cause};

/// How much is allocated at most for a body because of its announced length.
const PREALLOCATED: u64 = 256 * 1024;

/// Sends a request with `send` and reads the response.
///
/// `is_connect` tells whether an error means that there was no connection.
pub(super) async fn exchange<B, E, F>(
    request: Request<Bytes>,
    limits: Limits,
    is_connect: fn(&E) -> bool,
    send: impl FnOnce(Request<Upload>) -> F,
) -> Result<Response<Bytes>, TransportError>
where
    B: Body<Data = Bytes, Error: Into<Cause>>,
    E: StdError + Send + Sync + 'static,
    F: Future<Output = Result<Response<B>, E>>,
{
    // HTTP clients panic outside of a runtime.
    if Handle::try_current().is_err() {
        let cause = "this transport needs a tokio runtime; await the call inside of one";
        return Err(TransportError::new(Phase::NotConnected, cause).permanent());
    }
    let (head, body) = request.into_parts();
    let (body, progress) = Upload::new(body);
    let sending = send(Request::from_parts(head, body));
    let mut status = None;
    let exchange = async {
        let response = wait(sending, is_connect, &progress, limits.read_timeout).await?;
        let (head, body) = response.into_parts();
        status = Some(head.status);
        let body = read(body, limits).await?;
        Ok(Response::from_parts(head, body))
    };
    let result = timeout(limits.timeout, exchange).await;
    let result = result.unwrap_or_else(|_| {
        let phase = status.map_or_else(|| progress.stop(), |_| Phase::Answered);
        Err(TransportError::late(phase, "timeout", limits.timeout))
    });
    result.map_err(|failure| match status {
        Some(status) => failure.with_status(status),
        None => failure,
    })
}

/// Waits for the head of the response. The read timeout starts when the whole request is sent.
async fn wait<B, E>(
    sending: impl Future<Output = Result<Response<B>, E>>,
    is_connect: fn(&E) -> bool,
    progress: &Progress,
    read_timeout: Duration,
) -> Result<Response<B>, TransportError>
where
    E: StdError + Send + Sync + 'static,
{
    let mut sending = pin!(sending);
    loop {
        let left = read_timeout.saturating_sub(progress.waited());
        match timeout(left, sending.as_mut()).await {
            Ok(Ok(response)) => return Ok(response),
            Ok(Err(error)) => {
                let phase = match is_connect(&error) {
                    true => Phase::NotConnected,
                    false => progress.stop(),
                };
                return Err(TransportError::from_cause(phase, error));
            }
            Err(_) if progress.waited() >= read_timeout => {
                let phase = progress.stop();
                return Err(TransportError::late(phase, "read timeout", read_timeout));
            }
            // The request was still being sent for a part of that time.
            Err(_) => {}
        }
    }
}

/// Reads a body to its end. Fails if it is too large, or nothing comes for too long.
async fn read<B>(body: B, limits: Limits) -> Result<Bytes, TransportError>
where
    B: Body<Data = Bytes, Error: Into<Cause>>,
{
    let limit = limits.response_bytes;
    let announced = body.size_hint().lower();
    if announced > limit as u64 {
        return Err(TransportError::too_large(limit));
    }
    let mut bytes = Vec::with_capacity(announced.min(PREALLOCATED) as usize);
    let mut body = pin!(body);
    loop {
        let frame = poll_fn(|context| body.as_mut().poll_frame(context));
        let frame = timeout(limits.read_timeout, frame).await.map_err(|_| {
            TransportError::late(Phase::Answered, "read timeout", limits.read_timeout)
        })?;
        let Some(frame) = frame else {
            return Ok(bytes.into());
        };
        let frame = frame.map_err(|error| TransportError::from_cause(Phase::Answered, error))?;
        // The other kind of frames, trailers, is ignored.
        if let Ok(data) = frame.into_data() {
            if data.len() > limit - bytes.len() {
                return Err(TransportError::too_large(limit));
            }
            bytes.extend_from_slice(&data);
        }
    }
}

/// Sleeps by tokio's timer. Outside of a runtime, where it panics, the sleep ends at once: requests fail there.
pub(super) fn sleep(duration: Duration) -> Sleeping<'static> {
    Box::pin(async move {
        if Handle::try_current().is_ok() {
            tokio::time::sleep(duration).await;
        }
    })
}
