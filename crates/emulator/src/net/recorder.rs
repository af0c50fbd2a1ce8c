//! Records the raw request heads and the traffic of a connection.

use std::io;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// A stream wrapper that records request heads and traffic.
pub(super) struct Recorder<S> {
    stream: S,
    log: Arc<ConnectionLog>,
}

/// The record of a connection.
#[derive(Default)]
pub(super) struct ConnectionLog {
    head: Mutex<Head>,
    /// The number of bytes transferred in both directions.
    transferred: AtomicU64,
    /// Set while a response is prepared, so that no traffic is expected.
    responding: AtomicBool,
}

/// The head of the incoming request.
#[derive(Default)]
struct Head {
    bytes: Vec<u8>,
    is_whole: bool,
}

/// The maximum head size in bytes. The HTTP library rejects larger ones.
pub(super) const HEAD_LIMIT: usize = 256 * 1024;

impl Head {
    /// Appends received bytes up to the empty line.
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

impl<S> Recorder<S> {
    pub(super) fn new(stream: S) -> (Self, Arc<ConnectionLog>) {
        let log = Arc::default();
        let recorder = Self {
            stream,
            log: Arc::clone(&log),
        };
        (recorder, log)
    }
}

impl ConnectionLog {
    /// Takes the recorded head if it is complete and starts with the method.
    ///
    /// Returns `None` for a pipelined request, whose head arrived with the request before it.
    pub(super) fn take_head(&self, method: &str) -> Option<Bytes> {
        let head = std::mem::take(&mut *self.head());
        let rest = head.bytes.strip_prefix(method.as_bytes());
        let is_of_method = rest.is_some_and(|rest| rest.starts_with(b" "));
        (head.is_whole && is_of_method).then(|| Bytes::from(head.bytes))
    }

    /// Sets whether a response is being prepared.
    pub(super) fn set_responding(&self, responding: bool) {
        self.responding.store(responding, Ordering::Relaxed);
    }

    /// Returns once the connection was idle for `timeout` while traffic was expected.
    pub(super) async fn idle(&self, timeout: Duration) {
        let mut seen = self.transferred.load(Ordering::Relaxed);
        loop {
            tokio::time::sleep(timeout).await;
            let transferred = self.transferred.load(Ordering::Relaxed);
            if transferred == seen && !self.responding.load(Ordering::Relaxed) {
                return;
            }
            seen = transferred;
        }
    }

    fn head(&self) -> MutexGuard<'_, Head> {
        self.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn count(&self, bytes: usize) {
        self.transferred.fetch_add(bytes as u64, Ordering::Relaxed);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Recorder<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if let Poll::Ready(Ok(())) = polled {
            let received = &buffer.filled()[before..];
            self.log.count(received.len());
            self.log.head().add(received);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Recorder<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        if let Poll::Ready(Ok(written)) = polled {
            self.log.count(written);
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
    fn head_ends_at_empty_line() {
        for (parts, expect) in [
            (
                &["GET / HTTP/1.1\r\nA: b\r\n\r\nbody"][..],
                "GET / HTTP/1.1\r\nA: b\r\n\r\n",
            ),
            (&["\r\n\r\nGET /\r", "\n\r", "\nbo", "dy"], "GET /\r\n\r\n"),
            (&["GET /\n\nbody"], "GET /\n\n"),
            (&["GET /\nA: b\n\r\nbody"], "GET /\nA: b\n\r\n"),
        ] {
            let log = ConnectionLog::default();
            for part in parts {
                log.head().add(part.as_bytes());
            }
            assert_eq!(log.take_head("GET").as_deref(), Some(expect.as_bytes()));
            assert_eq!(log.take_head("GET"), None);
        }
    }

    #[test]
    fn partial_head_is_not_returned() {
        let log = ConnectionLog::default();
        log.head().add(b"ST / HTTP/1.1\r\nA: b\r\n\r\n");
        assert_eq!(log.take_head("POST"), None);
    }

    #[test]
    fn head_size_is_bounded() {
        let log = ConnectionLog::default();
        for _ in 0..10 {
            log.head().add(&vec![b'x'; HEAD_LIMIT]);
        }
        assert_eq!(log.head().bytes.len(), HEAD_LIMIT);
        assert_eq!(log.take_head("x"), None);
    }
}
