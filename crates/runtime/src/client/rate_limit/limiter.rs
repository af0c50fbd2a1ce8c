use std::{
    collections::BTreeMap,
    future::poll_fn,
    sync::Mutex,
    task::{Poll, Waker},
    time::{Duration, Instant},
};

use super::window::SlidingWindow;
use crate::{
    lock::lock,
    transport::{Transport, within},
};

/// Rate limiter of one action. Calls that have to wait form a queue.
pub(in super::super) struct RateLimiter(pub(super) Mutex<State>);

pub(super) struct State {
    pub(super) window: SlidingWindow,
    /// The calls that wait, by their tickets, which are in the order of the calls.
    queue: BTreeMap<u64, Option<Waker>>,
}

impl State {
    /// Lets a call through that has this many others before it, or returns when it is due. Its timeout began at `since`.
    ///
    /// # Errors
    /// Returns a message if it is due only after its timeout.
    fn admit(
        &mut self,
        waiting: usize,
        since: Instant,
        timeout: Duration,
    ) -> Result<Option<Instant>, String> {
        let now = self.window.now();
        let due = self.window.due(now, waiting);
        if waiting == 0 && due <= now {
            self.window.record(now);
            return Ok(None);
        }
        if due.saturating_duration_since(since) >= timeout {
            return Err(self.refusal(waiting));
        }
        Ok(Some(due))
    }

    /// What to report for a call whose timeout ends before it may be sent.
    fn refusal(&self, waiting: usize) -> String {
        let rate = self.window.rate(self.window.now()).unwrap_or_default();
        format!("rate limit of {rate} calls per second reached with {waiting} calls waiting")
    }
}

impl RateLimiter {
    pub(super) fn new(rate: Option<f64>) -> Self {
        Self(Mutex::new(State {
            window: SlidingWindow::new(rate),
            queue: BTreeMap::new(),
        }))
    }

    /// Waits until a call may be sent. Dropping the future leaves the queue.
    ///
    /// # Errors
    /// Returns a message if that takes `timeout` or longer, as soon as this is known.
    pub(in super::super) async fn acquire(
        &self,
        transport: &dyn Transport,
        timeout: Duration,
    ) -> Result<(), String> {
        let Some(place) = self.enqueue(timeout)? else {
            return Ok(());
        };
        let first = poll_fn(|context| {
            let mut state = lock(&self.0);
            match state.queue.first_entry() {
                Some(first) if *first.key() < place.ticket => {
                    let waker = Some(context.waker().clone());
                    state.queue.insert(place.ticket, waker);
                    Poll::Pending
                }
                _ => Poll::Ready(()),
            }
        });
        // The rate may have been lowered since the call entered the queue, so the wait can be too long by now.
        if within(transport, timeout, first).await.is_none() {
            let state = lock(&self.0);
            let waiting = state.queue.range(..place.ticket).count();
            return Err(state.refusal(waiting));
        }
        loop {
            let admitted = lock(&self.0).admit(0, place.since, timeout)?;
            let Some(due) = admitted else {
                return Ok(());
            };
            let now = lock(&self.0).window.now();
            transport.sleep(due.saturating_duration_since(now)).await;
            lock(&self.0).window.advance_to(due);
        }
    }

    /// Lets a call through at once, or else puts it into the queue.
    pub(super) fn enqueue(&self, timeout: Duration) -> Result<Option<Place<'_>>, String> {
        let mut state = lock(&self.0);
        let (waiting, since) = (state.queue.len(), state.window.now());
        if state.admit(waiting, since, timeout)?.is_none() {
            return Ok(None);
        }
        let last = state.queue.last_key_value();
        let ticket = last.map_or(0, |(ticket, _)| ticket + 1);
        state.queue.insert(ticket, None);
        Ok(Some(Place {
            limiter: self,
            ticket,
            since,
        }))
    }

    /// Lowers the rate for a while, after the service has reported too many calls.
    pub(in super::super) fn slow_down(&self) {
        lock(&self.0).window.slow_down();
    }
}

/// Place of a call in the queue, which it leaves when this is dropped.
pub(super) struct Place<'a> {
    limiter: &'a RateLimiter,
    ticket: u64,
    /// When the call took it.
    since: Instant,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let next = {
            let mut state = lock(&self.limiter.0);
            state.queue.remove(&self.ticket);
            state.queue.values_mut().next().and_then(Option::take)
        };
        // Outside of the lock, since a waker may poll at once.
        if let Some(next) = next {
            next.wake();
        }
    }
}
