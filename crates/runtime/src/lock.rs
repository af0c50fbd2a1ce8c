use std::sync::{Mutex, MutexGuard, PoisonError};

/// Locks a mutex, also after a panic: nothing of this crate panics while it holds one, and each change is complete.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
