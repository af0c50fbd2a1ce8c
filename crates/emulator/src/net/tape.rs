//! A connection that remembers the head of each request as it was sent, and how much has moved.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A connection whose reading and writing is noted.
pub(super) struct Tape<S> {
    stream: S,
    notes: Arc<Notes>,
}

/// What was noted of a connection.
#[derive(Default)]
pub(super) struct Notes {
    head: Mutex<Head>,
    /// How many bytes went in either direction.
    moved: AtomicU64,
    /// Whether an answer is being thought about, so that nothing needs to move.
    answering: AtomicBool,
}

/// The head of the request that comes in.
#[derive(Default)]
struct Head {
    bytes: Vec<u8>,
    is_whole: bool,
}

/// How long a head may be, in bytes. Beyond it the HTTP library refuses the request.
pub(super) const HEAD_LIMIT: usize = 256 * 1024;

impl Head {
    /// Adds what came, up to the empty line.
    fn add(&mut self, mut bytes: &[u8]) {
        // Empty lines before a request are not part of it (RFC 9112, section 2.2).
        while self.bytes.is_empty()
            && let [b'\r' | b'\n', rest @ ..] = bytes
        {
            bytes = rest;
        }
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            if self.is_whole {
                return;
            }
            let room = HEAD_LIMIT - self.bytes.len();
            self.bytes.extend_from_slice(&line[..line.len().min(room)]);
            self.is_whole = self.bytes.ends_with(b"\n\r\n") || self.bytes.ends_with(b"\n\n");
        }
    }
}

impl<S> Tape<S> {
    pub(super) fn new(stream: S) -> (Self, Arc<Notes>) {
        let notes = Arc::default();
        let tape = Self {
            stream,
            notes: Arc::clone(&notes),
        };
        (tape, notes)
    }
}

impl Notes {
    /// The head of the request that has come in, which is of that method, and makes room for the next one.
    ///
    /// `None` for a request that a client sent before it had the answer to the one before: its head, or the beginning of
    /// it, came in with that.
    pub(super) fn take_head(&self, method: &str) -> Option<Bytes> {
        let head = std::mem::take(&mut *self.head());
        let rest = head.bytes.strip_prefix(method.as_bytes());
        let begins = rest.is_some_and(|rest| rest.starts_with(b" "));
        (head.is_whole && begins).then(|| Bytes::from(head.bytes))
    }

    /// Says whether an answer is being thought about.
    pub(super) fn set_answering(&self, answering: bool) {
        self.answering.store(answering, Ordering::Relaxed);
    }

    /// Returns once nothing has moved for so long, in either direction, although something should have.
    pub(super) async fn stalled(&self, patience: Duration) {
        let mut seen = self.moved.load(Ordering::Relaxed);
        loop {
            // A patience without any movement is what is waited for.
            tokio::time::sleep(patience).await;
            let moved = self.moved.load(Ordering::Relaxed);
            if moved == seen && !self.answering.load(Ordering::Relaxed) {
                return;
            }
            seen = moved;
        }
    }

    fn head(&self) -> MutexGuard<'_, Head> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, bytes: usize) {
        self.moved.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Tape<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = polled {
            let came = &buffer.filled()[before..];
            self.notes.count(came.len());
            self.notes.head().add(came);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Tape<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        if let Poll::Ready(Ok(written)) = polled {
            self.notes.count(written);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_ends_at_the_empty_line() {
        for (parts, expect) in [
            (
                &["GET / HTTP/1.1\r\nA: b\r\n\r\nbody"][..],
                "GET / HTTP/1.1\r\nA: b\r\n\r\n",
            ),
            (&["\r\n\r\nGET /\r", "\n\r", "\nbo", "dy"], "GET /\r\n\r\n"),
            (&["GET /\n\nbody"], "GET /\n\n"),
            (&["GET /\nA: b\n\r\nbody"], "GET /\nA: b\n\r\n"),
        ] {
            let notes = Notes::default();
            for part in parts {
                notes.head().add(part.as_bytes());
            }
            assert_eq!(notes.take_head("GET").as_deref(), Some(expect.as_bytes()));
            assert_eq!(notes.take_head("GET"), None);
        }
    }

    #[test]
    fn the_rest_of_a_head_is_none() {
        let notes = Notes::default();
        notes.head().add(b"ST / HTTP/1.1\r\nA: b\r\n\r\n");
        assert_eq!(notes.take_head("POST"), None);
    }

    #[test]
    fn an_endless_head_takes_no_more_memory() {
        let notes = Notes::default();
        for _ in 0..10 {
            notes.head().add(&vec![b'x'; HEAD_LIMIT]);
        }
        assert_eq!(notes.head().bytes.len(), HEAD_LIMIT);
        assert_eq!(notes.take_head("x"), None);
    }
}
