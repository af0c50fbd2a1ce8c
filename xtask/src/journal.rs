//! What a command is about to do to a tree, written down before it does it, so that it can be undone.
//!
//! A file takes its place in one step, but many files do not. So before the first one moves, the stage (see
//! [`crate::stage`]) holds everything that it takes to go back: each file that will be replaced or removed, and a
//! journal of all steps. Whatever goes wrong from there on, be it that a step fails or that the program is killed between
//! two of them, is mended in the same way: what was there is put back. Going back needs nothing but what was there, which
//! surely fits; going on could fail again, at the step at which it failed before, and could overwrite what somebody has
//! put in order by hand since. Once the journal is gone, everything is as it is to be.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;
use std::{fs, io};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use crate::files::tell;
use crate::generate::relative;
use crate::hold::Hold;

/// The prefix of the folders in which files are put together before they are moved to their places.
pub(crate) const PREFIX: &str = ".regenerate-";

/// The journal's name in its stage.
const FILE: &str = "journal";

/// All steps that lead from the files in a stage to a tree that holds them.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Journal {
    /// The way from the folder in which the stage lies to the tree's root. So both can be moved before the next command
    /// comes.
    way: PathBuf,
    /// The folders to make, below the tree's root, the outer before the inner.
    folders: Vec<PathBuf>,
    files: Vec<Entry>,
    /// The stage, wherever it is now.
    #[serde(skip)]
    stage: PathBuf,
    /// The tree's root, wherever it is now.
    #[serde(skip)]
    root: PathBuf,
}

/// A file that comes, changes or goes.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    /// Its path below the tree's root.
    place: PathBuf,
    /// The number in the stage of what is to be there, `1.new`, and of what was there, `1.old`.
    number: usize,
    /// What is to be there; nothing where the file goes.
    new: Option<Stamp>,
    /// Whether there was a file.
    old: bool,
}

/// What a file keeps when it is moved, and loses when somebody writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    length: u64,
    modified: SystemTime,
}

