//! The files that a command writes.

use std::fmt;
use std::path::Path;

use anyhow::{Result, bail};

use crate::changes::{Change, Changes};
use crate::lock::FolderLock;
use crate::write::write;

/// The number of files, and how many of them are new, changed or removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    files: usize,
    new: usize,
    changed: usize,
    removed: usize,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (new, changed, removed) = (self.new, self.changed, self.removed);
        write!(f, "{} of {} files: ", new + changed, self.files)?;
        write!(f, "{new} new, {changed} changed, {removed} removed")
    }
}

/// The files that a command writes, with the locks on their folders. All errors occur before a plan exists.
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

    /// Returns a warning for each folder that could not be locked.
    pub fn warnings(&self) -> impl Iterator<Item = &str> {
        self.locks.iter().filter_map(FolderLock::warning)
    }

    /// Whether all files are up to date.
    pub fn is_empty(&self) -> bool {
        self.changes.iter().all(Changes::is_empty)
    }

    /// Counts the new, changed and removed files.
    pub fn count(&self) -> Count {
        let list = || self.changes.iter().flat_map(|of| &of.list);
        let there = |change: &&Change| change.old.is_some();
        Count {
            files: self.changes.iter().map(|of| of.files).sum(),
            new: list().filter(|change| !there(change)).count(),
            changed: list().filter(|of| there(of) && of.new.is_some()).count(),
            removed: list().filter(|of| of.new.is_none()).count(),
        }
    }

    /// Returns the changes as a unified diff.
    pub fn diff(&self) -> String {
        self.changes.iter().map(Changes::diff).collect()
    }

    /// Writes the files and counts them. Each file is replaced atomically. After an interrupted run, running again
    /// completes the work.
    ///
    /// # Errors
    /// Fails if a file cannot be written or removed, or if the plan is for a check, which has no locks.
    pub fn write(&self) -> Result<Count> {
        if self.locks.is_empty() {
            bail!("the plan was made for a check, without a lock: make it without `check`");
        }
        write(&self.changes)?;
        Ok(self.count())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn files_are_counted() {
        let root = tempfile::tempdir().expect("a folder");
        let locked = || {
            let mut plan = Plan::default();
            plan.lock(root.path()).expect("a lock");
            plan
        };
        let mut plan = locked();
        let files = |files: &[(&str, Option<&str>)]| -> BTreeMap<_, _> {
            let files = files.iter();
            files
                .map(|(path, text)| (path.into(), text.map(str::to_owned)))
                .collect()
        };
        let find = |files| Changes::find(root.path(), files, None).expect("changes");
        plan.extend([find(files(&[("a", Some("1")), ("b/c", Some("2"))]))]);
        let written = plan.write().expect("it is written");
        assert_eq!(
            written.to_string(),
            "2 of 2 files: 2 new, 0 changed, 0 removed"
        );
        drop(plan);
        let mut plan = locked();
        plan.extend([
            find(files(&[("a", Some("1")), ("b/c", None)])),
            find(files(&[("a", Some("3"))])),
        ]);
        assert!(!plan.is_empty());
        let written = plan.write().expect("it is written");
        assert_eq!(
            written.to_string(),
            "1 of 2 files: 0 new, 1 changed, 1 removed"
        );
        assert!(!root.path().join("b").exists());
        // A plan for a check has no lock.
        Plan::default().write().expect_err("it has no lock");
    }
}
