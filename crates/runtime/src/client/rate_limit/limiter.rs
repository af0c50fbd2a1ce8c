use std::{pin::Pin, time::Duration};

use crate::{Attempt, transport::Transport};

/// Future of [`RateLimiter::acquire`].
pub type Acquiring<'a> = Pin<Box<dyn Future<Output = Result<u64, String>> + Send + 'a>>;

/// A rate limiter, which admits the attempts of calls within the service's rate limits.
///
/// By default each client has its own [`LocalRateLimiter`](super::LocalRateLimiter), which does not see the calls of other
/// programs. Implement this trait to share the rates of an account between programs, through a store such as Redis. Set
/// the limiter with [`ClientBuilder::rate_limiter`](crate::ClientBuilder::rate_limiter).
///
/// The service counts calls per action and account. The limiter does not receive the account, because a client calls with
/// one account: use one limiter for each account. The documentation does not say whether regions are counted separately.
///
/// The service counts a call when it receives it, at some time between the permit and the response. So count a call from
/// its permit until one second after [`answered`](Self::answered).
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
    /// Returns the number of a permit if the attempt may be sent immediately. If it returns `None`, as the default does,
    /// [`acquire`](Self::acquire) is called.
    ///
    /// It must neither block nor overtake waiting calls. Its arguments are those of `acquire`.
    fn try_acquire(&self, _attempt: &Attempt<'_>, _rate: Option<f64>) -> Option<u64> {
        None
    }

    /// Waits until the attempt may be sent, and returns the number of its permit, which only this limiter interprets.
    ///
    /// `rate` is the number of calls per second that [`RateLimit`](super::RateLimit) and
    /// [`action_rate_limit`](crate::ClientBuilder::action_rate_limit) allow; `None` if the action has no known rate. The
    /// method is not called for calls without a limit. To sleep, use `transport`, which needs no async runtime. The future
    /// is dropped after `timeout`, and when the call is dropped; the next waiting call then takes its turn.
    ///
    /// # Errors
    /// Fails with a message for the call's error, which counts as a timeout. For example, it can fail early if the permit
    /// would come after the timeout.
    fn acquire<'a>(
        &'a self,
        attempt: Attempt<'a>,
        rate: Option<f64>,
        transport: &'a dyn Transport,
        timeout: Duration,
    ) -> Acquiring<'a>;

    /// Called after the service has answered an attempt. `throttled` is true if the service reported too many calls.
    ///
    /// It is not called if there was no response, because then it is unknown whether and when the service received the
    /// request.
    fn answered(&self, attempt: Attempt<'_>, permit: u64, throttled: bool);
}
