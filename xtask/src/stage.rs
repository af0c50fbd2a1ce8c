//! Writing files so that each is whole, old or new, whatever ends the program.
//!
//! Nothing waits for the disk: what a power cut takes can be made again, and waiting for ten thousand files takes longer
//! than making them.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context, Result, bail};
use tempfile::TempDir;

use crate::changes::{Changes, Count};

/// The prefix of the folders in which files are put together before they are moved to their places.
const PREFIX: &str = ".regenerate-";

/// A folder in the tree, from which files are moved to their places once all of them are there.
pub(crate) struct Stage {
    root: PathBuf,
    folder: TempDir,
    /// The name of the next file in the stage.
    next: AtomicUsize,
    staged: Mutex<Staged>,
    /// Behind the stage's folder, which lies in them.
    _made: MadeFolders,
    /// Held as long as the stage is there.
    _lock: Option<fs::File>,
}

#[derive(Default)]
struct Staged {
    count: Count,
    /// The files in the stage, each with its place.
    moves: Vec<(PathBuf, PathBuf)>,
    removals: Vec<PathBuf>,
}

/// Folders that go again if they stay empty, the innermost first.
struct MadeFolders(Vec<PathBuf>);

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // It fails if something is in it, and then it is to stay.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Stage {
    /// A stage for a tree, whose folder is made if it is not there. Removes what a run that was killed left behind.
    ///
    /// # Errors
    /// If nothing can be written there, or if another run has a stage there.
    pub(crate) fn new(root: &Path) -> Result<Stage> {
        let missing = root.ancestors().take_while(|folder| !folder.exists());
        let made = MadeFolders(missing.map(Path::to_owned).collect());
        fs::create_dir_all(root)
            .with_context(|| format!("cannot make the folder {}", root.display()))?;
        let lock = lock(root)?;
        remove_stages(root)?;
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempdir_in(root)
            .with_context(|| format!("cannot write in {}", root.display()))?;
        Ok(Stage {
            root: root.to_owned(),
            folder,
            next: AtomicUsize::new(0),
            staged: Mutex::default(),
            _made: made,
            _lock: lock,
        })
    }

    /// Writes the new files into the stage. Several threads may do so at once.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(crate) fn add(&self, changes: Changes) -> Result<()> {
        let mut moves = Vec::new();
        let mut removals = Vec::new();
        let count = changes.count();
        for change in changes.list {
            let place = self.root.join(&change.path);
            let Some(new) = change.new else {
                removals.push(place);
                continue;
            };
            let number = self.next.fetch_add(1, Ordering::Relaxed);
            let path = self.folder.path().join(number.to_string());
            fs::File::create(&path)
                .and_then(|mut file| file.write_all(new.as_bytes()))
                .with_context(|| format!("cannot write {}", path.display()))?;
            moves.push((path, place));
        }
        let mut staged = self.staged();
        staged.count += count;
        staged.moves.extend(moves);
        staged.removals.extend(removals);
        Ok(())
    }

    /// Moves everything to its place, and removes what is to go.
    ///
    /// # Errors
    /// If a file cannot be moved or removed.
    pub(crate) fn commit(self) -> Result<Count> {
        let staged = std::mem::take(&mut *self.staged());
        for (from, to) in staged.moves {
            let folder = to.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            fs::rename(&from, &to).with_context(|| format!("cannot write {}", to.display()))?;
        }
        for path in staged.removals {
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            // A crate's empty folder would still be a member of the workspace. The first folder that holds something
            // cannot be removed.
            let folders = path.ancestors().skip(1);
            let _ = folders.map(fs::remove_dir).find(io::Result::is_err);
        }
        Ok(staged.count)
    }

    fn staged(&self) -> std::sync::MutexGuard<'_, Staged> {
        self.staged
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Locks the folder, where the system lets a folder be opened: a second run would take the first one's stage for one that
/// was left behind.
fn lock(root: &Path) -> Result<Option<fs::File>> {
    let Ok(folder) = fs::File::open(root) else {
        return Ok(None);
    };
    match folder.try_lock() {
        Err(fs::TryLockError::WouldBlock) => bail!(
            "another command is writing in {}: run this again once it has ended",
            root.display()
        ),
        // Not every file system has locks.
        Err(fs::TryLockError::Error(_)) => Ok(None),
        Ok(()) => Ok(Some(folder)),
    }
}

/// Removes what a run that was killed left behind.
fn remove_stages(root: &Path) -> Result<()> {
    let context = || format!("cannot list {}", root.display());
    for entry in fs::read_dir(root).with_context(context)? {
        let entry = entry.with_context(context)?;
        if entry.file_name().to_string_lossy().starts_with(PREFIX) {
            fs::remove_dir_all(entry.path())
                .with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}
