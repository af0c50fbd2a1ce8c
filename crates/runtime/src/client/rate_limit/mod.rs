//! Keeps calls within the documented rate limits, so that a loop runs at the allowed rate instead of into errors.

mod limiter;
#[cfg(test)]
mod tests;
mod window;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

pub(super) use self::limiter::RateLimiter;
use crate::{Error, lock::lock, operation::Operation};

/// Rate limit of a client, which its clones share.
///
/// By default no action is called more often within any second than its documentation allows; further calls wait, in
/// the order in which they were made. If the service reports too many calls all the same, the action is called at half
/// the rate for some seconds, and at half of that if it reports them again.
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

/// Rate limiters of a client, one for each action.
pub(super) struct RateLimiters {
    limit: RateLimit,
    /// Rates in calls per second that the caller has set for actions.
    rates: HashMap<String, f64>,
    limiters: Mutex<HashMap<Box<str>, Arc<RateLimiter>>>,
}

impl RateLimiters {
    /// Checks the rates and creates the rate limiters.
    pub(super) fn new(limit: RateLimit, rates: HashMap<String, f64>) -> Result<Self, Error> {
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
            limiters: Mutex::default(),
        })
    }

    /// Returns the rate limiter of an action; `None` if its calls never wait.
    pub(super) fn limiter(&self, operation: &Operation) -> Option<Arc<RateLimiter>> {
        let action = operation.name();
        let rate = match self.rates.get(action) {
            Some(rate) => Some(*rate),
            None => {
                let factor = self.limit.factor?;
                // A limiter for each name that a caller makes up could fill the memory.
                let documented = operation.described()?.rate_limit.filter(|rate| *rate > 0);
                documented.map(|rate| f64::from(rate) * factor)
            }
        };
        let mut limiters = lock(&self.limiters);
        if let Some(limiter) = limiters.get(action) {
            return Some(Arc::clone(limiter));
        }
        let limiter = Arc::new(RateLimiter::new(rate));
        limiters.insert(action.into(), Arc::clone(&limiter));
        Some(limiter)
    }
}
