//! Exchange of one request and response over an async HTTP client, within limits.

use std::{error::Error as StdError, future::poll_fn, pin::pin, time::Duration};

use bytes::Bytes;
use http::{Request, Response};
use http_body::Body;
use tokio::{
    runtime::Handle,
    time::{Instant, error::Elapsed},
};

use super::{Limits, MAX_TIMEOUT, Sleeping, Task, TransportError, cause, upload::Upload};
use crate::{Phase, error::Cause};

/// Maximum number of bytes that the announced length of a body allocates in advance.
const MAX_PREALLOCATED: u64 = 256 * 1024;

/// Sends a request with `send` and reads the response.
///
/// `is_connect_error` returns whether an error means that there was no connection. `is_connected` returns whether a
/// connection has taken the request, as far as the client reports it.
pub(super) async fn exchange<B, E, F>(
    request: Request<Bytes>,
    limits: Limits,
    is_connect_error: fn(&E) -> bool,
    is_connected: impl Fn() -> bool,
    send: impl FnOnce(Request<Upload>) -> F,
) -> Result<Response<Bytes>, TransportError>
where
    B: Body<Data = Bytes, Error: Into<Cause>>,
    E: StdError + Send + Sync + 'static,
    F: Future<Output = Result<Response<B>, E>>,
{
    // HTTP clients panic outside a runtime.
    if Handle::try_current().is_err() {
        let cause = "this transport needs a tokio runtime; await the call inside a runtime";
        return Err(TransportError::new(Phase::NotConnected, cause).permanent());
    }
    let (head, body) = request.into_parts();
    let upload = Upload::new(body);
    let mut sending = pin!(send(Request::from_parts(head, upload.clone())));
    // A connection takes the request during this poll.
    let mut sending = poll_fn(|context| {
        let polled = sending.as_mut().poll(context);
        if is_connected() {
            upload.connected();
        }
        polled
    });
    let timers = Timers {
        limits,
        deadline: Instant::now() + limits.timeout.min(MAX_TIMEOUT),
    };
    let response = loop {
        // The read timeout starts when the server has to act.
        let left = limits.read_timeout.saturating_sub(upload.waited());
        match timers.within(left, &mut sending).await {
            Ok(Ok(response)) => break response,
            Ok(Err(error)) if is_connect_error(&error) => {
                return Err(TransportError::from_cause(Phase::NotConnected, error));
            }
            Ok(Err(error)) => {
                let mut phase = upload.stop();
                if cause::is_unprocessed(&error) {
                    phase = phase.min(Phase::SentInPart);
                }
                return Err(TransportError::from_cause(phase, error));
            }
            Err(_) if timers.is_over() || upload.waited() >= limits.read_timeout => {
                return Err(timers.timed_out(upload.stop()));
            }
            // The read timeout has not passed, because part of the time was spent on sending.
            Err(_) => {}
        }
    };
    let (head, body) = response.into_parts();
    let read = read(body, &timers).await;
    let body = read.map_err(|failure| failure.with_status(head.status))?;
    Ok(Response::from_parts(head, body))
}

/// Timeouts of an exchange. They share one timer, because a timer costs more time than a signature.
struct Timers {
    limits: Limits,
    deadline: Instant,
}

impl Timers {
    /// Waits for a step, at most until its timeout or the deadline.
    async fn within<T>(
        &self,
        timeout: Duration,
        step: impl Future<Output = T>,
    ) -> Result<T, Elapsed> {
        let left = self.deadline.saturating_duration_since(Instant::now());
        tokio::time::timeout(left.min(timeout), step).await
    }

    fn is_over(&self) -> bool {
        Instant::now() >= self.deadline
    }

    fn timed_out(&self, phase: Phase) -> TransportError {
        if self.is_over() {
            TransportError::from_timeout(phase, "timeout", self.limits.timeout)
        } else {
            TransportError::from_timeout(phase, "read timeout", self.limits.read_timeout)
        }
    }
}

/// Reads a body to its end. Fails if it is too large, or after a timeout.
async fn read(
    body: impl Body<Data = Bytes, Error: Into<Cause>>,
    timers: &Timers,
) -> Result<Bytes, TransportError> {
    let limit = timers.limits.response_bytes;
    let announced = body.size_hint().lower();
    if announced > limit as u64 {
        return Err(TransportError::too_large(limit));
    }
    // Most bodies arrive in one frame, which needs no copy.
    let mut first = Bytes::new();
    let mut joined = Vec::new();
    let mut body = pin!(body);
    loop {
        let frame = poll_fn(|context| body.as_mut().poll_frame(context));
        let frame = match timers.within(timers.limits.read_timeout, frame).await {
            Ok(None) if joined.is_empty() => return Ok(first),
            Ok(None) => return Ok(joined.into()),
            Ok(Some(Ok(frame))) => frame,
            Ok(Some(Err(error))) => {
                return Err(TransportError::from_cause(Phase::Answered, error));
            }
            Err(_) => return Err(timers.timed_out(Phase::Answered)),
        };
        // Trailers are ignored.
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
            joined.reserve(announced.min(MAX_PREALLOCATED) as usize);
            joined.extend_from_slice(&first);
        }
        joined.extend_from_slice(&data);
    }
}

/// Sleeps by tokio's timer. Outside a runtime, where the timer panics and requests fail, it returns immediately.
pub(super) fn sleep(duration: Duration) -> Sleeping<'static> {
    Box::pin(async move {
        if Handle::try_current().is_ok() {
            tokio::time::sleep(duration).await;
        }
    })
}

/// Spawns a task on the current runtime, if there is one.
pub(super) fn spawn(task: Task) -> Option<Task> {
    let Ok(runtime) = Handle::try_current() else {
        return Some(task);
    };
    runtime.spawn(task);
    None
}
