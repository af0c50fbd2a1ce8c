use std::{
    collections::{BTreeMap, HashMap},
    future::poll_fn,
    sync::{Arc, Mutex},
    task::{Poll, Waker},
    time::{Duration, Instant},
};

use super::{Acquiring, PERMIT_TIMEOUT, RateLimiter, window::SlidingWindow};
use crate::{Attempt, lock::lock, transport::Transport};

/// A rate limiter for the clients of one program. Each action of a service has a sliding window and a first-in, first-out
/// queue.
///
/// A client without a configured limiter has its own. [`RateLimit`](super::RateLimit) describes the guarantees.
#[derive(Default)]
pub struct LocalRateLimiter(Mutex<HashMap<&'static str, Queues>>);

/// Queues of the actions of a service.
type Queues = HashMap<Box<str>, Arc<Queue>>;

impl LocalRateLimiter {
    /// Creates a rate limiter without recorded calls.
    pub fn new() -> Self {
        Self::default()
    }

    pub(super) fn queue(&self, service: &'static str, action: &str) -> Arc<Queue> {
        let mut services = lock(&self.0);
        let queues = services.entry(service).or_default();
        if let Some(queue) = queues.get(action) {
            return Arc::clone(queue);
        }
        let queue = Arc::<Queue>::default();
        queues.insert(action.into(), Arc::clone(&queue));
        queue
    }
}

impl RateLimiter for LocalRateLimiter {
    // Saves the allocation of a future for each call that does not wait.
    fn try_acquire(&self, attempt: &Attempt<'_>, rate: Option<f64>) -> Option<u64> {
        let queue = self.queue(attempt.service.name, attempt.action);
        queue.try_acquire(rate)
    }

    fn acquire<'a>(
        &'a self,
        attempt: Attempt<'a>,
        rate: Option<f64>,
        transport: &'a dyn Transport,
        timeout: Duration,
    ) -> Acquiring<'a> {
        Box::pin(async move {
            let queue = self.queue(attempt.service.name, attempt.action);
            queue.acquire(rate, transport, timeout).await
        })
    }

    fn answered(&self, attempt: Attempt<'_>, permit: u64, throttled: bool) {
        let queue = self.queue(attempt.service.name, attempt.action);
        let window = &mut lock(&queue.0).window;
        window.answered(permit);
        if throttled {
            window.slow_down();
        }
    }
}

/// Queue of the waiting calls of one action.
#[derive(Default)]
pub(super) struct Queue(pub(super) Mutex<State>);

#[derive(Default)]
pub(super) struct State {
    pub(super) window: SlidingWindow,
    /// Waiting calls by ticket, in the order in which they were made.
    waiting: BTreeMap<u64, Option<Waker>>,
}

impl State {
    /// Admits a call, or returns when it is due. `waiting` is the number of calls before it; its timeout began at `since`.
    ///
    /// # Errors
    /// Returns a message if the call is due after its timeout.
    fn admit(
        &mut self,
        waiting: usize,
        since: Instant,
        timeout: Duration,
    ) -> Result<Admission, String> {
        let now = self.window.now();
        let due = self.window.due(now, waiting);
        if waiting == 0 && due <= now {
            return Ok(Admission::Permit(self.window.record(now)));
        }
        if due.saturating_duration_since(since) >= timeout {
            return Err(match self.window.rate(now) {
                Some(rate) => format!(
                    "rate limit of {rate} calls per second reached with {waiting} calls waiting"
                ),
                None => PERMIT_TIMEOUT.to_owned(),
            });
        }
        Ok(Admission::Due(due))
    }
}

/// Outcome of [`State::admit`].
enum Admission {
    Permit(u64),
    Due(Instant),
}

impl Queue {
    /// Waits until a call may be sent, and returns its permit. Dropping the future removes the call from the queue.
    ///
    /// # Errors
    /// Returns a message as soon as it is certain that the wait takes `timeout` or longer.
    pub(super) async fn acquire(
        &self,
        rate: Option<f64>,
        transport: &dyn Transport,
        timeout: Duration,
    ) -> Result<u64, String> {
        let entry = match self.enter(rate, timeout)? {
            Entry::Permit(permit) => return Ok(permit),
            Entry::QueueEntry(entry) => entry,
        };
        poll_fn(|context| {
            let mut state = lock(&self.0);
            match state.waiting.first_entry() {
                Some(first) if *first.key() < entry.ticket => {
                    let waker = Some(context.waker().clone());
                    state.waiting.insert(entry.ticket, waker);
                    Poll::Pending
                }
                _ => Poll::Ready(()),
            }
        })
        .await;
        loop {
            let admitted = lock(&self.0).admit(0, entry.since, timeout)?;
            let due = match admitted {
                Admission::Permit(permit) => return Ok(permit),
                Admission::Due(due) => due,
            };
            let now = lock(&self.0).window.now();
            transport.sleep(due.saturating_duration_since(now)).await;
            lock(&self.0).window.advance_to(due);
        }
    }

    /// Returns the permit of a call if it may be sent immediately, without entering the queue.
    pub(super) fn try_acquire(&self, rate: Option<f64>) -> Option<u64> {
        let mut state = lock(&self.0);
        state.window.rate = rate;
        let (waiting, now) = (state.waiting.len(), state.window.now());
        match state.admit(waiting, now, Duration::MAX) {
            Ok(Admission::Permit(permit)) => Some(permit),
            _ => None,
        }
    }

    /// Admits a call immediately, or adds it to the queue.
    pub(super) fn enter(&self, rate: Option<f64>, timeout: Duration) -> Result<Entry<'_>, String> {
        let mut state = lock(&self.0);
        state.window.rate = rate;
        let (waiting, since) = (state.waiting.len(), state.window.now());
        if let Admission::Permit(permit) = state.admit(waiting, since, timeout)? {
            return Ok(Entry::Permit(permit));
        }
        let last = state.waiting.last_key_value();
        let ticket = last.map_or(0, |(ticket, _)| ticket + 1);
        state.waiting.insert(ticket, None);
        Ok(Entry::QueueEntry(QueueEntry {
            queue: self,
            ticket,
            since,
        }))
    }
}

/// Result of [`Queue::enter`].
pub(super) enum Entry<'a> {
    Permit(u64),
    QueueEntry(QueueEntry<'a>),
}

/// Entry of a call in the queue. Dropping it removes the call.
pub(super) struct QueueEntry<'a> {
    queue: &'a Queue,
    ticket: u64,
    /// Time at which the call entered the queue.
    since: Instant,
}

impl Drop for QueueEntry<'_> {
    fn drop(&mut self) {
        let next = {
            let mut state = lock(&self.queue.0);
            state.waiting.remove(&self.ticket);
            state.waiting.values_mut().next().and_then(Option::take)
        };
        // Outside the lock, because a waker may poll immediately.
        if let Some(next) = next {
            next.wake();
        }
    }
}
