//! What carries requests to a service and brings back the answers.
//!
//! A client needs a [`Transport`] and does not care which. The crate's own stand behind features: one over hyper and
//! rustls (`hyper`, on by default), and one over ureq for programs without an async runtime (`blocking`). Whoever has
//! reqwest already makes a `Reqwest` of it (`reqwest`); whoever has another HTTP client, or wants answers without a
//! network in tests, implements the trait.
//!
//! ```
//! use std::{io, sync::Mutex};
//!
//! use tc3::{
//!     Phase,
//!     transport::{Bytes, Limits, Sending, Transport, TransportError, http},
//! };
//!
//! /// Answers with what it was given, once, and then refuses.
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
//! }
//! ```

#[cfg(feature = "blocking")]
mod blocking;
#[cfg(any(feature = "blocking", feature = "hyper", feature = "reqwest"))]
mod cause;
mod error;
#[cfg(any(feature = "hyper", feature = "reqwest"))]
mod exchange;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(any(feature = "blocking", feature = "hyper"))]
pub(crate) mod own;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(all(
    test,
    any(feature = "blocking", feature = "hyper", feature = "reqwest")
))]
mod tests;
mod timer;
#[cfg(any(feature = "hyper", feature = "reqwest"))]
mod upload;
mod within;

use std::{pin::Pin, sync::Arc, time::Duration};

pub use bytes::Bytes;
pub use error::TransportError;
pub use http;
pub(crate) use within::within;

#[cfg(feature = "blocking")]
pub(crate) use self::blocking::Blocking;
#[cfg(feature = "hyper")]
pub(crate) use self::hyper::Hyper;
#[cfg(feature = "reqwest")]
pub use self::reqwest::Reqwest;

/// The future of an answer.
pub type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<http::Response<Bytes>, TransportError>> + Send + 'a>>;

/// The future of a pause.
pub type Sleeping<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// Carries requests to a service and brings back the answers.
///
/// What an implementation has to do:
/// - send the request as it is, with every header it has: `Host` and `Content-Type` are signed. A header more, such as
///   `Content-Length`, does no harm;
/// - give up when [`Limits::timeout`] is over, when the other side is silent for [`Limits::silence`], or the body of the
///   answer is larger than [`Limits::response_bytes`];
/// - follow no redirect, and hand back answers of every status as they are;
/// - say in errors how far the request had come, and rather too far than not far enough: a retry may hang on it.
///
/// Dropping the future ends the call.
pub trait Transport: Send + Sync + 'static {
    /// Sends a request to the scheme, host and port of its URI, and waits for the whole answer.
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_>;

    /// Waits before the next attempt, or for a turn at the documented rate.
    ///
    /// The default is a thread of its own that wakes whoever waits. A transport that has timers anyway, or none to wait
    /// for as in a test, has a better way.
    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        Box::pin(timer::sleep(duration))
    }

    /// Whether the futures do their work when polled and are never pending, so that they need no async runtime.
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

    fn is_blocking(&self) -> bool {
        (**self).is_blocking()
    }
}

/// The bounds of one exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long the exchange may take, from the first step to the last byte of the answer.
    pub timeout: Duration,
    /// How long the other side may be silent once the request is sent: before the answer, and between its parts.
    pub silence: Duration,
    /// How many bytes the body of the answer may have.
    pub response_bytes: usize,
}

impl Limits {
    /// For a small question to a server that is expected to answer within that time, such as one that gives out
    /// credentials: the body of the answer may have 1 MiB.
    pub fn within(timeout: Duration) -> Self {
        Self {
            timeout,
            silence: timeout,
            response_bytes: 1024 * 1024,
        }
    }
}
