use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant, SystemTime},
};

use super::{
    Credential, ExpiringCredential, Fetched, Provider, flight::Flight, provider::timed_out,
};
use crate::{
    Error,
    lock::lock,
    transport::{Transport, with_timeout},
};

/// Maximum time before the expiry at which a credential is refreshed.
const REFRESH_AHEAD: Duration = Duration::from_secs(300);

/// Divisor of the lifetime: a credential with a short lifetime is refreshed when a fifth of it is left.
const REFRESH_AHEAD_DIVISOR: u32 = 5;

/// Timeout for a refresh while the old credential is still valid.
const REFRESH_TIMEOUT: Duration = Duration::from_secs(3);

/// Interval of attempts to refresh a credential that is still valid.
const REFRESH_INTERVAL: Duration = Duration::from_secs(10);

/// Timeout of a fetch, for providers that have none of their own.
const FETCH_TIMEOUT: Duration = Duration::from_secs(60);

/// Cache of the current credential of a provider.
pub(super) struct Cache {
    pub(super) provider: Arc<dyn Provider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<ExpiringCredential>,
    /// Time at which the current credential is refreshed.
    refresh: Option<SystemTime>,
    /// Fetch that is in progress, or that has ended and whose credential is not the current one yet.
    flight: Option<Arc<Flight>>,
    /// Time at which a credential was last dropped because the service rejected it.
    rejected: Option<Instant>,
}

/// Result of a cache lookup.
enum Lookup {
    Use(Credential),
    /// Wait for a fetch. The old credential is included if it is still valid.
    Wait(Arc<Flight>, Option<Credential>),
}

impl Cache {
    pub(super) fn new(provider: impl Provider) -> Self {
        Self {
            provider: Arc::new(provider),
            state: Mutex::default(),
        }
    }

    /// Returns the credential to use at the time `now`, and fetches it if necessary.
    ///
    /// A credential that has already expired is used once, and the next call fetches again: the local clock may be
    /// wrong, and only the service can tell.
    pub(super) async fn get(
        &self,
        transport: &Arc<dyn Transport>,
        now: SystemTime,
    ) -> Result<Credential, Error> {
        let (flight, old) = match self.look_up(transport, now) {
            Lookup::Use(credential) => return Ok(credential),
            Lookup::Wait(flight, old) => (flight, old),
        };
        let Some(old) = old else {
            let outcome = flight.outcome().await;
            lock(&self.state).store_outcome(now);
            return outcome.map(|fetched| fetched.credential);
        };
        // A failure is logged by the fetch.
        let outcome = with_timeout(&**transport, REFRESH_TIMEOUT, flight.outcome()).await;
        lock(&self.state).store_outcome(now);
        match outcome {
            Some(Ok(fetched)) => Ok(fetched.credential),
            Some(Err(_)) | None => Ok(old),
        }
    }

    /// Returns the name of the provider that is currently called.
    pub(super) fn asked(&self) -> Option<&str> {
        let flight = lock(&self.state).flight.clone()?;
        flight.ended().is_none().then(|| self.provider.asked())
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

    fn look_up(&self, transport: &Arc<dyn Transport>, now: SystemTime) -> Lookup {
        let mut state = lock(&self.state);
        state.store_outcome(now);
        let current = state.current.as_ref();
        let valid = current.filter(|current| current.expires.is_none_or(|expires| now < expires));
        let old = valid.map(|current| current.credential.clone());
        if let Some(old) = &old {
            if state.refresh.is_none_or(|refresh| now < refresh) {
                return Lookup::Use(old.clone());
            }
            // Set before the attempt, so that an attempt counts even if its call is dropped. Otherwise, while the
            // server does not respond, each call would wait for it.
            state.refresh = now.checked_add(REFRESH_INTERVAL);
        }
        if let Some(flight) = &state.flight {
            return Lookup::Wait(Arc::clone(flight), old);
        }
        let fetch = fetch(Arc::clone(&self.provider), Arc::clone(transport), now);
        let flight = Arc::new(Flight::new(fetch));
        state.flight = Some(Arc::clone(&flight));
        drop(state);
        flight.spawn(&**transport);
        Lookup::Wait(flight, old)
    }
}

impl State {
    /// Makes the credential of a completed fetch the current one.
    fn store_outcome(&mut self, now: SystemTime) {
        let ended = self.flight.as_ref().and_then(|flight| flight.ended());
        let Some(outcome) = ended.cloned() else {
            return;
        };
        self.flight = None;
        if let Some(Ok(fetched)) = outcome {
            self.refresh = fetched.expires.map(|expires| {
                let lifetime = expires.duration_since(now).unwrap_or_default();
                let ahead = REFRESH_AHEAD.min(lifetime / REFRESH_AHEAD_DIVISOR);
                expires.checked_sub(ahead).unwrap_or(expires)
            });
            self.current = Some(fetched);
        }
    }
}

/// Fetches a credential, and checks it.
async fn fetch(
    provider: Arc<dyn Provider>,
    transport: Arc<dyn Transport>,
    now: SystemTime,
) -> Fetched {
    let fetched = with_timeout(
        &*transport,
        FETCH_TIMEOUT,
        provider.provide(&transport, now),
    )
    .await;
    let fetched = fetched.unwrap_or_else(|| Err(timed_out(&*provider, FETCH_TIMEOUT)));
    let checked = fetched.and_then(|fetched| match fetched.credential.validate() {
        Ok(()) => Ok(fetched),
        Err(problem) => Err(Error::credential(problem)),
    });
    checked.map_err(|error| error.of_provider(provider.name()))
}
