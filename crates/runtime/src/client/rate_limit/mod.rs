//! Keeps calls within the documented rate limits, so that a loop runs at the allowed rate instead of into errors.

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

/// What to report for a call whose timeout ends before its permit.
pub(super) const NOT_IN_TIME: &str = "no permit of the rate limiter in time";

/// Rate limit of a client, which its clones share.
///
/// By default the service receives no action more often within any second than its documentation allows; further calls
/// wait, in the order in which they were made. A rate above one is rounded down to whole calls. If the service reports too many calls all the same, the action is called
/// at half the rate for some seconds, and at half of that if it reports them again.
///
/// To this end a call counts until one second after its answer, however long it was on its way. So calls with a round
/// trip of 50 ms reach 95 % of the rate. A call that takes longer than a second counts as received after one second,
/// and actions that are that slow reach half of the rate. What cannot hold: a request that needs more than a second to
/// the service, its connection included, or whose call was dropped and that arrives even later, may be one too many
/// there; and other programs that call with the same account are not known, unless all of them share a
/// [`RateLimiter`].
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
    /// What the documented rates are multiplied by; `None` turns the limit off.
    factor: Option<f64>,
}

impl RateLimit {
    /// Returns the documented rate limits. This is the default.
    pub const fn documented() -> Self {
        Self::scaled(1.0)
    }

    /// Returns the documented rate limits times `factor`: less than 1 if other programs call with the same account,
    /// more than 1 if the account has higher limits.
    pub const fn scaled(factor: f64) -> Self {
        Self {
            factor: Some(factor),
        }
    }

    /// Returns no rate limit: calls never wait, not even after the service has reported too many.
    pub const fn off() -> Self {
        Self { factor: None }
    }
}

impl Default for RateLimit {
    fn default() -> Self {
        Self::documented()
    }
}

/// Rates of a client, and the limiter that keeps them.
pub(super) struct RateLimits {
    limit: RateLimit,
    /// Rates in calls per second that the caller has set for actions.
    rates: HashMap<String, f64>,
    limiter: Arc<dyn RateLimiter>,
}

impl RateLimits {
    /// Checks the rates.
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

    /// Returns the limiter of an action and its rate, if there is one; `None` if its calls never wait.
    pub(super) fn of(&self, operation: &Operation) -> Option<(Arc<dyn RateLimiter>, Option<f64>)> {
        let rate = match self.rates.get(operation.name()) {
            Some(rate) => Some(*rate),
            None => {
                let factor = self.limit.factor?;
                // A queue for each name that a caller makes up could fill the memory.
                let documented = operation.described()?.rate_limit.filter(|rate| *rate > 0);
                documented.map(|rate| f64::from(rate) * factor)
            }
        };
        Some((Arc::clone(&self.limiter), rate))
    }
}
