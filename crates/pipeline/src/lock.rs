//! The lock of a command on the folder that it writes in.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// A lock on a folder: while it lives, no other command writes there. Commands that only read take none.
#[derive(Debug)]
pub struct FolderLock {
    /// The folders that were made for it, the innermost first.
    made: Vec<PathBuf>,
    /// The locked folder; nothing where the system has no such locks.
    file: Option<File>,
    warning: Option<String>,
}

impl FolderLock {
    /// Locks a folder, which is made if it does not exist. It does not wait for another command.
    ///
    /// # Errors
    /// If another command has locked the folder, or if the folder cannot be made.
    pub fn take(folder: &Path) -> Result<FolderLock> {
        let missing = folder.ancestors().take_while(|folder| !folder.exists());
        let made = missing.map(Path::to_owned).collect();
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let locked = File::open(folder).map_err(TryLockError::Error);
        let (file, warning) = match locked.and_then(|file| file.try_lock().map(|()| file)) {
            Ok(file) => (Some(file), None),
            Err(TryLockError::WouldBlock) => bail!(
                "another command is writing in {}: run this again once it has ended",
                folder.display()
            ),
            // Not all systems open folders, and not all file systems have locks.
            Err(TryLockError::Error(error)) => {
                let warning = format!(
                    "warning: cannot lock {} ({error}): make sure that no other command writes there meanwhile\n\n",
                    folder.display()
                );
                (None, Some(warning))
            }
        };
        Ok(FolderLock {
            made,
            file,
            warning,
        })
    }

    /// A message for people where the system cannot lock the folder.
    pub fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }
}

impl Drop for FolderLock {
    fn drop(&mut self) {
        drop(self.file.take());
        for folder in &self.made {
            // It fails if something was written there.
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_writer_is_refused_and_nothing_is_left() {
        let root = tempfile::tempdir().expect("a folder");
        let folder = root.path().join("a/b");
        let lock = FolderLock::take(&folder).expect("a lock");
        assert_eq!(lock.warning(), None);
        let error = FolderLock::take(&folder).expect_err("it is locked");
        assert!(
            error
                .to_string()
                .starts_with("another command is writing in ")
        );
        drop(lock);
        assert!(!root.path().join("a").exists());
        FolderLock::take(&folder).expect("a lock");
    }
}
