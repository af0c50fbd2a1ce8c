//! Writing files so that a tree holds all of them or none, whatever ends the program.
//!
//! They are put together in a stage, and from there each takes its place in one step. A command that is killed between
//! two steps leaves a journal, and the next one undoes what was done (see [`crate::journal`]).
//!
//! Nothing waits for the disk: what a power cut takes can be made again, and waiting for ten thousand files takes longer
//! than making them.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result};
use tempfile::TempDir;

use crate::changes::{Changes, Count};
use crate::hold::Hold;
use crate::journal::{self, Journal};

/// A folder in the tree, from which files are moved to their places once all of them are there.
pub(crate) struct Stage<'h> {
    root: PathBuf,
    folder: TempDir,
    /// The number of the next file in the stage.
    next: AtomicUsize,
    staged: Mutex<Staged>,
    /// Another command would take the stage for one that was left behind.
    _hold: &'h Hold,
}

#[derive(Default)]
struct Staged {
    count: Count,
    /// The files by their path below the root, each with its number and whether it is to be there.
    files: Vec<(PathBuf, usize, bool)>,
}

impl<'h> Stage<'h> {
    /// A stage for the tree below `root`, of which all folders are held in which files change. It lies in the first of
    /// these, where everybody who takes a hold finds it.
    ///
    /// # Errors
    /// If nothing can be written there.
    pub(crate) fn new(hold: &'h Hold, root: &Path) -> Result<Stage<'h>> {
        let folder = tempfile::Builder::new()
            .prefix(journal::PREFIX)
            .tempdir_in(hold.home())
            .with_context(|| format!("cannot write in {}", hold.home().display()))?;
        Ok(Stage {
            root: root.to_owned(),
            folder,
            next: AtomicUsize::new(0),
            staged: Mutex::default(),
            _hold: hold,
        })
    }

    /// Writes the new files into the stage. Several threads may do so at once.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(crate) fn add(&self, changes: Changes) -> Result<()> {
        let mut files = Vec::new();
        let count = changes.count();
        for change in changes.list {
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            if let Some(new) = &change.new {
                let path = journal::new_file(self.folder.path(), number);
                fs::File::create(&path)
                    .and_then(|mut file| file.write_all(new.as_bytes()))
                    .with_context(|| format!("cannot write {}", path.display()))?;
            }
            files.push((change.path, number, change.new.is_some()));
        }
        let mut staged = self.staged();
        staged.count += count;
        staged.files.extend(files);
        Ok(())
    }

    /// Moves everything to its place, and removes what is to go.
    ///
    /// # Errors
    /// If a file cannot be moved or removed. Then all is as it was before, or the error says what is not.
    pub(crate) fn commit(self) -> Result<Count> {
        let Staged { count, files } = std::mem::take(&mut *self.staged());
        let journal = Journal::plan(self.folder.path().to_owned(), &self.root, files)?;
        journal.write()?;
        // The stage must not go on its own as long as there is something in it to put back.
        let folder = self.folder.keep();
        let carried_out = journal.carry_out();
        if carried_out.is_ok() || !journal.is_open() {
            // What is left of it, the next command removes.
            let _ = fs::remove_dir_all(folder);
        }
        carried_out.map(|()| count)
    }

    fn staged(&self) -> std::sync::MutexGuard<'_, Staged> {
        self.staged
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