/// One step, which is done wholly or not at all.
#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Make(&'a Path),
    Put(&'a Entry),
    Remove(&'a Entry),
}

impl Journal {
    /// Plans what leads to a tree below `root` that has these files: each path with its number in the stage, and whether
    /// there is to be a file. Keeps in the stage what lies there now; nothing in the tree changes yet.
    ///
    /// # Errors
    /// If a file cannot be kept, or a folder lies in the place of one.
    pub(crate) fn plan(
        stage: PathBuf,
        root: &Path,
        files: Vec<(PathBuf, usize, bool)>,
    ) -> Result<Journal> {
        let home = stage.parent().unwrap_or(Path::new("."));
        let mut journal = Journal {
            way: PathBuf::from(relative(home, root)?),
            folders: Vec::new(),
            files: Vec::new(),
            stage,
            root: root.to_owned(),
        };
        for (place, number, is_to_be) in files {
            let mut entry = Entry {
                place,
                number,
                new: None,
                old: false,
            };
            let path = journal.place(&entry);
            entry.old = keep(&path, &journal.old_of(&entry))?;
            if is_to_be {
                let new = journal.new_of(&entry);
                entry.new = stamp(&new).with_context(|| cannot_read(&new))?;
                journal.add_folders(&entry.place);
            }
            journal.files.push(entry);
        }
        journal.folders.sort();
        journal.folders.dedup();
        Ok(journal)
    }

    /// Notes the folders above a place that are not there.
    fn add_folders(&mut self, place: &Path) {
        let folders = place.ancestors().skip(1);
        let folders = folders.take_while(|folder| !self.root.join(folder).exists());
        let folders: Vec<PathBuf> = folders.map(Path::to_owned).collect();
        self.folders.extend(folders);
    }

    /// Writes the journal into its stage: from now on, what it says is undone unless all of it is done.
    ///
    /// # Errors
    /// If it cannot be written.
    pub(crate) fn write(&self) -> Result<()> {
        let whole = self.stage.join(FILE);
        let part = whole.with_extension("part");
        let bytes = serde_json::to_vec(self).context("cannot note the files to write")?;
        // It is there whole, or not at all.
        fs::write(&part, bytes)
            .and_then(|()| fs::rename(&part, &whole))
            .with_context(|| format!("cannot write {}", whole.display()))
    }

    /// The journal in a stage, if there is one.
    ///
    /// # Errors
    /// If it cannot be read.
    fn read(stage: &Path) -> Result<Option<Journal>> {
        let path = stage.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| cannot_read(&path)),
        };
        let mut journal: Journal = serde_json::from_slice(&bytes).with_context(|| {
            format!(
                "a command was interrupted, and what it did cannot be undone, since {} is damaged: put the files in order \
                 by hand (version control has them), and remove {}",
                path.display(),
                stage.display()
            )
        })?;
        stage.clone_into(&mut journal.stage);
        let root = stage.parent().unwrap_or(stage).join(&journal.way);
        journal.root = fs::canonicalize(&root).with_context(|| cannot_read(&root))?;
        Ok(Some(journal))
    }

    /// Does everything, and removes the journal.
    ///
    /// # Errors
    /// If a step fails. Then all is as it was before; if that fails too, the error says what is not, and the stage stays
    /// for the next command to try again.
    pub(crate) fn carry_out(&self) -> Result<()> {
        let mut steps = self.steps();
        let done = steps.try_for_each(|step| self.take(step));
        let Err(error) = done.and_then(|()| self.close()) else {
            return Ok(());
        };
        match self.undo() {
            Ok(()) => bail!("{error:#}; all files are as they were before"),
            Err(failures) => bail!("{error:#}; {failures:#}"),
        }
    }

    fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let folders = self.folders.iter().map(|folder| Step::Make(folder));
        let files = self.files.iter();
        let puts = files.clone().filter(|entry| entry.new.is_some());
        let removals = files.filter(|entry| entry.new.is_none() && entry.old);
        folders
            .chain(puts.map(Step::Put))
            .chain(removals.map(Step::Remove))
    }

    fn take(&self, step: Step<'_>) -> Result<()> {
        match step {
            Step::Make(folder) => {
                let folder = self.root.join(folder);
                match fs::create_dir(&folder) {
                    Err(error) if !folder.is_dir() => Err(error)
                        .with_context(|| format!("cannot make the folder {}", folder.display())),
                    _ => Ok(()),
                }
            }
            Step::Put(entry) => {
                let place = self.place(entry);
                fs::rename(self.new_of(entry), &place)
                    .with_context(|| format!("cannot write {}", place.display()))
            }
            Step::Remove(entry) => {
                let place = self.place(entry);
                fs::remove_file(&place)
                    .with_context(|| format!("cannot remove {}", place.display()))?;
                // A crate's empty folder would still be a member of the workspace. The first folder that holds something
                // cannot be removed.
                let folders = entry.place.ancestors().skip(1);
                let folders = folders.filter(|folder| !folder.as_os_str().is_empty());
                let _ = folders
                    .map(|folder| fs::remove_dir(self.root.join(folder)))
                    .find(io::Result::is_err);
                Ok(())
            }
        }
    }

    /// Puts back what was there before the first step, whichever steps were taken, and removes the journal. What somebody
    /// else has written since stays, and is told.
    ///
    /// # Errors
    /// If something cannot be put back: everything else is.
    fn undo(&self) -> Result<()> {
        let mut failures = Vec::new();
        for entry in &self.files {
            let place = self.place(entry);
            match self.put_back(entry) {
                Ok(true) => {}
                Ok(false) => tell(&format!(
                    "warning: {} was written by somebody else since, and stays as it is\n\n",
                    place.display()
                )),
                Err(error) if entry.old => failures.push(format!(
                    "{} ({error}; what was there is {})",
                    place.display(),
                    self.old_of(entry).display()
                )),
                Err(error) => {
                    failures.push(format!("{} ({error}; it was not there)", place.display()))
                }
            }
        }
        for folder in self.folders.iter().rev() {
            // It fails if somebody else has put something there, and then it is to stay.
            let _ = fs::remove_dir(self.root.join(folder));
        }
        if !failures.is_empty() {
            bail!(
                "these files could not be put back as they were before, and all others were; the next command will try \
                 again: {}",
                failures.join(", ")
            );
        }
        self.close()
    }

    /// Puts back one file; says whether nobody else has written there. It may be done again.
    fn put_back(&self, entry: &Entry) -> io::Result<bool> {
        let (place, old) = (self.place(entry), self.old_of(entry));
        let was_put = entry.new.is_some() && stamp(&self.new_of(entry))?.is_none();
        let is_kept = entry.old && stamp(&old)?.is_some();
        match stamp(&place)? {
            // The step was not taken.
            _ if entry.new.is_some() && !was_put => {}
            // It is undone already.
            _ if entry.old && !is_kept => {}
            None if entry.old => {
                fs::create_dir_all(place.parent().unwrap_or(&place))?;
                fs::rename(&old, &place)?;
            }
            None => {}
            Some(_) if entry.new.is_none() => {}
            now if now != entry.new => return Ok(false),
            Some(_) if entry.old => fs::rename(&old, &place)?,
            Some(_) => fs::remove_file(&place)?,
        }
        Ok(true)
    }

    /// The folders in which it writes: those right below the tree's root. Whoever holds more than one folder has them there.
    fn written(&self) -> Vec<PathBuf> {
        let places = self.files.iter().map(|entry| entry.place.as_path());
        let first = |place: &Path| place.components().next().map(|of| self.root.join(of));
        let folders: BTreeSet<PathBuf> = places.filter_map(first).collect();
        folders.into_iter().filter(|of| of.is_dir()).collect()
    }

    /// Removes the journal: what is in the tree now is what is to be there.
    fn close(&self) -> Result<()> {
        let path = self.stage.join(FILE);
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))
    }

    /// Whether it is still there, so that what is in the tree may have to be undone.
    pub(crate) fn is_open(&self) -> bool {
        self.stage.join(FILE).exists()
    }

    fn place(&self, entry: &Entry) -> PathBuf {
        self.root.join(&entry.place)
    }

    fn new_of(&self, entry: &Entry) -> PathBuf {
        new_file(&self.stage, entry.number)
    }

    fn old_of(&self, entry: &Entry) -> PathBuf {
        self.stage.join(format!("{}.old", entry.number))
    }
}

