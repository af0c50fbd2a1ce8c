use std::{
    future::{pending, poll_fn},
    pin::pin,
    task::Poll,
    time::{Duration, Instant},
};

use super::Transport;

/// Poll interval of a blocking transport, whose sleeps may block the thread.
const POLL_INTERVAL: Duration = Duration::from_millis(10);

/// Waits for a future, and returns `None` after `timeout`.
///
/// The timer is [`Transport::sleep`]. If its sleeps return immediately, as in tests, there is no timeout.
pub(crate) async fn with_timeout<T>(
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
            // A sleep for the whole timeout could block after the future is ready. So this sleeps for one interval, lets
            // the executor run other futures, and polls again.
            let left = timeout.saturating_sub(started.elapsed());
            if left.is_zero() {
                return Poll::Ready(None);
            }
            let interval = left.min(POLL_INTERVAL);
            let sleep = timer.get_or_insert_with(|| transport.sleep(interval));
            if sleep.as_mut().poll(context).is_ready() {
                timer = None;
                context.waker().wake_by_ref();
            }
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

#[cfg(test)]
mod tests {
    use std::{
        future::ready,
        task::{Context, Waker},
        thread,
    };

    use super::{super::*, *};

    /// Transport that only sleeps.
    struct SleepTransport {
        blocking: bool,
        instant: bool,
    }

    impl Transport for SleepTransport {
        fn send(&self, _request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
            unreachable!("nothing is sent")
        }

        fn sleep(&self, duration: Duration) -> Sleeping<'_> {
            if !self.instant {
                thread::sleep(duration);
            }
            Box::pin(ready(()))
        }

        fn is_blocking(&self) -> bool {
            self.blocking
        }
    }

    #[tokio::test]
    async fn blocking_transport_keeps_the_timeout() {
        for instant in [false, true] {
            let transport = SleepTransport {
                blocking: true,
                instant,
            };
            let (started, timeout) = (Instant::now(), Duration::from_millis(40));
            assert_eq!(
                with_timeout(&transport, timeout, pending::<()>()).await,
                None
            );
            assert!(started.elapsed() >= timeout);
            let ended = with_timeout(&transport, Duration::ZERO, ready(1)).await;
            assert_eq!(ended, Some(1));
        }
    }

    /// A call may wait for a fetch by another task on the same thread.
    #[tokio::test]
    async fn blocking_transport_lets_other_tasks_run() {
        let transport = SleepTransport {
            blocking: true,
            instant: true,
        };
        let (sender, receiver) = tokio::sync::oneshot::channel();
        tokio::spawn(async move {
            tokio::task::yield_now().await;
            sender.send(7)
        });
        let received = with_timeout(&transport, Duration::from_secs(60), receiver).await;
        assert_eq!(received.unwrap().unwrap(), 7);
    }

    #[test]
    fn instant_sleep_sets_no_timeout() {
        let transport = SleepTransport {
            blocking: false,
            instant: true,
        };
        let mut waiting = pin!(with_timeout(&transport, Duration::ZERO, pending::<()>()));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..3 {
            assert!(waiting.as_mut().poll(&mut context).is_pending());
        }
    }
}
