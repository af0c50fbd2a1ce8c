//! Provider and transport with outcomes that a test sets.

use std::{
    collections::VecDeque,
    future::{pending, ready},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use bytes::Bytes;
use tokio::task::yield_now;

use super::super::{Credential, ExpiringCredential, Provider, Providing};
use crate::{
    Error, Phase,
    transport::{Limits, Sending, Sleeping, Transport, TransportError},
};

/// Outcome of one fetch.
#[derive(Clone)]
pub(super) enum Outcome {
    /// A credential with this ID and expiry.
    Credential(&'static str, Option<SystemTime>),
    /// A failure with this message.
    Failure(&'static str),
    /// No credential, for this reason.
    Absent(&'static str),
}

/// Provider whose fetches have these outcomes in turn; the last one repeats. Clones share the state.
#[derive(Clone)]
pub(super) struct MockProvider(Arc<State>);

struct State {
    name: &'static str,
    outcomes: Mutex<VecDeque<Outcome>>,
    fetches: AtomicUsize,
    blocked: AtomicBool,
}

impl MockProvider {
    pub(super) fn new(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        Self::named("the mock provider", outcomes)
    }

    pub(super) fn named(name: &'static str, outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        Self(Arc::new(State {
            name,
            outcomes: Mutex::new(outcomes.into_iter().collect()),
            fetches: AtomicUsize::new(0),
            blocked: AtomicBool::new(false),
        }))
    }

    /// Makes fetches wait until [`unblock`](Self::unblock).
    pub(super) fn block(&self) {
        self.0.blocked.store(true, Ordering::SeqCst);
    }

    pub(super) fn unblock(&self) {
        self.0.blocked.store(false, Ordering::SeqCst);
    }

    /// Returns the number of fetches that were started.
    pub(super) fn fetches(&self) -> usize {
        self.0.fetches.load(Ordering::SeqCst)
    }

    async fn fetch(&self) -> Result<ExpiringCredential, Error> {
        self.0.fetches.fetch_add(1, Ordering::SeqCst);
        while self.0.blocked.load(Ordering::SeqCst) {
            yield_now().await;
        }
        let mut outcomes = self.0.outcomes.lock().unwrap();
        let outcome = if outcomes.len() > 1 {
            outcomes.pop_front().unwrap()
        } else {
            outcomes[0].clone()
        };
        match outcome {
            Outcome::Credential(id, expires) => {
                let credential = Credential::new(id, "key").with_token("token");
                Ok(match expires {
                    Some(expires) => ExpiringCredential::until(credential, expires),
                    None => ExpiringCredential::lasting(credential),
                })
            }
            Outcome::Failure(message) => Err(Error::credential(message)),
            Outcome::Absent(message) => Err(Error::absent_credential(message)),
        }
    }
}

impl Provider for MockProvider {
    fn name(&self) -> &str {
        self.0.name
    }

    fn provide<'a>(
        &'a self,
        _transport: &'a Arc<dyn Transport>,
        _now: SystemTime,
    ) -> Providing<'a> {
        Box::pin(self.fetch())
    }
}

/// Transport whose connections all fail. Its sleeps never end, or the short ones end at the second poll.
#[derive(Default)]
pub(super) struct OfflineTransport {
    longest: Duration,
    pub(super) sleeps: Mutex<Vec<Duration>>,
    /// `Debug` output of the requests, and their limits.
    pub(super) requests: Mutex<Vec<(String, Limits)>>,
}

impl OfflineTransport {
    pub(super) fn with_sleeps_up_to(longest: Duration) -> Arc<Self> {
        Arc::new(Self {
            longest,
            ..Self::default()
        })
    }
}

impl Transport for OfflineTransport {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        self.requests
            .lock()
            .unwrap()
            .push((format!("{request:?}"), limits));
        Box::pin(ready(Err(TransportError::new(
            Phase::NotConnected,
            "there is no network",
        ))))
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        self.sleeps.lock().unwrap().push(duration);
        if duration <= self.longest {
            // A sleep that ends at the first poll would set no timeout.
            Box::pin(yield_now())
        } else {
            Box::pin(pending())
        }
    }
}
