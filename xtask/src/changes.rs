//! A set of files to write, against what lies on disk.

use std::collections::BTreeMap;
use std::ops::AddAssign;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

use anyhow::{Context, Result};
use similar::TextDiff;

use crate::files::files;
use crate::stage::Stage;

/// What has to be done so that a tree holds certain files.
pub(crate) struct Changes {
    root: PathBuf,
    pub(crate) list: Vec<Change>,
    /// How many files there are to be, changed or not.
    files: usize,
}

/// A file that is not yet as it is to be.
pub(crate) struct Change {
    /// The path below the root.
    pub(crate) path: PathBuf,
    /// The text on disk; nothing where there is no file.
    old: Option<String>,
    /// The text to be; nothing where no file is to be.
    pub(crate) new: Option<String>,
}

/// How many files there are to be, and how many of them differ in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    files: usize,
    new: usize,
    changed: usize,
    removed: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Count) {
        self.files += other.files;
        self.new += other.new;
        self.changed += other.changed;
        self.removed += other.removed;
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count {
            files,
            new,
            changed,
            removed,
        } = self;
        write!(
            f,
            "{} of {files} files: {new} new, {changed} changed, {removed} removed",
            new + changed + removed
        )
    }
}

impl Changes {
    /// Compares the files to be, by their path below `root`, with what lies there.
    ///
    /// Files in the folder `owned` below `root` that are marked as generated and are not to be are to go.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(crate) fn find(
        root: &Path,
        files_to_be: BTreeMap<PathBuf, String>,
        owned: Option<&Path>,
    ) -> Result<Changes> {
        let mut list = Vec::new();
        if let Some(owned) = owned.map(|of| root.join(of)).filter(|of| of.is_dir()) {
            for file in files(&owned)? {
                let path = file
                    .strip_prefix(root)
                    .context("a listed file lies outside its folder")?
                    .to_owned();
                if files_to_be.contains_key(&path) {
                    continue;
                }
                let old = read(&file)?.filter(|text| is_generated(text));
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

    /// How many files are new, changed, removed.
    pub(crate) fn count(&self) -> Count {
        let count = |is: fn(&Change) -> bool| self.list.iter().filter(|change| is(change)).count();
        Count {
            files: self.files,
            new: count(|change| change.old.is_none()),
            changed: count(|change| change.old.is_some() && change.new.is_some()),
            removed: count(|change| change.new.is_none()),
        }
    }

    /// The first file that would be overwritten although it is not marked as generated.
    pub(crate) fn not_generated(&self) -> Option<&Path> {
        let mut list = self.list.iter();
        let lost = list.find(|change| change.old.as_ref().is_some_and(|old| !is_generated(old)));
        lost.map(|change| change.path.as_path())
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
    pub(crate) fn write(self) -> Result<()> {
        if self.list.is_empty() {
            return Ok(());
        }
        let stage = Stage::new(&self.root)?;
        stage.add(self)?;
        stage.commit().map(|_| ())
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

/// Whether a file is marked as generated.
fn is_generated(text: &str) -> bool {
    text.lines().take(3).any(|line| line.contains("@generated"))
}
