use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// A response body that may be cut short.
pub(super) struct Payload {
    /// The bytes still to be sent.
    rest: Bytes,
    /// The declared length.
    length: u64,
    cut: CutState,
}

/// State of an injected cut.
enum CutState {
    /// The body is sent whole.
    Never,
    /// The body is cut after the rest is sent.
    AfterRest,
    /// The body is cut at the next poll, because the rest is flushed.
    Next,
}

/// The body is cut by a fault.
#[derive(Debug, thiserror::Error)]
#[error("the response was cut by an injected fault")]
pub(super) struct Cut;

impl Payload {
    /// Creates a body that ends after `cut` bytes if set.
    pub(super) fn new(mut bytes: Bytes, cut: Option<usize>) -> Self {
        let length = bytes.len() as u64;
        let state = match cut {
            Some(cut) if cut < bytes.len() => {
                bytes.truncate(cut);
                CutState::AfterRest
            }
            _ => CutState::Never,
        };
        Self {
            rest: bytes,
            length,
            cut: state,
        }
    }
}

impl Body for Payload {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if !self.rest.is_empty() {
            let rest = std::mem::take(&mut self.rest);
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        match self.cut {
            CutState::Never => Poll::Ready(None),
            CutState::AfterRest => {
                // The frame is flushed only when the body is pending.
                self.cut = CutState::Next;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            CutState::Next => Poll::Ready(Some(Err(Cut))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && matches!(self.cut, CutState::Never)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
