use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use crate::{Phase, lock::lock};

/// Maximum number of bytes that are passed to the connection at a time.
const CHUNK: usize = 64 * 1024;

/// Body of a request, which records how much of it was passed to the connection. Clones share the record.
///
/// hyper, which reqwest uses too, takes the first bytes of a body when it writes the head. A service cannot act on a
/// request before it has the whole body. So the record shows whether the service may have acted.
#[derive(Clone)]
pub(super) struct Upload(Arc<Mutex<State>>);

struct State {
    rest: Bytes,
    phase: Phase,
    /// Start of the wait for the server: for its response, or for the stream of the request.
    waiting: Option<Instant>,
    stopped: bool,
}

impl Upload {
    pub(super) fn new(body: Bytes) -> Self {
        let mut state = State {
            rest: body,
            phase: Phase::NotConnected,
            waiting: None,
            stopped: false,
        };
        if state.rest.is_empty() {
            // hyper does not poll an empty body, so it is recorded here.
            state.advance();
        }
        Self(Arc::new(Mutex::new(state)))
    }

    /// Records that a connection has taken the request. HTTP/2 can send the head alone, and the server can let the
    /// request wait for a stream.
    pub(super) fn connected(&self) {
        let mut state = lock(&self.0);
        if state.phase == Phase::NotConnected {
            state.phase = Phase::SentInPart;
            state.waiting = Some(Instant::now());
        }
    }

    /// Returns how long the request has waited for the server.
    pub(super) fn waited(&self) -> Duration {
        let waiting = lock(&self.0).waiting;
        waiting.map_or(Duration::ZERO, |waiting| waiting.elapsed())
    }

    /// Stops the upload and returns the phase that it reached. The connection runs in its own task and could otherwise
    /// take another part later; after this the phase is final.
    pub(super) fn stop(&self) -> Phase {
        let mut state = lock(&self.0);
        state.stopped = true;
        state.phase
    }
}

impl State {
    /// Returns the next part and updates the phase.
    fn advance(&mut self) -> Bytes {
        let part = self.rest.split_to(self.rest.len().min(CHUNK));
        (self.phase, self.waiting) = if self.rest.is_empty() {
            (Phase::SentWhole, Some(Instant::now()))
        } else {
            (Phase::SentInPart, None)
        };
        part
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let mut state = lock(&self.0);
        Poll::Ready(if state.rest.is_empty() {
            None
        } else if state.stopped {
            Some(Err(io::Error::other("the call was cancelled")))
        } else {
            Some(Ok(Frame::data(state.advance())))
        })
    }

    fn is_end_stream(&self) -> bool {
        lock(&self.0).rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(lock(&self.0).rest.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn next(upload: &mut Upload) -> Option<io::Result<usize>> {
        let mut context = Context::from_waker(Waker::noop());
        match Pin::new(upload).poll_frame(&mut context) {
            Poll::Ready(frame) => frame.map(|frame| Ok(frame?.into_data().unwrap().len())),
            Poll::Pending => panic!("a body in memory is always ready"),
        }
    }

    fn upload(length: usize) -> Upload {
        Upload::new(vec![b' '; length].into())
    }

    #[test]
    fn phase_follows_the_upload() {
        assert_eq!(upload(2).stop(), Phase::NotConnected);

        let mut body = upload(CHUNK + 1);
        assert_eq!(next(&mut body).unwrap().unwrap(), CHUNK);
        assert_eq!(body.stop(), Phase::SentInPart);

        let mut body = upload(CHUNK + 1);
        assert_eq!(next(&mut body).unwrap().unwrap(), CHUNK);
        assert_eq!(next(&mut body).unwrap().unwrap(), 1);
        assert!(next(&mut body).is_none());
        assert_eq!(body.stop(), Phase::SentWhole);

        assert_eq!(upload(0).stop(), Phase::SentWhole);
    }

    #[test]
    fn stopped_upload_sends_nothing() {
        let mut body = upload(2 * CHUNK);
        next(&mut body).unwrap().unwrap();
        assert_eq!(body.clone().stop(), Phase::SentInPart);
        assert!(next(&mut body).unwrap().is_err());
    }
}
