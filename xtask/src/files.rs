//! Files in folders.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};

/// The files at a path: itself, or all that the folder holds, however deep, in sorted order.
///
/// Hidden files and folders are left out.
///
/// # Errors
/// If there is nothing at the path, or a folder cannot be listed.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let context = || format!("cannot list the folder {}", folder.display());
        for entry in fs::read_dir(&folder).with_context(context)? {
            let entry = entry.with_context(context)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            // A link is followed to a file, but not into a folder, which could hold the link.
            if entry.file_type().with_context(context)?.is_dir() {
                folders.push(path);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The folders in a folder that are not hidden, in sorted order.
///
/// # Errors
/// If the folder cannot be listed.
pub(crate) fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let context = || format!("cannot list {}", path.display());
    let mut folders = Vec::new();
    for entry in fs::read_dir(path).with_context(context)? {
        let entry = entry.with_context(context)?;
        if entry.path().is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            folders.push(entry.path());
        }
    }
    folders.sort();
    Ok(folders)
}

/// Whether two paths lead to one thing that is there.
pub(crate) fn is_same(one: &Path, other: &Path) -> bool {
    match (fs::canonicalize(one), fs::canonicalize(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// The last part of a path.
pub(crate) fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

/// A number of things in words: `1 page`, `2 pages`.
pub(crate) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Prints a line of a summary. Who has stopped reading it misses nothing else: the work goes on.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Prints a message for people, under the same condition.
pub(crate) fn tell(message: &str) {
    let _ = write!(io::stderr(), "{message}");
}

/// Whether an error of writing to standard output only says that the reader has had enough.
pub(crate) fn is_broken_pipe(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::BrokenPipe
}
