//! Rate limiting: keeps calls within the documented rate limits, so that a loop runs at the allowed rate without errors.

mod limiter;
mod local;
#[cfg(test)]
mod tests;
mod window;

use std::{collections::HashMap, sync::Arc};

pub use self::{
    limiter::{Acquiring, RateLimiter},
    local::LocalRateLimiter,
};
use crate::{Error, operation::Operation};

/// Error message of a call that timed out while it waited for a permit.
pub(super) const PERMIT_TIMEOUT: &str = "timeout while waiting for the rate limit";

/// Rate limit of a client, which its clones share.
///
/// By default, the service receives no more calls of an action in any second than its documentation allows. Further calls
/// wait in the order in which they were made. A rate above one is rounded down to whole calls. If the service nevertheless
/// reports too many calls, the rate of the action is halved for some seconds, and halved again after another report.
///
/// For this, a call counts until one second after its response. So calls with a round trip of 50 ms reach 95 % of the rate.
/// A call without a response counts as received after one second, so actions that take longer reach half of the rate.
///
/// The limit has two gaps. A request that needs more than one second to reach the service, connecting included, may exceed
/// the rate. And calls of other programs with the same account do not count, unless all programs share a [`RateLimiter`].
///
/// ```
/// use tc3::RateLimit;
///
/// let shared_account = RateLimit::scaled(0.5);
/// let raised_by_support = RateLimit::scaled(10.0);
/// # let _ = (shared_account, raised_by_support, RateLimit::off());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimit {
    /// Factor of the documented rates; `None` turns the limit off.
    factor: Option<f64>,
}

impl RateLimit {
    /// Returns the documented rate limits. This is the default.
    pub const fn documented() -> Self {
        Self::scaled(1.0)
    }

    /// Returns the documented rate limits times `factor`. Use less than 1 if other programs call with the same account,
    /// and more than 1 if the account has higher limits.
    pub const fn scaled(factor: f64) -> Self {
        Self {
            factor: Some(factor),
        }
    }

    /// Returns a disabled rate limit: calls never wait, not even after the service has reported too many calls.
    pub const fn off() -> Self {
        Self { factor: None }
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::documented()
    }
}

/// Rates of a client and its rate limiter.
pub(super) struct RateLimits {
    limit: RateLimit,
    /// Rates of actions that the caller set, in calls per second.
    rates: HashMap<String, f64>,
    limiter: Arc<dyn RateLimiter>,
}

impl RateLimits {
    /// Validates the rates.
    pub(super) fn new(
        limit: RateLimit,
        rates: HashMap<String, f64>,
        limiter: Arc<dyn RateLimiter>,
    ) -> Result<Self, Error> {
        let is_valid = |rate: f64| rate.is_finite() && rate > 0.0;
        if let Some(factor) = limit.factor.filter(|factor| !is_valid(*factor)) {
            let problem = format!(
                "factor {factor} must be a number greater than zero; use `RateLimit::off` for no limit"
            );
            return Err(Error::setting("rate_limit", problem));
        }
        if let Some((action, rate)) = rates.iter().find(|(_, rate)| !is_valid(**rate)) {
            let action = action.escape_debug();
            let problem = format!("rate {rate} of `{action}` must be a number greater than zero");
            return Err(Error::setting("action_rate_limit", problem));
        }
        Ok(Self {
            limit,
            rates,
            limiter,
        })
    }

    /// Returns the limiter and the known rate of an action; `None` if its calls are not limited.
    pub(super) fn of(&self, operation: &Operation) -> Option<(Arc<dyn RateLimiter>, Option<f64>)> {
        let rate = match self.rates.get(operation.name()) {
            Some(rate) => Some(*rate),
            None => {
                let factor = self.limit.factor?;
                // Queues for arbitrary action names could fill the memory.
                let documented = operation.described()?.rate_limit.filter(|rate| *rate > 0);
                documented.map(|rate| f64::from(rate) * factor)
            }
        };
        Some((Arc::clone(&self.limiter), rate))
    }
}
