use std::{
    fmt,
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU8, Ordering},
    },
    task::{Context, Poll},
    time::{Duration, Instant},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

use crate::Phase;

/// How many bytes of a body are handed to the connection at a time.
const CHUNK: usize = 64 * 1024;

/// The body of a request, which keeps book of how much of it was handed to the connection.
///
/// hyper, on which reqwest stands too, takes the first bytes of a body in the same turn in which it writes the head, and a service cannot act on
/// a request before it has all of the body. So what was taken of the body tells what the service may have done.
pub(super) struct Upload {
    rest: Bytes,
    progress: Progress,
}

impl Upload {
    pub(super) fn new(body: Bytes, progress: Progress) -> Self {
        if body.is_empty() {
            // hyper does not ask for it, so nothing would be noted.
            progress.advance(WHOLE);
        }
        Self {
            rest: body,
            progress,
        }
    }
}

impl Body for Upload {
    type Data = Bytes;
    type Error = Stopped;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Stopped>>> {
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.rest.len().min(CHUNK);
        let whole = length == self.rest.len();
        if !self.progress.advance(if whole { WHOLE } else { PART }) {
            return Poll::Ready(Some(Err(Stopped)));
        }
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

/// How much of a body was handed over, and when. Clones are views of the same one.
#[derive(Clone, Default)]
pub(super) struct Progress(Arc<Shared>);

#[derive(Default)]
struct Shared {
    state: AtomicU8,
    whole: OnceLock<Instant>,
}

const NOTHING: u8 = 0;
const PART: u8 = 1;
const WHOLE: u8 = 2;
const STOPPED: u8 = 3;

impl Progress {
    /// Notes that more is handed over; `false` if no more may be.
    fn advance(&self, to: u8) -> bool {
        if to == WHOLE {
            self.0.whole.get_or_init(Instant::now);
        }
        self.0
            .state
            .fetch_update(Ordering::AcqRel, Ordering::Acquire, |now| {
                (now != STOPPED).then_some(to)
            })
            .is_ok()
    }

    /// For how long the whole body has been handed over.
    pub(super) fn waited(&self) -> Duration {
        self.0.whole.get().map_or(Duration::ZERO, Instant::elapsed)
    }

    /// Forbids to hand over more, and tells what was by then. The connection runs in a task of its own and may be
    /// about to take a part at this very moment: after this it cannot, so what is told stays true.
    pub(super) fn stop(&self) -> Phase {
        match self.0.state.swap(STOPPED, Ordering::AcqRel) {
            NOTHING => Phase::NotConnected,
            PART => Phase::SentInPart,
            _ => Phase::SentWhole,
        }
    }
}

/// The call was given up before its body was sent.
#[derive(Debug)]
pub(super) struct Stopped;

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the call was given up")
    }
}

impl std::error::Error for Stopped {}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    fn next(upload: &mut Upload) -> Option<Result<usize, Stopped>> {
        let mut context = Context::from_waker(Waker::noop());
        match Pin::new(upload).poll_frame(&mut context) {
            Poll::Ready(frame) => frame.map(|frame| Ok(frame?.into_data().unwrap().len())),
            Poll::Pending => panic!("a body in memory is always ready"),
        }
    }

    fn upload(length: usize) -> (Upload, Progress) {
        let progress = Progress::default();
        let body = vec![b' '; length].into();
        (Upload::new(body, progress.clone()), progress)
    }

    #[test]
    fn tells_how_much_was_handed_over() {
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
    fn hands_over_nothing_once_stopped() {
        let (mut body, progress) = upload(2 * CHUNK);
        next(&mut body).unwrap().unwrap();
        assert_eq!(progress.stop(), Phase::SentInPart);
        assert!(next(&mut body).unwrap().is_err());
    }
}
