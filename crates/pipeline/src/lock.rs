//! The lock on an output folder.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// An exclusive lock on a folder that a command may write to.
#[derive(Debug)]
pub struct FolderLock {
    /// The folders created for the lock, innermost first.
    created: Vec<PathBuf>,
    /// The locked folder; `None` where the file system does not support locks.
    file: Option<File>,
    warning: Option<String>,
}

impl FolderLock {
    /// Locks a folder, creating it if necessary. Does not wait for another command.
    ///
    /// # Errors
    /// Fails if another command holds the lock, or the folder cannot be created.
    pub fn take(folder: &Path) -> Result<FolderLock> {
        let missing = folder.ancestors().take_while(|folder| !folder.exists());
        let created = missing.map(Path::to_owned).collect();
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot create folder {}", folder.display()))?;
        let locked = File::open(folder).map_err(TryLockError::Error);
        let (file, warning) = match locked.and_then(|file| file.try_lock().map(|()| file)) {
            Ok(file) => (Some(file), None),
            Err(TryLockError::WouldBlock) => bail!(
                "{} is locked by another command: run this again when it has finished",
                folder.display()
            ),
            // Some systems cannot open folders, and some file systems have no locks.
            Err(TryLockError::Error(error)) => {
                let warning = format!(
                    "warning: cannot lock {} ({error}): make sure that no other command writes there\n\n",
                    folder.display()
                );
                (None, Some(warning))
            }
        };
        Ok(FolderLock {
            created,
            file,
            warning,
        })
    }

    /// Returns a warning if the file system does not support locks.
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        // Closing the file is not enough: a process that another thread is starting may still share it.
        let _ = self.file.take().map(|file| file.unlock());
        for folder in &self.created {
            // Removal fails if something was written there, which is fine.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_lock_fails_and_folder_is_removed() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("a/b");
        let lock = FolderLock::take(&folder).expect("a lock");
        assert_eq!(lock.warning(), None);
        let error = FolderLock::take(&folder).expect_err("it is locked");
        assert!(
            error
                .to_string()
                .contains(" is locked by another command: ")
        );
        drop(lock);
        assert!(!root.path().join("a").exists());
        FolderLock::take(&folder).expect("a lock");
    }
}
