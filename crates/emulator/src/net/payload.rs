use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

/// The body of an answer, which may break off before its end.
pub(super) struct Payload {
    /// What is still to be sent.
    rest: Bytes,
    /// How long the body is said to be.
    length: u64,
    breaks: Break,
}

/// Whether and when a body breaks off.
enum Break {
    Never,
    /// Once the rest is sent.
    AfterRest,
    /// The rest is on its way out: the next look at the body breaks it off.
    Next,
}

/// The body breaks off, as a fault asked for.
#[derive(Debug, thiserror::Error)]
#[error("the answer is cut, as a fault asked for")]
pub(super) struct Cut;

impl Payload {
    /// A body that is sent whole, or as far as the byte `cut`.
    pub(super) fn new(mut bytes: Bytes, cut: Option<usize>) -> Self {
        let length = bytes.len() as u64;
        let breaks = match cut {
            Some(cut) if cut < bytes.len() => {
                bytes.truncate(cut);
                Break::AfterRest
            }
            _ => Break::Never,
        };
        Self {
            rest: bytes,
            length,
            breaks,
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
        match self.breaks {
            Break::Never => Poll::Ready(None),
            Break::AfterRest => {
                // What was given is flushed only while there is nothing more to give.
                self.breaks = Break::Next;
                context.waker().wake_by_ref();
                Poll::Pending
            }
            Break::Next => Poll::Ready(Some(Err(Cut))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && matches!(self.breaks, Break::Never)
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
