//! Who reads and who writes in a folder.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Once;

use anyhow::{Context, Result, bail};

use crate::files::{is_same, tell};
use crate::journal;

/// A hold on folders: as long as it is there, no other command writes in them.
///
/// Every command that reads or writes specs or generated code takes one first, so that nobody sees the half of what
/// another one writes. It does not wait for a folder that is taken: the error says who should.
///
/// A command that was killed lets go of its folders and may leave half of its work in them. Whoever takes the next hold
/// undoes that.
pub(crate) struct Hold {
    folders: Vec<PathBuf>,
    /// They go before the locks do.
    _made: MadeFolders,
    _locks: Vec<File>,
}

/// Folders that go again if they stay empty, the innermost first.
#[derive(Default)]
struct MadeFolders(Vec<PathBuf>);

impl Drop for MadeFolders {
    fn drop(&mut self) {
        for folder in &self.0 {
            // It fails if something is in it, and then it is to stay.
            let _ = fs::remove_dir(folder);
        }
    }
}

impl Hold {
    /// Holds folders to read in them; others may read there too. One that is not there is left out.
    ///
    /// # Errors
    /// If another command writes in one of them, or if what was left behind there cannot be undone.
    pub(crate) fn to_read(folders: &[&Path]) -> Result<Hold> {
        loop {
            let hold = Hold::take(folders, Access::Read)?;
            // What is left behind is looked for behind the lock: before, it could be the work of one that still writes.
            let left = journal::left_in(folders)?;
            if left.is_empty() {
                return Ok(hold);
            }
            drop(hold);
            Hold::to_write(&left)?;
        }
    }

    /// Holds all folders above what lies at a path, and the path itself if it is one, to read it: so also the one that a
    /// command holds which writes there, whichever of them that is. Those that cannot be opened are left out, as well as all
    /// of a path that leads nowhere.
    ///
    /// # Errors
    /// As [`Hold::to_read`].
    pub(crate) fn to_read_at(path: &Path) -> Result<Hold> {
        let path = fs::canonicalize(path).unwrap_or_default();
        let folders = path.ancestors();
        let folders = folders.filter(|of| of.is_dir() && File::open(of).is_ok());
        Hold::to_read(&folders.collect::<Vec<_>>())
    }

    /// Holds folders to write in them. One that is not there is left out.
    ///
    /// # Errors
    /// If another command reads or writes in one of them, or if what was left behind there cannot be undone.
    pub(crate) fn to_write(folders: &[&Path]) -> Result<Hold> {
        let hold = Hold::take(folders, Access::Write)?;
        for folder in folders {
            journal::clean_up(folder, &hold)?;
        }
        Ok(hold)
    }

    /// Holds a folder to write in it. It is made if it is not there, and goes again if nothing is written.
    ///
    /// # Errors
    /// If it cannot be made, and as [`Hold::to_write`].
    pub(crate) fn to_fill(folder: &Path) -> Result<Hold> {
        let missing = folder.ancestors().take_while(|folder| !folder.exists());
        let made = MadeFolders(missing.map(Path::to_owned).collect());
        fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        let mut hold = Hold::to_write(&[folder])?;
        hold._made = made;
        Ok(hold)
    }

    /// The first of the folders, in which new files are put together.
    pub(crate) fn home(&self) -> &Path {
        self.folders
            .first()
            .map_or(Path::new("."), PathBuf::as_path)
    }

    /// Holds those of some more folders that this hold does not have, to write in them.
    ///
    /// # Errors
    /// If another command reads or writes in one of them.
    pub(crate) fn extended(&self, folders: &[PathBuf]) -> Result<Hold> {
        // A second lock of one's own would be in the way of the first.
        let is_held = |folder: &Path| self.folders.iter().any(|held| is_same(held, folder));
        let folders = folders.iter().map(PathBuf::as_path);
        let more: Vec<&Path> = folders.filter(|folder| !is_held(folder)).collect();
        Hold::take(&more, Access::Write)
    }

    fn take(folders: &[&Path], access: Access) -> Result<Hold> {
        let locks = folders.iter().map(|folder| lock(folder, access));
        let locks = locks.collect::<Result<Vec<_>>>()?;
        Ok(Hold {
            folders: folders.iter().map(|folder| (*folder).to_owned()).collect(),
            _made: MadeFolders::default(),
            _locks: locks.into_iter().flatten().collect(),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Access {
    Read,
    Write,
}

/// Locks a folder, where the system lets a folder be opened and the file system has locks; elsewhere that is told.
fn lock(folder: &Path, access: Access) -> Result<Option<File>> {
    let file = match File::open(folder) {
        Ok(file) => file,
        Err(error) => {
            if error.kind() != io::ErrorKind::NotFound {
                tell_unheld(folder, &error);
            }
            return Ok(None);
        }
    };
    let locked = match access {
        Access::Read => file.try_lock_shared(),
        Access::Write => file.try_lock(),
    };
    match locked {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::Error(error)) => {
            tell_unheld(folder, &error);
            Ok(None)
        }
        Err(TryLockError::WouldBlock) => {
            // Who could read now is kept out by readers alone.
            let only_readers = access == Access::Write && file.try_lock_shared().is_ok();
            let does = if only_readers { "reading" } else { "writing" };
            bail!(
                "another command is {does} in {}: run this again once it has ended",
                folder.display()
            )
        }
    }
}

/// Tells once that a folder cannot be held.
fn tell_unheld(folder: &Path, error: &io::Error) {
    static TOLD: Once = Once::new();
    TOLD.call_once(|| {
        tell(&format!(
            "warning: {} cannot be locked ({error}): see to it that no other command writes there meanwhile\n\n",
            folder.display()
        ));
    });
}
