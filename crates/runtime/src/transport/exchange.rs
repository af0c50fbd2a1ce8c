//! One request and its response over an asynchronous HTTP client, within limits.

use std::{error::Error as StdError, future::poll_fn, pin::pin, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tokio::{runtime::Handle, time::timeout};

use super::{Limits, Sleeping, TransportError, upload::Upload};
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
    let mut sending = pin!(send(Request::from_parts(head, body)));
    let mut status = None;
    let exchange = async {
        let response = loop {
            // The read timeout starts when the whole request is sent.
            let left = limits.read_timeout.saturating_sub(progress.waited());
            match timeout(left, sending.as_mut()).await {
                Ok(Ok(response)) => break response,
                Ok(Err(error)) => {
                    let phase = match is_connect(&error) {
                        true => Phase::NotConnected,
                        false => progress.stop(),
                    };
                    return Err(TransportError::from_cause(phase, error));
                }
                Err(_) if progress.waited() >= limits.read_timeout => {
                    return Err(read_timeout(progress.stop(), limits));
                }
                // The request was still being sent for a part of that time.
                Err(_) => {}
            }
        };
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
        let frame = timeout(limits.read_timeout, frame).await;
        let frame = frame.map_err(|_| read_timeout(Phase::Answered, limits))?;
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

fn read_timeout(phase: Phase, limits: Limits) -> TransportError {
    TransportError::late(phase, "read timeout", limits.read_timeout)
}

/// Sleeps by tokio's timer. Outside of a runtime, where it panics, the sleep ends at once: requests fail there.
pub(super) fn sleep(duration: Duration) -> Sleeping<'static> {
    Box::pin(async move {
        if Handle::try_current().is_ok() {
            tokio::time::sleep(duration).await;
        }
    })
}
