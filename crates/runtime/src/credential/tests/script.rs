//! A provider and a transport that do what a test says.

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

/// What a provider does when it is asked.
pub(super) enum Act {
    /// Gives a credential of this id, until a time.
    Give(&'static str, Option<SystemTime>),
    /// Fails.
    Fail(&'static str),
    /// Has none.
    Lack(&'static str),
}

/// Acts in turn as it is told; at the end it repeats the last act.
#[derive(Clone)]
pub(super) struct Script(Arc<Stage>);

struct Stage {
    name: &'static str,
    acts: Mutex<VecDeque<Act>>,
    fetches: AtomicUsize,
    /// Whether it answers; else it waits until it may.
    open: AtomicBool,
}

impl Script {
    pub(super) fn new(acts: impl IntoIterator<Item = Act>) -> Self {
        Self::named("the script", acts)
    }

    pub(super) fn named(name: &'static str, acts: impl IntoIterator<Item = Act>) -> Self {
        Self(Arc::new(Stage {
            name,
            acts: Mutex::new(acts.into_iter().collect()),
            fetches: AtomicUsize::new(0),
            open: AtomicBool::new(true),
        }))
    }

    /// Lets it answer, or makes it wait.
    pub(super) fn set_open(&self, open: bool) {
        self.0.open.store(open, Ordering::SeqCst);
    }

    /// How many times it was asked.
    pub(super) fn fetches(&self) -> usize {
        self.0.fetches.load(Ordering::SeqCst)
    }

    async fn act(&self) -> Result<ExpiringCredential, Error> {
        self.0.fetches.fetch_add(1, Ordering::SeqCst);
        while !self.0.open.load(Ordering::SeqCst) {
            yield_now().await;
        }
        let mut acts = self.0.acts.lock().unwrap();
        let act = if acts.len() > 1 {
            acts.pop_front().unwrap()
        } else {
            match &acts[0] {
                Act::Give(id, expires) => Act::Give(id, *expires),
                Act::Fail(message) => Act::Fail(message),
                Act::Lack(message) => Act::Lack(message),
            }
        };
        match act {
            Act::Give(id, expires) => {
                let credential = Credential::new(id, "key").with_token("token");
                Ok(match expires {
                    Some(expires) => ExpiringCredential::until(credential, expires),
                    None => ExpiringCredential::lasting(credential),
                })
            }
            Act::Fail(message) => Err(Error::credential(message)),
            Act::Lack(message) => Err(Error::absent_credential(message)),
        }
    }
}

impl Provider for Script {
    fn name(&self) -> &str {
        self.0.name
    }

    fn provide<'a>(&'a self, _transport: &'a dyn Transport, _now: SystemTime) -> Providing<'a> {
        Box::pin(self.act())
    }
}

/// Reaches nobody. Pauses never end, or at once.
#[derive(Default)]
pub(super) struct Nowhere {
    pub(super) impatient: bool,
    pub(super) pauses: Mutex<Vec<Duration>>,
    /// What was to be sent, as it shows itself, and the bounds.
    pub(super) sent: Mutex<Vec<(String, Limits)>>,
}

impl Transport for Nowhere {
    fn send(&self, request: http::Request<Bytes>, limits: Limits) -> Sending<'_> {
        self.sent
            .lock()
            .unwrap()
            .push((format!("{request:?}"), limits));
        Box::pin(ready(Err(TransportError::new(
            Phase::NotConnected,
            "there is no network",
        ))))
    }

    fn sleep(&self, duration: Duration) -> Sleeping<'_> {
        self.pauses.lock().unwrap().push(duration);
        if self.impatient {
            // Over at the second look: at the first one it would be no pause.
            Box::pin(tokio::task::yield_now())
        } else {
            Box::pin(pending())
        }
    }
}
