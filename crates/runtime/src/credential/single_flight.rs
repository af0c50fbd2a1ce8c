use std::{
    future::poll_fn,
    mem,
    sync::{Mutex, OnceLock},
    task::{Poll, Waker},
};

use super::Credential;
use crate::{Error, lock::lock};

/// A fetch of a credential, and the calls that wait for its outcome.
#[derive(Default)]
pub(super) struct SingleFlight {
    /// Set when the fetch ends; `None` inside if the fetching call was dropped.
    outcome: OnceLock<Option<Result<Credential, Error>>>,
    waiting: Mutex<Vec<Waker>>,
}

impl SingleFlight {
    pub(super) fn has_ended(&self) -> bool {
        self.outcome.get().is_some()
    }

    /// Waits for the outcome; `None` if the fetching call was dropped.
    pub(super) async fn outcome(&self) -> Option<Result<Credential, Error>> {
        poll_fn(|context| {
            let mut waiting = lock(&self.waiting);
            // Read while the list is locked: a waker that is added after `end` took the list would never be woken.
            if let Some(outcome) = self.outcome.get() {
                return Poll::Ready(outcome.clone());
            }
            let waker = context.waker();
            if !waiting.iter().any(|known| known.will_wake(waker)) {
                waiting.push(waker.clone());
            }
            Poll::Pending
        })
        .await
    }

    /// Sets the outcome, unless it is set already, and wakes all waiting calls.
    pub(super) fn end(&self, outcome: Option<Result<Credential, Error>>) {
        let _ = self.outcome.set(outcome);
        // Unlocked before the wake-ups, because a waker may poll a waiting call immediately.
        let waiting = mem::take(&mut *lock(&self.waiting));
        waiting.into_iter().for_each(Waker::wake);
    }
}
