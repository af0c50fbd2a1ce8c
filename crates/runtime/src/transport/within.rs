use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use super::{Sleeping, Transport, timer};

/// Waits for a future, but no longer than that by the transport's own timers; nothing if it was too long.
///
/// A transport whose pauses take no time, as in tests, sets no bound. One that is blocking has no timers: what it calls
/// a pause would hold up the thread for all of that time, while what is waited for is long there.
pub(crate) async fn within<T>(
    transport: &dyn Transport,
    time: Duration,
    future: impl Future<Output = T>,
) -> Option<T> {
    let mut future = pin!(future);
    let mut alarm = Alarm::Unset;
    poll_fn(|context| {
        if let Poll::Ready(value) = future.as_mut().poll(context) {
            return Poll::Ready(Some(value));
        }
        if let Alarm::Set(sleep) = &mut alarm {
            return sleep.as_mut().poll(context).map(|()| None);
        }
        // Most futures are ready at once, and need no alarm.
        if let Alarm::Unset = alarm {
            let mut sleep: Sleeping<'_> = if transport.is_blocking() {
                Box::pin(timer::sleep(time))
            } else {
                transport.sleep(time)
            };
            alarm = match sleep.as_mut().poll(context) {
                Poll::Pending => Alarm::Set(sleep),
                Poll::Ready(()) => Alarm::None,
            };
        }
        Poll::Pending
    })
    .await
}

enum Alarm<'a> {
    Unset,
    Set(Sleeping<'a>),
    /// The transport's pauses take no time.
    None,
}
