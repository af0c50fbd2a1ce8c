use std::{
    io,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::Phase;

/// How many bytes of a body are handed to the connection at a time.
const CHUNK: usize = 64 * 1024;

/// The body of a request, which records how much of it was handed to the connection.
///
/// hyper, which reqwest uses too, takes the first bytes of a body when it writes the head, and a service cannot act on
/// a request before it has the whole body. So what was taken of the body tells what the service may have done.
pub(super) struct Upload {
    rest: Bytes,
    progress: Progress,
}

impl Upload {
    pub(super) fn new(body: Bytes) -> (Self, Progress) {
        let progress = Progress(Arc::new(Mutex::new(State {
            phase: Phase::NotConnected,
            sent: None,
            stopped: false,
        })));
        if body.is_empty() {
            // hyper does not poll an empty body, so nothing would be recorded.
            progress.advance(Phase::SentWhole);
        }
        let upload = Self {
            rest: body,
            progress: progress.clone(),
        };
        (upload, progress)
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let phase = match self.rest.len() > CHUNK {
            true => Phase::SentInPart,
            false => Phase::SentWhole,
        };
        if !self.progress.advance(phase) {
            return Poll::Ready(Some(Err(io::Error::other("the call was cancelled"))));
        }
        let length = self.rest.len().min(CHUNK);
        let chunk = self.rest.split_to(length);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}

/// How much of a body was handed over, and when. Clones share it.
#[derive(Clone)]
pub(super) struct Progress(Arc<Mutex<State>>);

struct State {
    phase: Phase,
    /// When the whole body was handed over.
    sent: Option<Instant>,
    stopped: bool,
}

impl Progress {
    /// Records that more is handed over. Returns `false` if no more may be.
    fn advance(&self, phase: Phase) -> bool {
        let mut state = self.lock();
        if state.stopped {
            return false;
        }
        state.phase = phase;
        if phase == Phase::SentWhole {
            state.sent = Some(Instant::now());
        }
        true
    }

    /// The time since the whole body was handed over.
    pub(super) fn waited(&self) -> Duration {
        self.lock()
            .sent
            .as_ref()
            .map_or(Duration::ZERO, Instant::elapsed)
    }

    /// Stops the upload, and tells how far it got. The connection runs in a task of its own and may be about to take
    /// another part; after this it cannot, so the phase does not change any more.
    pub(super) fn stop(&self) -> Phase {
        let mut state = self.lock();
        state.stopped = true;
        state.phase
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
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

    fn upload(length: usize) -> (Upload, Progress) {
        Upload::new(vec![b' '; length].into())
    }

    #[test]
    fn phase_is_that_of_the_part_handed_over() {
        let (_, progress) = upload(2);
        assert_eq!(progress.stop(), Phase::NotConnected);

        let (mut body, progress) = upload(CHUNK + 1);
        assert_eq!(next(&mut body).unwrap().unwrap(), CHUNK);
        assert_eq!(progress.stop(), Phase::SentInPart);

        let (mut body, progress) = upload(CHUNK + 1);
        assert_eq!(next(&mut body).unwrap().unwrap(), CHUNK);
        assert_eq!(next(&mut body).unwrap().unwrap(), 1);
        assert!(next(&mut body).is_none());
        assert_eq!(progress.stop(), Phase::SentWhole);

        let (_, progress) = upload(0);
        assert_eq!(progress.stop(), Phase::SentWhole);
    }

    #[test]
    fn nothing_is_handed_over_after_stop() {
        let (mut body, progress) = upload(2 * CHUNK);
        next(&mut body).unwrap().unwrap();
        assert_eq!(progress.stop(), Phase::SentInPart);
        assert!(next(&mut body).unwrap().is_err());
    }
}
