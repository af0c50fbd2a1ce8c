use std::{
    collections::VecDeque,
    future::poll_fn,
    sync::{Mutex, MutexGuard, PoisonError},
    task::{Poll, Waker},
    time::{Duration, Instant},
};

use super::window::SlidingWindow;
use crate::transport::{Transport, within};

/// Rate limiter of one action. Calls that have to wait form a queue.
pub(in super::super) struct RateLimiter(Mutex<State>);

pub(super) struct State {
    pub(super) window: SlidingWindow,
    /// Tickets of the calls that wait, in ascending order.
    queue: VecDeque<(u64, Option<Waker>)>,
    next_ticket: u64,
}

impl State {
    /// How many calls are in the queue before the one with this ticket.
    fn position(&self, ticket: u64) -> usize {
        self.queue.partition_point(|(other, _)| *other < ticket)
    }

    /// What to report for a call whose timeout ends before it may be sent.
    fn refusal(&mut self, waiting: usize) -> String {
        let rate = self.window.rate(self.window.now()).unwrap_or_default();
        format!("rate limit of {rate} calls per second reached with {waiting} calls waiting")
    }
}

impl RateLimiter {
    pub(super) fn new(rate: Option<f64>) -> Self {
        Self(Mutex::new(State {
            window: SlidingWindow::new(rate),
            queue: VecDeque::new(),
            next_ticket: 0,
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
            let mut state = self.lock();
            let position = state.position(place.ticket);
            match state.queue.get_mut(position) {
                Some((_, waker)) if position > 0 => {
                    *waker = Some(context.waker().clone());
                    Poll::Pending
                }
                _ => Poll::Ready(()),
            }
        });
        // The rate may have been lowered since the call entered the queue, so the wait can be too long by now.
        if within(transport, timeout, first).await.is_none() {
            let mut state = self.lock();
            let position = state.position(place.ticket);
            return Err(state.refusal(position));
        }
        loop {
            let (due, delay) = {
                let mut state = self.lock();
                let now = state.window.now();
                let due = state.window.due(now, 0);
                if due <= now {
                    state.window.record(now);
                    return Ok(());
                }
                if place.deadline.is_some_and(|deadline| due >= deadline) {
                    return Err(state.refusal(0));
                }
                (due, due - now)
            };
            transport.sleep(delay).await;
            self.lock().window.advance_to(due);
        }
    }

    /// Lets a call through at once, or else puts it into the queue.
    pub(super) fn enqueue(&self, timeout: Duration) -> Result<Option<Place<'_>>, String> {
        let mut state = self.lock();
        let now = state.window.now();
        let waiting = state.queue.len();
        let due = state.window.due(now, waiting);
        if waiting == 0 && due <= now {
            state.window.record(now);
            return Ok(None);
        }
        if due.saturating_duration_since(now) >= timeout {
            return Err(state.refusal(waiting));
        }
        let ticket = state.next_ticket;
        state.next_ticket += 1;
        state.queue.push_back((ticket, None));
        Ok(Some(Place {
            limiter: self,
            ticket,
            deadline: now.checked_add(timeout),
        }))
    }

    /// Lowers the rate for a while, after the service has reported too many calls.
    pub(in super::super) fn slow_down(&self) {
        self.lock().window.slow_down();
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Place of a call in the queue, which it leaves when this is dropped.
pub(super) struct Place<'a> {
    limiter: &'a RateLimiter,
    ticket: u64,
    /// When the timeout of the call ends; `None` if no clock can tell.
    deadline: Option<Instant>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let next = {
            let mut state = self.limiter.lock();
            let position = state.position(self.ticket);
            state.queue.remove(position);
            let first = state.queue.front_mut().filter(|_| position == 0);
            first.and_then(|(_, waker)| waker.take())
        };
        // Outside of the lock, since a waker may poll at once.
        if let Some(next) = next {
            next.wake();
        }
    }
}
