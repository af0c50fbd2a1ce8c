//! The lock of a command on the folder that it writes in.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::files::tell;

/// A lock on a folder: while it lives, no other command writes there. Commands that only read take none.
pub(crate) struct FolderLock {
    /// The folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    _file: Option<File>,
}

impl FolderLock {
    /// Locks a folder, which is made if it does not exist. It does not wait for another command.
    ///
    /// # Errors
    /// If another command has locked the folder, or if the folder cannot be made.
    pub(crate) fn take(folder: &Path) -> Result<FolderLock> {
        let missing = folder.ancestors().take_while(|folder| !folder.exists());
        let made = missing.map(Path::to_owned).collect();
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let _file = lock(folder)?;
        Ok(FolderLock { made, _file })
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        for folder in &self.made {
            // It fails if something was written there.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Locks a folder, where the system can: not all of them open folders, and not all file systems have locks.
fn lock(folder: &Path) -> Result<Option<File>> {
    let locked = File::open(folder).map_err(TryLockError::Error);
    match locked.and_then(|file| file.try_lock().map(|()| file)) {
        Ok(file) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => bail!(
            "another command is writing in {}: run this again once it has ended",
            folder.display()
        ),
        Err(TryLockError::Error(error)) => {
            warn(folder, &error);
            Ok(None)
        }
    }
}

fn warn(folder: &Path, error: &io::Error) {
    tell(&format!(
        "warning: cannot lock {} ({error}): make sure that no other command writes there meanwhile\n\n",
        folder.display()
    ));
}
