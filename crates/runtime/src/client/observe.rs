use std::fmt;

use crate::{Error, Service};

/// Is told of every attempt of a client's calls, before and after it: for counters, logs and the like.
///
/// It is called within the call, so it had better be quick. Nothing that it is given holds a secret.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
///
/// use tc3::{Attempt, Error, Observer};
///
/// #[derive(Default)]
/// struct Counter {
///     attempts: AtomicU64,
///     throttled: AtomicU64,
/// }
///
/// impl Observer for Counter {
///     fn before(&self, _attempt: &Attempt<'_>) {
///         self.attempts.fetch_add(1, Ordering::Relaxed);
///     }
///
///     fn after(&self, _attempt: &Attempt<'_>, outcome: Result<&str, &Error>) {
///         if outcome.is_err_and(Error::is_throttled) {
///             self.throttled.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Observer: Send + Sync + 'static {
    /// A request is about to be sent.
    fn before(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// The attempt ended: with the request's identifier if the service did what was asked, else with the error. The
    /// call may go on with another attempt.
    fn after(&self, attempt: &Attempt<'_>, outcome: Result<&str, &Error>) {
        let _ = (attempt, outcome);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// The action that is called.
    pub action: &'a str,
    /// The service and its version.
    pub service: &'static Service,
    /// The region that is sent along.
    pub region: Option<&'a str>,
    /// The host, with its port if the endpoint has one.
    pub host: &'a str,
    /// Which attempt of the call it is, from 1.
    pub number: u32,
}

impl fmt::Debug for Attempt<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Attempt")
            .field("action", &self.action)
            .field("service", &self.service.name)
            .field("version", &self.service.version)
            .field("region", &self.region)
            .field("host", &self.host)
            .field("number", &self.number)
            .finish()
    }
}
