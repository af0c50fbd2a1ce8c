//! Pauses without an async runtime: one thread wakes whoever waits.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    mem,
    pin::Pin,
    sync::{
        Arc, Condvar, Mutex, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::{Context, Poll, Waker},
    thread,
    time::{Duration, Instant},
};

/// Waits for that long.
pub(super) fn sleep(duration: Duration) -> Sleep {
    Sleep {
        // A time that no clock can tell is as good as never.
        until: Instant::now().checked_add(duration),
        alarm: None,
    }
}

/// The future of a pause.
pub(super) struct Sleep {
    until: Option<Instant>,
    alarm: Option<Arc<Alarm>>,
}

impl Future for Sleep {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some(until) = self.until else {
            return Poll::Pending;
        };
        if Instant::now() >= until {
            return Poll::Ready(());
        }
        match &self.alarm {
            Some(alarm) => lock(&alarm.waker).clone_from(context.waker()),
            None => {
                let alarm = Arc::new(Alarm {
                    waker: Mutex::new(context.waker().clone()),
                    given_up: AtomicBool::new(false),
                });
                Clock::get().set(until, Arc::clone(&alarm));
                self.alarm = Some(alarm);
            }
        }
        // The alarm may have rung between the look at the time and the change of the waker.
        if Instant::now() >= until {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

impl Drop for Sleep {
    fn drop(&mut self) {
        if let Some(alarm) = &self.alarm {
            alarm.given_up.store(true, Ordering::Relaxed);
            // The alarm stays until its time, and a waker may hold on to all of a task.
            alarm.waker();
        }
    }
}

/// Whom to wake.
struct Alarm {
    waker: Mutex<Waker>,
    given_up: AtomicBool,
}

impl Alarm {
    /// Takes whom to wake. It is woken, or dropped, by the caller: whatever that sets off may look at the alarm.
    fn waker(&self) -> Waker {
        mem::replace(&mut lock(&self.waker), Waker::noop().clone())
    }
}

/// The alarms that are set, the next one first.
#[derive(Default)]
struct Clock {
    alarms: Mutex<BinaryHeap<Reverse<Entry>>>,
    changed: Condvar,
}

struct Entry(Instant, Arc<Alarm>);

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}

impl Clock {
    /// The clock of the program; its thread begins with the first pause.
    fn get() -> &'static Clock {
        static CLOCK: OnceLock<Clock> = OnceLock::new();
        static THREAD: OnceLock<bool> = OnceLock::new();
        let clock = CLOCK.get_or_init(Clock::default);
        THREAD.get_or_init(|| {
            let builder = thread::Builder::new().name("tc3-timer".to_owned());
            builder.spawn(|| clock.run()).is_ok()
        });
        clock
    }

    fn set(&self, until: Instant, alarm: Arc<Alarm>) {
        lock(&self.alarms).push(Reverse(Entry(until, alarm)));
        self.changed.notify_one();
    }

    fn run(&self) {
        let mut alarms = lock(&self.alarms);
        loop {
            let now = Instant::now();
            let wait = match alarms.peek() {
                None => None,
                Some(Reverse(Entry(_, alarm))) if alarm.given_up.load(Ordering::Relaxed) => {
                    alarms.pop();
                    continue;
                }
                Some(Reverse(Entry(until, _))) if *until <= now => {
                    if let Some(Reverse(Entry(_, alarm))) = alarms.pop() {
                        drop(alarms);
                        alarm.waker().wake();
                        alarms = lock(&self.alarms);
                    }
                    continue;
                }
                Some(Reverse(Entry(until, _))) => Some(*until - now),
            };
            alarms = match wait {
                None => self
                    .changed
                    .wait(alarms)
                    .unwrap_or_else(PoisonError::into_inner),
                Some(wait) => {
                    let waited = self.changed.wait_timeout(alarms, wait);
                    waited.unwrap_or_else(PoisonError::into_inner).0
                }
            };
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::task::Wake;

    use super::*;

    struct Bell(mpsc::Sender<()>);

    impl Wake for Bell {
        fn wake(self: Arc<Self>) {
            let _ = self.0.send(());
        }
    }

    #[test]
    fn wakes_when_the_time_has_come_and_not_before() {
        let (sender, bell) = mpsc::channel();
        let waker = Waker::from(Arc::new(Bell(sender)));
        let mut context = Context::from_waker(&waker);
        let begin = Instant::now();
        let mut long = Box::pin(sleep(Duration::from_millis(60)));
        let mut short = Box::pin(sleep(Duration::from_millis(20)));
        let mut never = Box::pin(sleep(Duration::MAX));
        assert!(long.as_mut().poll(&mut context).is_pending());
        assert!(short.as_mut().poll(&mut context).is_pending());
        assert!(never.as_mut().poll(&mut context).is_pending());
        for (sleep, least) in [(&mut short, 20), (&mut long, 60)] {
            bell.recv().unwrap();
            assert!(sleep.as_mut().poll(&mut context).is_ready());
            assert!(begin.elapsed() >= Duration::from_millis(least));
        }
    }

    #[test]
    fn wakes_nobody_who_has_gone() {
        let (sender, bell) = mpsc::channel();
        let waker = Waker::from(Arc::new(Bell(sender)));
        let mut context = Context::from_waker(&waker);
        let mut gone = Box::pin(sleep(Duration::from_millis(10)));
        assert!(gone.as_mut().poll(&mut context).is_pending());
        drop(gone);
        let mut long = Box::pin(sleep(Duration::from_secs(3600)));
        let task = Arc::new(Bell(mpsc::channel().0));
        let waker = Waker::from(Arc::clone(&task));
        assert!(
            long.as_mut()
                .poll(&mut Context::from_waker(&waker))
                .is_pending()
        );
        drop((long, waker));
        assert_eq!(Arc::strong_count(&task), 1, "nothing is held on to");
        let mut stays = Box::pin(sleep(Duration::from_millis(30)));
        assert!(stays.as_mut().poll(&mut context).is_pending());
        bell.recv().unwrap();
        assert!(stays.as_mut().poll(&mut context).is_ready());
        assert!(bell.try_recv().is_err());
    }
}
