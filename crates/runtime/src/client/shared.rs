use std::sync::Arc;

use http::HeaderValue;

use super::{
    clock::ServerClock, rate_limit::RateLimits, retry::RetryBudget, settings::Settings,
    target::Target,
};
#[cfg(feature = "blocking")]
use crate::Error;
use crate::{Credentials, transport::Transport};

/// State shared by all clones of a client.
pub(crate) struct Shared {
    pub(super) settings: Settings,
    pub(super) credentials: Credentials,
    pub(super) target: Arc<Target>,
    pub(super) region: Option<HeaderValue>,
    pub(super) transport: Arc<dyn Transport>,
    pub(super) clock: ServerClock,
    pub(super) rate_limits: RateLimits,
    pub(super) retry_budget: RetryBudget,
}

#[cfg(feature = "blocking")]
impl Shared {
    /// Refuses a transport that needs an async runtime.
    pub(crate) fn check_blocking(&self) -> Result<(), Error> {
        if self.transport.is_blocking() {
            return Ok(());
        }
        let problem =
            "needs an async runtime; build the client with `build_blocking`, or await the call";
        Err(Error::setting("transport", problem))
    }
}
