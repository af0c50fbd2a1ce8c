use std::{
    future::poll_fn,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
    time::SystemTime,
};

use super::Credential;
use crate::Error;

/// One fetch of a credential, and the calls that wait for its outcome.
pub(super) struct SingleFlight {
    pub(super) started: SystemTime,
    state: Mutex<State>,
}

enum State {
    Running(Vec<Waker>),
    /// There is no outcome if the call that fetched was dropped.
    Done(Option<Result<Credential, Error>>),
}

impl SingleFlight {
    pub(super) fn new(started: SystemTime) -> Self {
        Self {
            started,
            state: Mutex::new(State::Running(Vec::new())),
        }
    }

    /// Waits for the outcome; `None` if there is none, because the call that fetched was dropped.
    pub(super) async fn outcome(&self) -> Option<Result<Credential, Error>> {
        poll_fn(|context| match &mut *self.lock() {
            State::Done(outcome) => Poll::Ready(outcome.clone()),
            State::Running(wakers) => {
                let waker = context.waker();
                if !wakers.iter().any(|known| known.will_wake(waker)) {
                    wakers.push(waker.clone());
                }
                Poll::Pending
            }
        })
        .await
    }

    /// Sets the outcome, unless there is one, and wakes all calls that wait.
    pub(super) fn end(&self, outcome: Option<Result<Credential, Error>>) {
        let mut state = self.lock();
        if let State::Running(wakers) = &mut *state {
            let wakers = mem::take(wakers);
            *state = State::Done(outcome);
            // A waker may poll a waiting call at once.
            drop(state);
            wakers.into_iter().for_each(Waker::wake);
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is locked, and each change is complete.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
