use std::{
    future::poll_fn,
    mem,
    sync::{Arc, Mutex, OnceLock},
    task::{Context, Poll, Wake, Waker},
};

use super::Fetched;
use crate::{
    Error,
    lock::lock,
    transport::{Task, Transport},
};

/// A single-flight fetch of a credential. It is independent of the calls that wait for it, so it continues if they time out
/// or are dropped.
///
/// The transport runs it. If the transport cannot, the waiting calls poll it; without a waiting call it pauses.
pub(super) struct Flight {
    state: Arc<State>,
    /// The fetch. `None` if the transport runs it or it has ended.
    task: Mutex<Option<Task>>,
}

/// State of a fetch: its outcome, and the wakers of the waiting calls.
#[derive(Default)]
struct State {
    /// Set when the fetch ends. It contains `None` if the fetch was dropped, because its async runtime shut down or it
    /// panicked.
    outcome: OnceLock<Option<Fetched>>,
    waiting: Mutex<Vec<Waker>>,
}

/// Guard that records the end of the fetch when it is dropped, complete or not.
struct CompletionGuard(Arc<State>);

impl Flight {
    pub(super) fn new(fetch: impl Future<Output = Fetched> + Send + 'static) -> Self {
        let state = Arc::<State>::default();
        let guard = CompletionGuard(Arc::clone(&state));
        let task = async move {
            let outcome = fetch.await;
            if let Err(error) = &outcome {
                // All waiting calls may have been dropped.
                tracing::warn!("credential fetch failed: {error}");
            }
            let _ = guard.0.outcome.set(Some(outcome));
        };
        Self {
            state,
            task: Mutex::new(Some(Box::pin(task))),
        }
    }

    /// Spawns the fetch on the transport, if the transport supports it.
    pub(super) fn spawn(&self, transport: &dyn Transport) {
        let task = lock(&self.task).take();
        let left = task.and_then(|task| transport.spawn(task));
        *lock(&self.task) = left;
        // A call that was polled between the two locks found no task.
        self.state.wake_all();
    }

    /// Returns the outcome of the fetch if it has ended.
    pub(super) fn ended(&self) -> Option<&Option<Fetched>> {
        self.state.outcome.get()
    }

    /// Waits for the end of the fetch and returns its outcome.
    pub(super) async fn outcome(&self) -> Fetched {
        let outcome = poll_fn(|context| self.poll(context)).await;
        outcome.unwrap_or_else(|| {
            let problem = "the fetch was cancelled; its async runtime has shut down, or the provider panicked";
            Err(Error::credential(problem).with_transient(true))
        })
    }

    fn poll(&self, context: &Context<'_>) -> Poll<Option<Fetched>> {
        self.state.add(context.waker());
        match self.task.try_lock() {
            // Progress wakes all waiting calls, because any of them may be dropped before its next poll.
            Ok(mut task) if self.ended().is_none() => {
                let waker = Waker::from(Arc::clone(&self.state));
                let running = task.as_mut();
                let polled =
                    running.map(|task| task.as_mut().poll(&mut Context::from_waker(&waker)));
                if polled.is_some_and(|polled| polled.is_ready()) {
                    *task = None;
                }
            }
            Ok(_) => {}
            // Another call is polling the fetch and may be dropped afterwards.
            Err(_) => context.waker().wake_by_ref(),
        }
        self.ended().cloned().map_or(Poll::Pending, Poll::Ready)
    }
}

impl State {
    fn add(&self, waker: &Waker) {
        let mut waiting = lock(&self.waiting);
        if !waiting.iter().any(|known| known.will_wake(waker)) {
            waiting.push(waker.clone());
        }
    }

    fn wake_all(&self) {
        // Unlocks before waking, because a waker may poll a waiting call immediately.
        let waiting = mem::take(&mut *lock(&self.waiting));
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl Wake for State {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

impl Drop for CompletionGuard {
    fn drop(&mut self) {
        let _ = self.0.outcome.set(None);
        self.0.wake_all();
    }
}
