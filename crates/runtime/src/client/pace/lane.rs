use std::{
    future::poll_fn,
    sync::Mutex,
    task::Poll,
    time::{Duration, Instant},
};

use super::{lock, turns::Turns};
use crate::transport::{Transport, within};

/// The turns of one action.
pub(in super::super) struct Lane(pub(super) Mutex<Turns>);

/// A call has to wait for longer than it may take.
#[derive(Debug, PartialEq)]
pub(in super::super) struct TooLate {
    /// How many calls wait before it.
    pub(in super::super) waiting: usize,
    /// How many calls a second are made at present.
    pub(in super::super) rate: f64,
}

impl Lane {
    pub(super) fn new(rate: Option<f64>) -> Self {
        Self(Mutex::new(Turns::new(rate)))
    }

    /// Waits for a turn, for which there is so much time.
    ///
    /// Whoever stops waiting gives the turn to the next.
    pub(in super::super) async fn turn(
        &self,
        transport: &dyn Transport,
        time: Duration,
    ) -> Result<(), TooLate> {
        let Some(place) = self.queue(time)? else {
            return Ok(());
        };
        let first = poll_fn(|context| {
            let mut turns = lock(&self.0);
            match turns.queue.front_mut() {
                Some((ticket, _)) if *ticket == place.ticket => Poll::Ready(()),
                _ => {
                    if let Some((_, waker)) = turns.find(place.ticket) {
                        *waker = Some(context.waker().clone());
                    }
                    Poll::Pending
                }
            }
        });
        // That there was time enough for the queue may be true no more: the action may have been slowed down.
        if within(transport, time, first).await.is_none() {
            return Err(lock(&self.0).too_late(place.ticket));
        }
        loop {
            let (due, pause) = {
                let mut turns = lock(&self.0);
                let now = turns.now();
                let due = turns.due(now, 0);
                if due <= now {
                    turns.take(now);
                    return Ok(());
                }
                if place.until.is_some_and(|until| due >= until) {
                    return Err(turns.too_late(place.ticket));
                }
                (due, due - now)
            };
            transport.sleep(pause).await;
            // What a transport without a network calls a pause may be none.
            let mut turns = lock(&self.0);
            let missing = due.saturating_duration_since(turns.now());
            turns.ahead = turns.ahead.saturating_add(missing);
        }
    }

    /// Takes a turn at once, or else a place in the queue.
    pub(super) fn queue(&self, time: Duration) -> Result<Option<Place<'_>>, TooLate> {
        let mut turns = lock(&self.0);
        let now = turns.now();
        let waiting = turns.queue.len();
        let due = turns.due(now, waiting);
        if waiting == 0 && due <= now {
            turns.take(now);
            return Ok(None);
        }
        let ticket = turns.next_ticket;
        if due.saturating_duration_since(now) >= time {
            return Err(turns.too_late(ticket));
        }
        turns.next_ticket += 1;
        turns.queue.push_back((ticket, None));
        Ok(Some(Place {
            lane: self,
            ticket,
            until: now.checked_add(time),
        }))
    }

    /// The service said that there were too many calls.
    pub(in super::super) fn slow_down(&self) {
        lock(&self.0).slow_down();
    }
}

/// A place in the queue.
pub(super) struct Place<'a> {
    lane: &'a Lane,
    ticket: u64,
    /// When whoever waits has no more time.
    until: Option<Instant>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let next = {
            let mut turns = lock(&self.lane.0);
            let at = turns
                .queue
                .binary_search_by_key(&self.ticket, |(ticket, _)| *ticket);
            let Ok(at) = at else { return };
            turns.queue.remove(at);
            match turns.queue.front_mut() {
                Some((_, waker)) if at == 0 => waker.take(),
                _ => None,
            }
        };
        if let Some(next) = next {
            next.wake();
        }
    }
}
