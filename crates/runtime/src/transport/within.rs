use std::{
    future::{pending, poll_fn},
    pin::pin,
    task::Poll,
    time::{Duration, Instant},
};

use super::Transport;

/// How often a thread without timers checks what it waits for.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Waits for a future, but at most for `timeout`; returns `None` after that.
///
/// The timeout is that of [`Transport::sleep`]. A transport of a test, whose sleeps end at once, has no timeout.
pub(crate) async fn within<T>(
    transport: &dyn Transport,
    timeout: Duration,
    future: impl Future<Output = T>,
) -> Option<T> {
    let mut future = pin!(future);
    let started = Instant::now();
    let mut timer = None;
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        if transport.is_blocking() {
            // It has no timers: a sleep for the whole time would last after the future is ready. So it sleeps a little,
            // lets the executor run other futures, and checks again.
            let left = timeout.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Poll::Ready(None);
            }
            let mut sleep = transport.sleep(left.min(POLL_INTERVAL));
            let _ = sleep.as_mut().poll(context);
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let is_new = timer.is_none();
        let sleep = timer.get_or_insert_with(|| transport.sleep(timeout));
        match sleep.as_mut().poll(context) {
            Poll::Ready(()) if is_new => {
                *sleep = Box::pin(pending());
                Poll::Pending
            }
            polled => polled.map(|()| None),
        }
    })
    .await
}
