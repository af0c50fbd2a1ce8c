//! What a command is to write.

use std::path::Path;

use anyhow::Result;

use crate::changes::{Changes, Count};
use crate::lock::FolderLock;

/// What a command is to write, with the locks on the folders that it writes in. All errors are found before there is one.
#[derive(Debug, Default)]
pub struct Plan {
    changes: Vec<Changes>,
    locks: Vec<FolderLock>,
}

impl Plan {
    /// Locks a folder until the plan is dropped.
    pub(crate) fn lock(&mut self, folder: &Path) -> Result<()> {
        self.locks.push(FolderLock::take(folder)?);
        Ok(())
    }

    pub(crate) fn extend(&mut self, changes: impl IntoIterator<Item = Changes>) {
        self.changes.extend(changes);
    }

    /// Messages about folders that the system cannot lock.
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.locks.iter().filter_map(FolderLock::warning)
    }

    /// Whether all files are as they are to be.
    pub fn is_empty(&self) -> bool {
        self.changes.iter().all(Changes::is_empty)
    }

    /// How many files are new, changed, removed.
    pub fn count(&self) -> Count {
        self.changes.iter().map(Changes::count).sum()
    }

    /// The changes as a unified diff.
    pub fn diff(&self) -> String {
        self.changes.iter().map(Changes::diff).collect()
    }

    /// Writes the files, and counts them.
    ///
    /// # Errors
    /// If a file cannot be written or removed.
    pub fn write(&self) -> Result<Count> {
        self.changes.iter().try_for_each(Changes::write)?;
        Ok(self.count())
    }
}
