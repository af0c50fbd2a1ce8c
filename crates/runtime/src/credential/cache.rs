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

/// Maximum time before the expiry at which a credential is refreshed.
const REFRESH_AHEAD: Duration = Duration::from_secs(300);

/// A credential with a short lifetime is refreshed when a fifth of it is left.
const REFRESH_AHEAD_PART: u32 = 5;

/// Timeout of a refresh while the old credential is still valid.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(3);

/// Interval of attempts to refresh a credential that is still valid.
const REFRESH_INTERVAL: Duration = Duration::from_secs(10);

/// How long calls wait for the fetch of another call before one of them starts its own. A future that is kept without
/// being polled, as in a loop over `select!`, makes no progress and is not dropped.
const FETCH_TIMEOUT: Duration = Duration::from_secs(20);

/// Cache of the current credential of a provider.
pub(super) struct Cache {
    pub(super) provider: Box<dyn Provider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<ExpiringCredential>,
    /// When to refresh the current credential.
    refresh: Option<SystemTime>,
    /// Last fetch, while it is in progress or a call still waits for its outcome.
    flight: Weak<SingleFlight>,
    /// When calls stop waiting for that fetch.
    overdue: Option<SystemTime>,
    /// When the service last rejected a credential that was then dropped.
    rejected: Option<Instant>,
}

/// What a call does next to get a credential.
enum Step {
    Use(Credential),
    /// Wait for the fetch of another call.
    Wait(Arc<SingleFlight>),
    /// Fetch a credential for all calls. The old one is included if it is still valid.
    Fetch(Fetch, Option<Credential>),
}

/// Fetch by one call for all. If it is dropped without an outcome, a waiting call takes over.
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

    /// Returns the credential to use at the time `now`, and fetches it if necessary.
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
                        // The fetching call was dropped; another one takes over, possibly this one.
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

    /// Drops a credential that the service rejected, unless it was replaced already. Returns `false` if the credential
    /// stays in use because another one was dropped less than 10 seconds ago. Otherwise each call would fetch a new
    /// credential if the service rejects all of them.
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
            // Set before the attempt, so that an attempt counts even if its call is dropped. Otherwise, while the
            // server does not respond, each call with a short timeout would start an attempt and fail.
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

    /// Fetches a credential, and passes the outcome to all waiting calls.
    ///
    /// A credential that has already expired is used once, and the next call fetches again: the local clock may be
    /// wrong, and only the service can tell.
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

    /// Caches a new credential if it is valid.
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
