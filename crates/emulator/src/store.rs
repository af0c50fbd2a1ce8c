//! The state and its file.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::StartError;
use crate::error::json_error;
use crate::state::State;

/// The state, protected by a lock.
#[derive(Debug)]
pub(crate) struct Store {
    state: Mutex<State>,
    file: Option<StateFile>,
}

/// The state file, replaced atomically.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    /// The lock that excludes other emulators.
    lock: File,
}

impl Store {
    /// Creates an in-memory store.
    pub(crate) fn new(state: State) -> Self {
        Self {
            state: Mutex::new(state),
            file: None,
        }
    }

    /// Opens a state file, or creates it with an initial state.
    pub(crate) fn open(path: &Path, initial: State) -> Result<Self, StartError> {
        let file = StateFile::open(path)?;
        let state = match file.load()? {
            Some(state) => state,
            None => {
                file.save(&initial).map_err(|error| file.failed(error))?;
                initial
            }
        };
        Ok(Self {
            state: Mutex::new(state),
            file: Some(file),
        })
    }

    /// Reads the state.
    pub(crate) fn read<R>(&self, read: impl FnOnce(&State) -> R) -> R {
        read(&self.lock())
    }

    /// Changes the state and the state file.
    ///
    /// # Errors
    /// Fails if the file cannot be written. The state is then unchanged.
    pub(crate) fn change<R>(&self, change: impl FnOnce(&mut State) -> R) -> io::Result<R> {
        let mut state = self.lock();
        let Some(file) = &self.file else {
            return Ok(change(&mut state));
        };
        let mut next = state.clone();
        let result = change(&mut next);
        if next != *state {
            file.save(&next)?;
            *state = next;
        }
        Ok(result)
    }

    /// Locks the state. A poisoned lock is safe to use: actions validate before they change anything, and tests edit a
    /// copy.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateFile {
    /// Locks the state file.
    fn open(path: &Path) -> Result<Self, StartError> {
        let failed = |cause| StartError::StateFile {
            path: path.to_owned(),
            cause,
        };
        // Every change replaces the state file, so a separate file is locked. Symbolic links are resolved first, so that
        // all names of the file share one lock.
        let real = tc3_files::target(path).map_err(failed)?;
        let lock = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(lock_path(&real))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {
                tc3_files::sweep_file(&real).map_err(failed)?;
                Ok(Self { path: real, lock })
            }
            Err(TryLockError::WouldBlock) => Err(StartError::StateInUse(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// Loads the file, or returns `None` if it does not exist.
    fn load(&self) -> Result<Option<State>, StartError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(error)),
        };
        let mut state: State =
            serde_json::from_str(&text).map_err(|error| json_error(&error, &self.path))?;
        state.complete();
        match state.problem() {
            None => Ok(Some(state)),
            Some(message) => Err(StartError::Data {
                origin: self.path.display().to_string(),
                message,
            }),
        }
    }

    fn save(&self, state: &State) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(state)?;
        text.push(b'\n');
        tc3_files::replace(&self.path, text)
    }

    fn failed(&self, cause: io::Error) -> StartError {
        StartError::StateFile {
            path: self.path.clone(),
            cause,
        }
    }
}

impl Drop for StateFile {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that another thread is starting may still share it.
        let _ = self.lock.unlock();
    }
}

/// Returns the path of the lock file of a state file.
fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".emulator-lock");
    PathBuf::from(name)
}
