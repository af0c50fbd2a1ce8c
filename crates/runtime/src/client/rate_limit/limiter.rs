use std::{pin::Pin, time::Duration};

use crate::{Attempt, transport::Transport};

/// Future of [`RateLimiter::acquire`].
pub type Acquiring<'a> = Pin<Box<dyn Future<Output = Result<u64, String>> + Send + 'a>>;

/// Admits the attempts of calls, so that the service's rate limits are kept.
///
/// A client has a [`LocalRateLimiter`](super::LocalRateLimiter) of its own, which knows nothing of other programs.
/// Implement this for programs that share the rates of an account through a store that they have, such as Redis; then
/// set it with [`ClientBuilder::rate_limiter`](crate::ClientBuilder::rate_limiter).
///
/// The service counts the calls of each action and account. The account is not told: a client calls with one account,
/// so the limiter that it is given is that account's. Whether regions are counted apart is not documented.
///
/// To keep a rate at the service, and not only at the start of a call, count a call from its permit until it is
/// [`answered`](Self::answered) and for one second more: the service received it between these two.
///
/// ```
/// use std::time::Duration;
///
/// use tc3::{Acquiring, Attempt, LocalRateLimiter, RateLimiter, transport::Transport};
///
/// /// Keeps a fixed share of each rate, for this number of processes.
/// struct Share {
///     processes: u32,
///     local: LocalRateLimiter,
/// }
///
/// impl RateLimiter for Share {
///     fn acquire<'a>(
///         &'a self,
///         attempt: Attempt<'a>,
///         rate: Option<f64>,
///         transport: &'a dyn Transport,
///         timeout: Duration,
///     ) -> Acquiring<'a> {
///         let share = rate.map(|rate| rate / f64::from(self.processes));
///         self.local.acquire(attempt, share, transport, timeout)
///     }
///
///     fn answered(&self, attempt: Attempt<'_>, permit: u64, throttled: bool) {
///         self.local.answered(attempt, permit, throttled);
///     }
/// }
/// ```
pub trait RateLimiter: Send + Sync + 'static {
    /// Waits until the attempt may be sent, and returns a number for its permit, which only this limiter reads.
    ///
    /// `rate` is what [`RateLimit`](super::RateLimit) and
    /// [`action_rate_limit`](crate::ClientBuilder::action_rate_limit) allow, in calls per second; `None` if they name no
    /// rate for the action. Calls without a limit do not come here. To sleep, use `transport`, which needs no async
    /// runtime. The future is dropped after `timeout`, and when the call is dropped: its turn then belongs to the next.
    ///
    /// # Errors
    /// Fails with a message for the call's error, which counts as a timeout: for example once it is known that the turn
    /// comes after the timeout.
    fn acquire<'a>(
        &'a self,
        attempt: Attempt<'a>,
        rate: Option<f64>,
        transport: &'a dyn Transport,
        timeout: Duration,
    ) -> Acquiring<'a>;

    /// Called when the service has answered an attempt. `throttled` says that it reported too many calls.
    ///
    /// It is not called if no response came: whether and when the service received the request is unknown then.
    fn answered(&self, attempt: Attempt<'_>, permit: u64, throttled: bool);
}
