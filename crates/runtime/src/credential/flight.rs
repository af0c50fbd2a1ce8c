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

/// Fetch of a credential that belongs to none of the calls that wait for it: it goes on when they time out or are
/// dropped.
///
/// The transport runs it. If it cannot, the waiting calls poll it, and it stays where it is until the next one comes.
pub(super) struct Flight {
    landing: Arc<Landing>,
    /// The fetch, unless the transport runs it or it has ended.
    task: Mutex<Option<Task>>,
}

/// Outcome of a fetch, and who waits for it.
#[derive(Default)]
struct Landing {
    /// Set when the fetch ends; `None` inside if it was dropped, as when its async runtime shuts down or it panics.
    outcome: OnceLock<Option<Fetched>>,
    waiting: Mutex<Vec<Waker>>,
}

/// Ends the fetch when it is dropped, whether it is complete or not.
struct Ending(Arc<Landing>);

impl Flight {
    pub(super) fn new(fetch: impl Future<Output = Fetched> + Send + 'static) -> Self {
        let landing = Arc::<Landing>::default();
        let ending = Ending(Arc::clone(&landing));
        let task = async move {
            let outcome = fetch.await;
            if let Err(error) = &outcome {
                // The calls that waited for it may be gone.
                tracing::warn!("credential fetch failed: {error}");
            }
            let _ = ending.0.outcome.set(Some(outcome));
        };
        Self {
            landing,
            task: Mutex::new(Some(Box::pin(task))),
        }
    }

    /// Lets the transport run the fetch, if it can.
    pub(super) fn launch(&self, transport: &dyn Transport) {
        let task = lock(&self.task).take();
        let left = task.and_then(|task| transport.spawn(task));
        *lock(&self.task) = left;
        // A call that was polled in between found nothing to poll.
        self.landing.wake_all();
    }

    /// Returns the outcome of the fetch if it has ended.
    pub(super) fn ended(&self) -> Option<&Option<Fetched>> {
        self.landing.outcome.get()
    }

    /// Waits for the outcome.
    pub(super) async fn outcome(&self) -> Fetched {
        let outcome = poll_fn(|context| self.poll(context)).await;
        outcome.unwrap_or_else(|| {
            let problem = "the fetch was cancelled; its async runtime has shut down, or the provider panicked";
            Err(Error::credential(problem).with_transient(true))
        })
    }

    fn poll(&self, context: &Context<'_>) -> Poll<Option<Fetched>> {
        self.landing.add(context.waker());
        match self.task.try_lock() {
            // Its progress wakes all waiting calls, because any of them may be dropped before it is polled again.
            Ok(mut task) if self.ended().is_none() => {
                let waker = Waker::from(Arc::clone(&self.landing));
                let running = task.as_mut();
                let polled =
                    running.map(|task| task.as_mut().poll(&mut Context::from_waker(&waker)));
                if polled.is_some_and(|polled| polled.is_ready()) {
                    *task = None;
                }
            }
            Ok(_) => {}
            // Another call polls it at this moment, and may be dropped afterwards.
            Err(_) => context.waker().wake_by_ref(),
        }
        self.ended().cloned().map_or(Poll::Pending, Poll::Ready)
    }
}

impl Landing {
    fn add(&self, waker: &Waker) {
        let mut waiting = lock(&self.waiting);
        if !waiting.iter().any(|known| known.will_wake(waker)) {
            waiting.push(waker.clone());
        }
    }

    fn wake_all(&self) {
        // Unlocked before the wake-ups, because a waker may poll a waiting call immediately.
        let waiting = mem::take(&mut *lock(&self.waiting));
        waiting.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Landing {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        let _ = self.0.outcome.set(None);
        self.0.wake_all();
    }
}