/// The file of that number in a stage.
pub(crate) fn new_file(stage: &Path, number: usize) -> PathBuf {
    stage.join(format!("{number}.new"))
}

/// Keeps what lies at a place; says whether there was a file.
fn keep(place: &Path, kept: &Path) -> Result<bool> {
    match fs::symlink_metadata(place) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error).with_context(|| cannot_read(place)),
        Ok(metadata) if metadata.is_dir() => {
            bail!("{} is a folder, and a file is to be there", place.display())
        }
        Ok(_) => {}
    }
    // A second name costs next to nothing. Not every file system has them.
    fs::hard_link(place, kept)
        .or_else(|_| fs::copy(place, kept).map(|_| ()))
        .with_context(|| format!("cannot keep {} at {}", place.display(), kept.display()))?;
    Ok(true)
}

/// The stamp of a file; nothing where there is none.
fn stamp(path: &Path) -> io::Result<Option<Stamp>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(Stamp {
            length: metadata.len(),
            modified: metadata.modified()?,
        })),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

fn cannot_read(path: &Path) -> String {
    format!("cannot read {}", path.display())
}

/// Those of some folders in which a command that was interrupted left half of its work, in a stage.
///
/// # Errors
/// If a folder cannot be listed.
pub(crate) fn left_in<'f>(folders: &[&'f Path]) -> Result<Vec<&'f Path>> {
    let mut left = Vec::new();
    for folder in folders {
        let stages = stages(folder)?;
        if stages.iter().any(|stage| stage.join(FILE).exists()) {
            left.push(*folder);
        }
    }
    Ok(left)
}

/// Undoes what a command left half done, and removes the stages in a folder, which is held to write in it.
///
/// # Errors
/// If something cannot be put back or removed, or if another command reads or writes where it would be put.
pub(crate) fn clean_up(folder: &Path, hold: &Hold) -> Result<()> {
    for stage in stages(folder)? {
        if let Some(journal) = Journal::read(&stage)? {
            let _others = hold.extended(&journal.written())?;
            journal.undo()?;
            tell(&format!(
                "warning: a command was interrupted while it wrote in {}; what it had written is undone\n\n",
                journal.root.display()
            ));
        }
        fs::remove_dir_all(&stage).with_context(|| format!("cannot remove {}", stage.display()))?;
    }
    Ok(())
}

/// The stages in a folder; none if it is not there.
fn stages(folder: &Path) -> Result<Vec<PathBuf>> {
    let context = || format!("cannot list {}", folder.display());
    let entries = match fs::read_dir(folder) {
        // Where nobody may look, nothing of ours lies.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied
            ) =>
        {
            return Ok(Vec::new());
        }
        entries => entries.with_context(context)?,
    };
    let mut stages = Vec::new();
    for entry in entries {
        let entry = entry.with_context(context)?;
        let path = entry.path();
        if entry.file_name().to_string_lossy().starts_with(PREFIX) && is_stage(&path)? {
            stages.push(path);
        }
    }
    Ok(stages)
}

/// Whether something that is called like a stage is one: a folder that holds nothing but what a stage does.
fn is_stage(path: &Path) -> Result<bool> {
    if !path.is_dir() {
        return Ok(false);
    }
    let context = || format!("cannot list {}", path.display());
    let entries = match fs::read_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => return Ok(false),
        entries => entries.with_context(context)?,
    };
    for entry in entries {
        let name = entry.with_context(context)?.file_name();
        let name = name.to_string_lossy();
        let number = name.strip_suffix(".new").or(name.strip_suffix(".old"));
        let is_own = number.is_some_and(|of| of.parse::<usize>().is_ok())
            || name == FILE
            || name == format!("{FILE}.part");
        if !is_own {
            return Ok(false);
        }
    }
    Ok(true)
}
