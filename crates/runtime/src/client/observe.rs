use std::time::Duration;

use crate::{Error, Service};

/// Observer of the attempts of a client's calls, for counters, logs and the like.
///
/// Its methods run within the call and should return quickly. Nothing that they receive holds a secret.
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
    /// Called before a request is sent.
    fn before(&self, attempt: &Attempt<'_>) {
        let _ = attempt;
    }

    /// Called when an attempt ends, with the request ID if the service succeeded, else with the error. Another attempt
    /// may follow.
    fn after(&self, attempt: &Attempt<'_>, outcome: Result<&str, &Error>) {
        let _ = (attempt, outcome);
    }
}

/// One attempt of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt<'a> {
    /// Name of the action.
    pub action: &'a str,
    /// Service and its version.
    pub service: &'static Service,
    /// Region that is sent, if any.
    pub region: Option<&'a str>,
    /// Host, with the port if the endpoint has one.
    pub host: &'a str,
    /// Number of the attempt within its call, from 1.
    pub number: u32,
    /// Time since the request was sent; zero before.
    pub elapsed: Duration,
}
