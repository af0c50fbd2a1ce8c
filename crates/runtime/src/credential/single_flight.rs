use std::{
    future::poll_fn,
    mem,
    sync::{Mutex, OnceLock},
    task::{Poll, Waker},
};

use super::Credential;
use crate::{Error, lock::lock};

/// One fetch of a credential, and the calls that wait for its outcome.
#[derive(Default)]
pub(super) struct SingleFlight {
    /// Set at the end. There is no outcome if the call that fetched was dropped.
    outcome: OnceLock<Option<Result<Credential, Error>>>,
    waiting: Mutex<Vec<Waker>>,
}

impl SingleFlight {
    pub(super) fn has_ended(&self) -> bool {
        self.outcome.get().is_some()
    }

    /// Waits for the outcome; `None` if there is none, because the call that fetched was dropped.
    pub(super) async fn outcome(&self) -> Option<Result<Credential, Error>> {
        poll_fn(|context| {
            let mut waiting = lock(&self.waiting);
            // Looked up while the list is locked, so that no call is added to it after it was woken for the last time.
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

    /// Sets the outcome, unless there is one, and wakes all calls that wait.
    pub(super) fn end(&self, outcome: Option<Result<Credential, Error>>) {
        let _ = self.outcome.set(outcome);
        // Not locked any more when they are woken: a waker may poll a waiting call at once.
        let waiting = mem::take(&mut *lock(&self.waiting));
        waiting.into_iter().for_each(Waker::wake);
    }
}
