use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant, SystemTime},
};

use super::{Credential, Lease, Provider, round::Round};
use crate::{
    Error,
    transport::{Transport, within},
};

/// How long before its expiry a credential is replaced at the latest.
const AHEAD: Duration = Duration::from_secs(300);

/// The part of its life for which a short-lived credential is replaced ahead of its expiry: a fifth.
const AHEAD_PART: u32 = 5;

/// How long a call waits for a new credential while the old one is still good.
const PATIENCE: Duration = Duration::from_secs(3);

/// How long after a try to replace a credential that is still good the next one comes.
const PAUSE: Duration = Duration::from_secs(10);

/// How long calls wait for the refresh that one of them is at before another begins one of its own. The one may be
/// left half-way: a future that is kept and not polled, as in a loop over `select!`, does nothing and is not dropped.
const OVERDUE: Duration = Duration::from_secs(20);

/// The credential of a provider that is in use, and its refresh.
pub(super) struct Cache {
    provider: Box<dyn Provider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    /// The refresh that is on its way.
    round: Option<Running>,
    /// When a credential was forgotten since the service did not accept it.
    rejected: Option<Instant>,
}

/// A refresh, and when it began.
struct Running {
    round: Arc<Round>,
    since: SystemTime,
}

impl Running {
    fn is_overdue(&self, now: SystemTime) -> bool {
        now.duration_since(self.since)
            .is_ok_and(|age| age >= OVERDUE)
    }
}

/// A credential in use.
struct Held {
    credential: Credential,
    expires: Option<SystemTime>,
    /// When to try for another one.
    due: Option<SystemTime>,
}

impl Held {
    fn new(lease: Lease, now: SystemTime) -> Self {
        let due = lease.expires.map(|expires| {
            let life = expires.duration_since(now).unwrap_or_default();
            let ahead = AHEAD.min(life / AHEAD_PART);
            expires.checked_sub(ahead).unwrap_or(expires)
        });
        Self {
            credential: lease.credential,
            expires: lease.expires,
            due,
        }
    }

    fn is_valid(&self, now: SystemTime) -> bool {
        self.expires.is_none_or(|expires| now < expires)
    }

    fn is_due(&self, now: SystemTime) -> bool {
        self.due.is_some_and(|due| now >= due)
    }
}

/// What a call has to do for its credential.
enum Step<'a> {
    Use(Credential),
    /// Wait for the refresh that another call is at.
    Wait(Arc<Round>),
    /// Refresh, for all. The credential is the old one if it is still good.
    Refresh(Refresh<'a>, Option<Credential>),
}

impl Cache {
    pub(super) fn new(provider: Box<dyn Provider>) -> Self {
        Self {
            provider,
            state: Mutex::default(),
        }
    }

    pub(super) fn provider(&self) -> &dyn Provider {
        &*self.provider
    }

    /// The credential to use at the time `now`.
    pub(super) async fn get(
        &self,
        transport: &dyn Transport,
        now: SystemTime,
    ) -> Result<Credential, Error> {
        loop {
            match self.step(now) {
                Step::Use(credential) => return Ok(credential),
                Step::Wait(round) => match within(transport, OVERDUE, round.outcome()).await {
                    Some(Some(outcome)) => return outcome,
                    // The call that was at it was given up: another takes over, perhaps this one.
                    Some(None) => {}
                    None => self.abandon(&round),
                },
                Step::Refresh(refresh, None) => {
                    return refresh.finish(self.fetch(transport, now).await, now);
                }
                Step::Refresh(refresh, Some(old)) => {
                    let lease = self.fetch_soon(transport, now).await;
                    return refresh.finish(lease, now).or_else(|_error| {
                        #[cfg(feature = "tracing")]
                        tracing::warn!(
                            provider = self.provider.name(),
                            error = %_error,
                            "the credential could not be replaced, and the old one is used while it is valid"
                        );
                        Ok(old)
                    });
                }
            }
        }
    }

