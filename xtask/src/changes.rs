//! A set of files to write, against what lies on disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use similar::TextDiff;

use crate::files::files;

/// The prefix of the folders in which files are put together before they are moved to their places.
const STAGE: &str = ".regenerate-";

/// What has to be done so that a tree holds certain files.
pub(crate) struct Changes {
    root: PathBuf,
    list: Vec<Change>,
    /// How many files there are to be, changed or not.
    files: usize,
}

/// A file that is not yet as it is to be.
struct Change {
    /// The path below the root.
    path: PathBuf,
    /// The text on disk; nothing where there is no file.
    old: Option<String>,
    /// The text to be; nothing where no file is to be.
    new: Option<String>,
}

impl Changes {
    /// Compares the files to be, by their path below `root`, with what lies there.
    ///
    /// Files in the folder `owned` that are marked as generated and are not to be are to go.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(crate) fn find(
        root: &Path,
        files_to_be: BTreeMap<PathBuf, String>,
        owned: &Path,
    ) -> Result<Changes> {
        let mut list = Vec::new();
        let owned = root.join(owned);
        if owned.is_dir() {
            for file in files(&owned)? {
                let path = file
                    .strip_prefix(root)
                    .context("a listed file lies outside its folder")?
                    .to_owned();
                if files_to_be.contains_key(&path) {
                    continue;
                }
                let old = read(&file)?
                    .filter(|text| text.lines().take(3).any(|line| line.contains("@generated")));
                if old.is_some() {
                    list.push(Change {
                        path,
                        old,
                        new: None,
                    });
                }
            }
        }
        let files = files_to_be.len();
        for (path, new) in files_to_be {
            let old = read(&root.join(&path))?;
            if old.as_ref() != Some(&new) {
                list.push(Change {
                    path,
                    old,
                    new: Some(new),
                });
            }
        }
        list.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Changes {
            root: root.to_owned(),
            list,
            files,
        })
    }

    /// Whether all files are as they are to be.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// One line: how many files are new, changed, removed.
    pub(crate) fn summary(&self) -> String {
        let count = |is: fn(&Change) -> bool| self.list.iter().filter(|change| is(change)).count();
        format!(
            "{} of {} files: {} new, {} changed, {} removed",
            self.list.len(),
            self.files,
            count(|change| change.old.is_none()),
            count(|change| change.old.is_some() && change.new.is_some()),
            count(|change| change.new.is_none()),
        )
    }

    /// The changes as a unified diff.
    pub(crate) fn diff(&self) -> String {
        let mut out = String::new();
        for change in &self.list {
            let path = change.path.display().to_string().replace('\\', "/");
            let name = |there: bool, side: &str| {
                if there {
                    format!("{side}/{path}")
                } else {
                    "/dev/null".to_owned()
                }
            };
            let (old, new) = (
                change.old.as_deref().unwrap_or(""),
                change.new.as_deref().unwrap_or(""),
            );
            let diff = TextDiff::from_lines(old, new);
            let (from, to) = (
                name(change.old.is_some(), "a"),
                name(change.new.is_some(), "b"),
            );
            out.push_str(&diff.unified_diff().header(&from, &to).to_string());
        }
        out
    }

    /// Makes the changes. Everything is written beside the tree first and then moved, file by file, so that whatever
    /// ends the program leaves each file whole, old or new.
    ///
    /// # Errors
    /// If a file cannot be written, moved or removed.
    pub(crate) fn write(&self) -> Result<()> {
        if self.list.is_empty() {
            return Ok(());
        }
        remove_stages(&self.root)?;
        let stage = tempfile::Builder::new()
            .prefix(STAGE)
            .tempdir_in(&self.root)
            .with_context(|| format!("cannot write in {}", self.root.display()))?;
        let mut staged = Vec::new();
        for (number, change) in self.list.iter().enumerate() {
            if let Some(new) = &change.new {
                let path = stage.path().join(number.to_string());
                let write = || -> io::Result<()> {
                    let mut file = fs::File::create(&path)?;
                    file.write_all(new.as_bytes())?;
                    file.sync_all()
                };
                write().with_context(|| format!("cannot write {}", path.display()))?;
                staged.push((path, self.root.join(&change.path)));
            }
        }
        for (from, to) in staged {
            let folder = to.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            fs::rename(&from, &to).with_context(|| format!("cannot write {}", to.display()))?;
        }
        for change in self.list.iter().filter(|change| change.new.is_none()) {
            let path = self.root.join(&change.path);
            fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
            // A crate's empty folder would still be a member of the workspace. The first folder that holds something
            // cannot be removed.
            let folders = path.ancestors().skip(1);
            let _ = folders.map(fs::remove_dir).find(io::Result::is_err);
        }
        Ok(())
    }
}

/// The text of a file, or nothing where there is none. Bytes that are not UTF-8 differ from every text to be.
fn read(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Removes what a run that was killed left behind.
fn remove_stages(root: &Path) -> Result<()> {
    let context = || format!("cannot list {}", root.display());
    for entry in fs::read_dir(root).with_context(context)? {
        let entry = entry.with_context(context)?;
        if entry.file_name().to_string_lossy().starts_with(STAGE) {
            fs::remove_dir_all(entry.path())
                .with_context(|| format!("cannot remove {}", entry.path().display()))?;
        }
    }
    Ok(())
}
