use std::{
    mem,
    sync::{Arc, Mutex, Weak},
    time::{Duration, Instant, SystemTime},
};

use super::{Credential, ExpiringCredential, Provider, single_flight::SingleFlight};
use crate::{
    Error,
    lock::lock,
    transport::{Transport, within},
};

/// How long before its expiry a credential is refreshed at the latest.
const REFRESH_AHEAD: Duration = Duration::from_secs(300);

/// A credential with a short lifetime is refreshed when this part of it, a fifth, is left.
const REFRESH_AHEAD_PART: u32 = 5;

/// How long a call waits for a new credential while the old one is still valid.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(3);

/// The time between attempts to refresh a credential that is still valid.
const REFRESH_INTERVAL: Duration = Duration::from_secs(10);

/// How long calls wait for the fetch of another call before one of them starts its own. That call may be suspended: a
/// future that is kept and not polled, as in a loop over `select!`, makes no progress and is not dropped.
const FETCH_TIMEOUT: Duration = Duration::from_secs(20);

/// The current credential of a provider, and its refresh.
pub(super) struct Cache {
    pub(super) provider: Box<dyn Provider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<ExpiringCredential>,
    /// When to refresh the current credential.
    refresh: Option<SystemTime>,
    /// The last fetch, as long as it is in progress or a call has yet to take its outcome.
    flight: Weak<SingleFlight>,
    /// When calls no longer wait for it.
    overdue: Option<SystemTime>,
    /// When a credential was dropped because the service rejected it.
    rejected: Option<Instant>,
}

/// What a call has to do for its credential.
enum Step {
    Use(Credential),
    /// Wait for the fetch of another call.
    Wait(Arc<SingleFlight>),
    /// Fetch one for all calls. The credential is the old one if it is still valid.
    Fetch(Fetch, Option<Credential>),
}

/// The fetch that one call makes for all. If it is dropped without an outcome, a call that waits takes over.
struct Fetch(Arc<SingleFlight>);

impl Drop for Fetch {
    fn drop(&mut self) {
        self.0.end(None);
    }
}

impl Cache {
    pub(super) fn new(provider: Box<dyn Provider>) -> Self {
        Self {
            provider,
            state: Mutex::default(),
        }
    }

    /// The credential to use at the time `now`.
    pub(super) async fn get(
        &self,
        transport: &dyn Transport,
        now: SystemTime,
    ) -> Result<Credential, Error> {
        let (called, mut waited) = (Instant::now(), Duration::ZERO);
        loop {
            let now = now + waited;
            match self.step(now) {
                Step::Use(credential) => return Ok(credential),
                Step::Wait(flight) => {
                    match within(transport, FETCH_TIMEOUT, flight.outcome()).await {
                        Some(Some(outcome)) => return outcome,
                        // The call that fetched was dropped, so another one takes over, possibly this one.
                        Some(None) => {}
                        None => flight.end(None),
                    }
                    waited = called.elapsed();
                }
                Step::Fetch(fetch, None) => return self.fetch(fetch, transport, now).await,
                Step::Fetch(fetch, Some(old)) => {
                    let fetching = self.fetch(fetch, transport, now);
                    let fetched = within(transport, REFRESH_TIMEOUT, fetching).await;
                    let fetched = fetched.unwrap_or_else(|| {
                        let late = format!("no credential within {REFRESH_TIMEOUT:?}");
                        Err(Error::credential(late).of_provider(self.provider.name()))
                    });
                    return fetched.or_else(|error| {
                        tracing::warn!("refresh failed, so the old credential is used: {error}");
                        Ok(old)
                    });
                }
            }
        }
    }

    /// Drops a credential that the service rejected, unless another one is in use already. Returns `false` if it stays
    /// in use, because another one was dropped a moment ago: where the service rejects all of them, each call would
    /// fetch a new one.
    pub(super) fn reject(&self, credential: &Credential) -> bool {
        let mut state = lock(&self.state);
        let current = state.current.as_ref();
        if !current.is_some_and(|current| current.credential.is_same(credential)) {
            return true;
        }
        let last = state.rejected;
        if last.is_some_and(|last| last.elapsed() < REFRESH_INTERVAL) {
            return false;
        }
        (state.current, state.rejected) = (None, Some(Instant::now()));
        true
    }

    fn step(&self, now: SystemTime) -> Step {
        let mut state = lock(&self.state);
        let is_overdue = state.overdue.is_some_and(|overdue| now >= overdue);
        let last = state.flight.upgrade();
        let running = last.filter(|flight| !flight.has_ended() && !is_overdue);
        let current = state.current.as_ref();
        let valid = current.filter(|current| current.expires.is_none_or(|expires| now < expires));
        let old = valid.map(|current| current.credential.clone());
        if let Some(old) = &old {
            let is_due = state.refresh.is_some_and(|refresh| now >= refresh);
            if running.is_some() || !is_due {
                return Step::Use(old.clone());
            }
            // Set before the attempt and not after it, so that a call that is dropped during it counts. Otherwise
            // calls with short timeouts would fail one after the other while the server does not respond.
            state.refresh = now.checked_add(REFRESH_INTERVAL);
        } else if let Some(running) = running {
            return Step::Wait(running);
        }
        let flight = Arc::<SingleFlight>::default();
        state.overdue = now.checked_add(FETCH_TIMEOUT);
        let last = mem::replace(&mut state.flight, Arc::downgrade(&flight));
        drop(state);
        if let Some(overdue) = last.upgrade() {
            overdue.end(None);
        }
        Step::Fetch(Fetch(flight), old)
    }

    /// Fetches a credential, and gives the outcome to all calls that wait.
    ///
    /// A credential that has expired already is given to them, and is fetched again by the next call: the clock may be
    /// wrong, which only the service can tell.
    async fn fetch(
        &self,
        fetch: Fetch,
        transport: &dyn Transport,
        now: SystemTime,
    ) -> Result<Credential, Error> {
        let fetched = self.provider.provide(transport, now).await;
        let kept = fetched.and_then(|fetched| self.keep(fetched, now));
        let outcome = kept.map_err(|error| error.of_provider(self.provider.name()));
        fetch.0.end(Some(outcome.clone()));
        outcome
    }

    /// Caches a new credential, if it can be used.
    fn keep(&self, fetched: ExpiringCredential, now: SystemTime) -> Result<Credential, Error> {
        let validated = fetched.credential.validate();
        validated.map_err(Error::credential)?;
        let mut state = lock(&self.state);
        state.refresh = fetched.expires.map(|expires| {
            let lifetime = expires.duration_since(now).unwrap_or_default();
            let ahead = REFRESH_AHEAD.min(lifetime / REFRESH_AHEAD_PART);
            expires.checked_sub(ahead).unwrap_or(expires)
        });
        let current = state.current.insert(fetched);
        Ok(current.credential.clone())
    }
}