    /// Forgets a credential, unless another is in use by now; `false` if it stays in use. That is so if one was
    /// forgotten a moment ago: where the service accepts none, each call would fetch another.
    pub(super) fn reject(&self, credential: &Credential) -> bool {
        let mut state = self.lock();
        let is_in_use = |held: &Held| held.credential.is_same(credential);
        if !state.held.as_ref().is_some_and(is_in_use) {
            return true;
        }
        if state.rejected.is_some_and(|at| at.elapsed() < PAUSE) {
            return false;
        }
        (state.held, state.rejected) = (None, Some(Instant::now()));
        true
    }

    fn step(&self, now: SystemTime) -> Step<'_> {
        let mut state = self.lock();
        let State { held, round, .. } = &mut *state;
        let mut old = None;
        if let Some(held) = held
            && held.is_valid(now)
        {
            let is_running = round.as_ref().is_some_and(|round| !round.is_overdue(now));
            if is_running || !held.is_due(now) {
                return Step::Use(held.credential.clone());
            }
            // Noted before the try and not after it: a call that is given up half-way has tried as well. Else calls
            // with short time-outs would fail one after the other at a server that is silent.
            held.due = now.checked_add(PAUSE);
            old = Some(held.credential.clone());
        } else if let Some(running) = round
            && !running.is_overdue(now)
        {
            return Step::Wait(Arc::clone(&running.round));
        }
        let started = Arc::new(Round::default());
        let overdue = round.replace(Running {
            round: Arc::clone(&started),
            since: now,
        });
        drop(state);
        if let Some(overdue) = overdue {
            overdue.round.abandon();
        }
        let refresh = Refresh {
            cache: self,
            round: started,
        };
        Step::Refresh(refresh, old)
    }

    /// Ends a round, and takes what came of it into use.
    fn close(&self, ended: &Arc<Round>, held: Option<Held>) {
        let mut state = self.lock();
        if held.is_some() {
            state.held = held;
        }
        // After the round was closed, another may have begun.
        if let Some(running) = &state.round
            && Arc::ptr_eq(&running.round, ended)
        {
            state.round = None;
        }
    }

    /// Ends a round of which nothing has come, so that another can begin.
    fn abandon(&self, round: &Arc<Round>) {
        self.close(round, None);
        round.abandon();
    }

    async fn fetch(&self, transport: &dyn Transport, now: SystemTime) -> Result<Lease, Error> {
        let lease = self.provider.provide(transport, now).await;
        lease
            .and_then(|lease| match lease.credential.problem() {
                None => Ok(lease),
                Some(problem) => Err(Error::credential(problem)),
            })
            .map_err(|error| error.of_provider(self.provider.name()))
    }

    /// Fetches, but not for long.
    async fn fetch_soon(&self, transport: &dyn Transport, now: SystemTime) -> Result<Lease, Error> {
        let fetched = within(transport, PATIENCE, self.fetch(transport, now)).await;
        fetched.unwrap_or_else(|| {
            let late = Error::credential(format!("nothing came within {PATIENCE:?}"));
            Err(late.of_provider(self.provider.name()))
        })
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is held, and each change is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The duty to refresh, of one call at a time. Dropped without an outcome, it passes to a call that waits.
struct Refresh<'a> {
    cache: &'a Cache,
    round: Arc<Round>,
}

impl Refresh<'_> {
    /// Takes a new credential into use, and tells everybody who waits.
    ///
    /// One that is fresh and has expired all the same is handed out to them, and kept for nobody else: perhaps it is
    /// the clock that is wrong, which shows only once the service is asked.
    fn finish(self, lease: Result<Lease, Error>, now: SystemTime) -> Result<Credential, Error> {
        let outcome = match lease {
            Ok(lease) => {
                let credential = lease.credential.clone();
                let held = Held::new(lease, now);
                self.cache.close(&self.round, Some(held));
                Ok(credential)
            }
            Err(error) => {
                self.cache.close(&self.round, None);
                Err(error)
            }
        };
        self.round.settle(outcome.clone());
        outcome
    }
}

impl Drop for Refresh<'_> {
    fn drop(&mut self) {
        self.cache.abandon(&self.round);
    }
}
