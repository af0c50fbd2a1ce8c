//! The state, and the file that holds it.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::StartError;
use crate::seed::syntax;
use crate::state::State;

/// The state, behind a lock.
#[derive(Debug)]
pub(crate) struct Store {
    state: Mutex<State>,
    file: Option<StateFile>,
}

/// The file that holds the state, always whole.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
    /// Keeps other emulators from the file.
    _lock: File,
}

impl Store {
    /// A store in memory alone.
    pub(crate) fn new(state: State) -> Self {
        Self {
            state: Mutex::new(state),
            file: None,
        }
    }

    /// A store that is kept in a file: what stands there, or `first` if there is no such file yet.
    pub(crate) fn open(path: &Path, first: State) -> Result<Self, StartError> {
        let file = StateFile::open(path)?;
        let state = match file.load()? {
            Some(state) => state,
            None => {
                file.save(&first).map_err(|error| file.failed(error))?;
                first
            }
        };
        Ok(Self {
            state: Mutex::new(state),
            file: Some(file),
        })
    }

    /// Looks at the state.
    pub(crate) fn read<R>(&self, look: impl FnOnce(&State) -> R) -> R {
        look(&self.lock())
    }

    /// Changes the state. Once this returns the change is in the file, if there is one.
    ///
    /// # Errors
    /// If the file cannot be written; then nothing has changed.
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

    /// Actions check everything before they change anything, and what a test changes is a copy, so that a panic leaves
    /// nothing half-changed.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StateFile {
    /// Takes the file, so that no other emulator can.
    fn open(path: &Path) -> Result<Self, StartError> {
        let failed = |source| StartError::StateFile {
            path: path.to_owned(),
            source,
        };
        // The state file is replaced with every change, so that what is locked has to be another one.
        // Behind a link lies the file that is meant; one that is not there yet has no other name.
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let lock = File::options()
            .write(true)
            .create(true)
            .truncate(false)
            .open(beside(&real, ".emulator-lock"))
            .map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => Ok(Self {
                path: real,
                _lock: lock,
            }),
            Err(TryLockError::WouldBlock) => Err(StartError::StateInUse(path.to_owned())),
            Err(TryLockError::Error(error)) => Err(failed(error)),
        }
    }

    /// What stands in the file; nothing if there is none.
    fn load(&self) -> Result<Option<State>, StartError> {
        let text = match fs::read_to_string(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.failed(error)),
        };
        let mut state: State =
            serde_json::from_str(&text).map_err(|error| syntax(&error, &self.path))?;
        state.complete();
        match state.problem() {
            None => Ok(Some(state)),
            Some(message) => Err(StartError::Data {
                origin: self.path.display().to_string(),
                message,
            }),
        }
    }

    /// Replaces the file. Whoever reads it, or ends this process meanwhile, finds the old text or the new one.
    fn save(&self, state: &State) -> io::Result<()> {
        let mut text = serde_json::to_vec_pretty(state)?;
        text.push(b'\n');
        let next = beside(&self.path, ".emulator-new");
        fs::write(&next, text)?;
        fs::rename(&next, &self.path)
    }

    fn failed(&self, source: io::Error) -> StartError {
        StartError::StateFile {
            path: self.path.clone(),
            source,
        }
    }
}

/// The path of a file that belongs to the state file and lies beside it.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
