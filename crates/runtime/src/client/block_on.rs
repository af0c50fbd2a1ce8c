use std::{
    pin::pin,
    sync::Arc,
    task::{Context, Poll, Wake, Waker},
    thread::{self, Thread},
};

/// Runs a future to its end on this thread, which sleeps while there is nothing to do.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            // Returns at once if the waker was called since the poll began.
            Poll::Pending => thread::park(),
        }
    }
}

/// Wakes a thread.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests {
    use std::{future::poll_fn, time::Duration};

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
}
