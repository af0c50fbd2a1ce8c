use std::{
    future::poll_fn,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use super::Credential;
use crate::Error;

/// One refresh, and the calls that wait for its outcome.
pub(super) struct Round(Mutex<Progress>);

enum Progress {
    Running(Vec<Waker>),
    Settled(Result<Credential, Error>),
    Abandoned,
}

impl Default for Round {
    fn default() -> Self {
        Self(Mutex::new(Progress::Running(Vec::new())))
    }
}

impl Round {
    /// Waits for the outcome; `None` if there is none, since the call that was at it was given up.
    pub(super) async fn outcome(&self) -> Option<Result<Credential, Error>> {
        let mut place = None;
        poll_fn(|context| self.poll(context, &mut place)).await
    }

    /// `place` is where this call's waker stands, so that it has no more than one.
    fn poll(
        &self,
        context: &Context<'_>,
        place: &mut Option<usize>,
    ) -> Poll<Option<Result<Credential, Error>>> {
        match &mut *self.lock() {
            Progress::Running(waiting) => {
                match place.and_then(|place| waiting.get_mut(place)) {
                    Some(waker) => waker.clone_from(context.waker()),
                    None => {
                        *place = Some(waiting.len());
                        waiting.push(context.waker().clone());
                    }
                }
                Poll::Pending
            }
            Progress::Settled(outcome) => Poll::Ready(Some(outcome.clone())),
            Progress::Abandoned => Poll::Ready(None),
        }
    }

    /// Tells everybody who waits how it went.
    pub(super) fn settle(&self, outcome: Result<Credential, Error>) {
        self.end(Progress::Settled(outcome));
    }

    /// Tells everybody who waits that nothing will come of it, unless it is settled.
    pub(super) fn abandon(&self) {
        self.end(Progress::Abandoned);
    }

    fn end(&self, end: Progress) {
        let mut progress = self.lock();
        if let Progress::Running(waiting) = &mut *progress {
            let waiting = mem::take(waiting);
            *progress = end;
            // Whom a waker calls may well look at the round at once.
            drop(progress);
            waiting.into_iter().for_each(Waker::wake);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Progress> {
        // Nothing panics while it is held, and each change is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
