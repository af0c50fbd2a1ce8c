use std::{
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

/// Runs a future to its end on this thread, which sleeps while there is nothing to do.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let unpark = Arc::new(Unpark {
        thread: thread::current(),
        is_called: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&unpark));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            // What was polled may have parked the thread as well and have taken the call of the waker for its own, so
            // it is the note that counts.
            Poll::Pending => {
                while !unpark.is_called.swap(false, Ordering::Acquire) {
                    thread::park();
                }
            }
        }
    }
}

/// Wakes a thread.
struct Unpark {
    thread: Thread,
    is_called: AtomicBool,
}

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.is_called.store(true, Ordering::Release);
        self.thread.unpark();
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, sync::mpsc, time::Duration};

    use super::*;

    #[test]
    fn waits_for_another_thread() {
        let mut polls = 0;
        let future = poll_fn(|context| {
            polls += 1;
            let waker = context.waker().clone();
            match polls {
                1 => waker.wake(),
                2 => {
                    thread::spawn(|| {
                        // So that as a rule the other thread sleeps by then; if not, it must not miss this all the same.
                        thread::sleep(Duration::from_millis(10));
                        waker.wake();
                    });
                }
                _ => return Poll::Ready(polls),
            }
            Poll::Pending
        });
        assert!(block_on(future) >= 3);
    }

    #[test]
    fn a_future_may_park_the_thread() {
        let (sender, receiver) = mpsc::channel();
        thread::spawn(move || {
            let mut polls = 0;
            let polls = block_on(poll_fn(|context| {
                polls += 1;
                if polls == 2 {
                    return Poll::Ready(polls);
                }
                context.waker().wake_by_ref();
                thread::park();
                Poll::Pending
            }));
            sender.send(polls)
        });
        assert_eq!(receiver.recv_timeout(Duration::from_secs(10)), Ok(2));
    }
}
