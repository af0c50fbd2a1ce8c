//! Keeping to the documented rates on our side, so that a loop runs at the allowed pace instead of into errors.

mod lane;
#[cfg(test)]
mod tests;
mod turns;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub(super) use self::lane::{Lane, TooLate};
use crate::{Error, operation::Operation};

/// How fast a client calls, and all its clones together.
///
/// By default no action is called more often within any second than its documentation allows; calls beyond that wait
/// for their turn, first come, first served. If the service says all the same that there were too many, the action is
/// called at half the rate for some seconds, and at half of that if it says so again.
///
/// ```
/// use tc3::Pacing;
///
/// let shared_account = Pacing::times(0.5);
/// let raised_by_support = Pacing::times(10.0);
/// # let _ = (shared_account, raised_by_support, Pacing::off());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pacing {
    /// What the documented rates are multiplied with; `None` if they are not kept.
    factor: Option<f64>,
}

impl Pacing {
    /// The documented rates. This is the default.
    pub const fn documented() -> Self {
        Self::times(1.0)
    }

    /// The documented rates times a factor: less than 1 where others call with the same account, more than 1 where the
    /// service allows the account more.
    pub const fn times(factor: f64) -> Self {
        Self {
            factor: Some(factor),
        }
    }

    /// No waiting, not even after the service has said that there were too many calls.
    pub const fn off() -> Self {
        Self { factor: None }
    }
}

impl Default for Pacing {
    fn default() -> Self {
        Self::documented()
    }
}

/// The turns of a client's calls, by action.
pub(super) struct Pacer {
    pacing: Pacing,
    /// Rates that the caller has set, by action.
    rates: HashMap<String, f64>,
    lanes: Mutex<HashMap<Box<str>, Arc<Lane>>>,
}

impl Pacer {
    /// A pacer; refuses rates that cannot be ones.
    pub(super) fn new(pacing: Pacing, rates: Vec<(String, f64)>) -> Result<Self, Error> {
        let is_rate = |rate: f64| rate.is_finite() && rate > 0.0;
        if let Some(factor) = pacing.factor.filter(|factor| !is_rate(*factor)) {
            return Err(Error::setting(
                "pacing",
                format_args!(
                    "no rate times {factor} can be kept; the factor may be any number above 0, and `Pacing::off` turns it off"
                ),
            ));
        }
        if let Some((action, rate)) = rates.iter().find(|(_, rate)| !is_rate(*rate)) {
            return Err(Error::setting(
                "rate",
                format_args!(
                    "`{}` cannot be called {rate} times a second; it may be any number above 0",
                    action.escape_debug()
                ),
            ));
        }
        Ok(Self {
            pacing,
            rates: rates.into_iter().collect(),
            lanes: Mutex::default(),
        })
    }

    /// The turns of an action; nothing where calls never wait.
    pub(super) fn lane(&self, operation: &Operation) -> Option<Arc<Lane>> {
        let action = operation.name();
        let set = self.rates.get(action).copied();
        let rate = match (set, self.pacing.factor, operation) {
            (Some(rate), ..) => Some(rate),
            // Names can be anything, so nothing is kept for each of them.
            (None, None, _) | (None, _, Operation::Named(_)) => return None,
            (None, Some(factor), Operation::Described(action)) => action
                .rate_limit
                .filter(|rate| *rate > 0)
                .map(|rate| f64::from(rate) * factor),
        };
        let mut lanes = lock(&self.lanes);
        if let Some(lane) = lanes.get(action) {
            return Some(Arc::clone(lane));
        }
        let lane = Arc::new(Lane::new(rate));
        lanes.insert(action.into(), Arc::clone(&lane));
        Some(lane)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
