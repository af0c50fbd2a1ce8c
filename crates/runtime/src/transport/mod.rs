//! HTTP transport of a client.
//!
//! Two transports are built in, over hyper and rustls: one that runs in the program's tokio runtime (feature `hyper`, on
//! by default), and one on its own thread, for programs without a runtime (feature `blocking`). A program that uses
//! reqwest can share its connections through `Reqwest` (feature `reqwest`). For any other HTTP client, implement
//! [`Transport`].
//!
//! ```
//! use std::{io, sync::Mutex, time::Duration};
//!
//! use tc3::{
//!     Phase,
//!     transport::{Bytes, Limits, Sending, Sleeping, Transport, TransportError, http},
//! };
//!
//! /// Responds once with this body, and then refuses connections.
//! struct Canned(Mutex<Option<Bytes>>);
//!
//! impl Transport for Canned {
//!     fn send(&self, _request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
//!         let body = self.0.lock().unwrap().take();
//!         Box::pin(async move {
//!             match body {
//!                 Some(body) => Ok(http::Response::new(body)),
//!                 None => Err(TransportError::new(
//!                     Phase::NotConnected,
//!                     io::Error::from(io::ErrorKind::ConnectionRefused),
//!                 )),
//!             }
//!         })
//!     }
//!
//!     fn sleep(&self, duration: Duration) -> Sleeping<'_> {
//!         Box::pin(tokio::time::sleep(duration))
//!     }
//! }
//! ```
//!
//! # Connections
//! The built-in transports keep connections open and reuse them:
//! - An idle connection is closed after 30 seconds, before servers close it. If the server has closed it already, the
//!   request is sent over another one.
//! - An HTTP/2 connection that receives nothing is pinged every 10 seconds. If the server does not answer within 10
//!   seconds, the connection and all calls on it fail.
//! - A request counts as sent in part, and is retried, if the server refuses its HTTP/2 stream, or closes the connection
//!   and reports that it did not process the stream.
//! - Each tokio runtime has its own connections. A client can be used in several runtimes, such as a `static` client in
//!   tests.
//!
//! Their libraries do not log headers or bodies at any level.

#[cfg(feature = "blocking")]
mod blocking;
#[cfg(any(feature = "blocking", feature = "hyper", feature = "reqwest"))]
mod cause;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod connect;
mod error;
#[cfg(any(feature = "blocking", feature = "hyper", feature = "reqwest"))]
mod exchange;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod hyper;
#[cfg(any(feature = "blocking", feature = "hyper"))]
pub(crate) mod options;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod proxy;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod roots;
#[cfg(all(
    test,
    any(feature = "blocking", feature = "hyper", feature = "reqwest")
))]
mod tests;
mod timeout;
#[cfg(any(feature = "blocking", feature = "hyper", feature = "reqwest"))]
mod upload;
#[cfg(any(feature = "blocking", feature = "hyper"))]
mod without_info;

use std::{pin::Pin, sync::Arc, time::Duration};

pub use bytes::Bytes;
pub use error::TransportError;
pub use http;
pub(crate) use timeout::with_timeout;

#[cfg(feature = "blocking")]
pub(crate) use self::blocking::Blocking;
#[cfg(any(feature = "blocking", feature = "hyper"))]
pub(crate) use self::hyper::Hyper;
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;

/// Maximum timeout. `Instant` cannot represent the end of `Duration::MAX`.
pub(crate) const MAX_TIMEOUT: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// Future of [`Transport::send`].
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// Future of [`Transport::sleep`].
pub type Sleeping<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Future of [`Transport::spawn`].
pub type Task = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Sends requests to a service and returns the responses.
///
/// An implementation must:
/// - send the request unchanged, with all its headers, because `Host` and `Content-Type` are signed. It may add
///   headers, such as `Content-Length`;
/// - fail after [`Limits::timeout`], if the server sends nothing for [`Limits::read_timeout`], and if the body of the
///   response is larger than [`Limits::response_bytes`];
/// - not follow redirects and not retry, and return responses with any status unchanged;
/// - report in errors the phase that the request reached. If two phases are possible, report the later one: a retry
///   depends on it.
///
/// Dropping the future cancels the request.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request to the scheme, host and port of its URI, and waits for the complete response.
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_>;

    /// Sleeps for this time. It is used for backoff, rate limits and timeouts.
    ///
    /// In tests it may return immediately.
    fn sleep(&self, duration: Duration) -> Sleeping<'_>;

    /// Runs a task in the background, such as the fetch of a credential, which outlives the call that started it. Returns
    /// the task if that is impossible; the calls that wait for it then poll it.
    fn spawn(&self, task: Task) -> Option<Task> {
        Some(task)
    }

    /// Returns whether the futures need no async runtime, because they block the thread or wait for another thread.
    fn is_blocking(&self) -> bool {
        false
    }
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        (**self).send(request, limits)
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        (**self).sleep(duration)
    }

    fn spawn(&self, task: Task) -> Option<Task> {
        (**self).spawn(task)
    }

    fn is_blocking(&self) -> bool {
        (**self).is_blocking()
    }
}

/// Limits of one request and its response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// Time from the start to the last byte of the response.
    pub timeout: Duration,
    /// Time for which the server may send nothing: between the request and the response, between parts of the response,
    /// and before it opens an HTTP/2 stream for the request.
    pub read_timeout: Duration,
    /// Maximum size of the body of the response.
    pub response_bytes: usize,
}

impl Limits {
    /// Returns limits for a small request, such as one to a server that issues credentials. The maximum size of the
    /// response body is 1 MiB.
    pub fn within(timeout: Duration) -> Self {
        Self {
            timeout,
            read_timeout: timeout,
            response_bytes: 1024 * 1024,
        }
    }
}
