//! Files and folders.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result, bail};
use tc3_spec::Spec;

use crate::text::shown;

/// Returns the file at a path, or all files below a folder, sorted.
///
/// Skips hidden files and folders.
///
/// # Errors
/// Fails if the path does not exist or a folder cannot be listed.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    let metadata = fs::metadata(path).with_context(|| format!("cannot read {}", path.display()))?;
    if !metadata.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let context = || format!("cannot list folder {}", folder.display());
        for entry in fs::read_dir(&folder).with_context(context)? {
            let entry = entry.with_context(context)?;
            if entry.file_name().as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let path = entry.path();
            // Links to folders are not followed, because they could be cyclic.
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

/// Returns the subfolders that are not hidden, sorted.
///
/// # Errors
/// Fails if the folder cannot be listed.
pub(crate) fn folders(path: &Path) -> Result<Vec<PathBuf>> {
    let context = || format!("cannot list folder {}", path.display());
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

/// Returns the spec files in a folder, in version order.
///
/// # Errors
/// Fails if the folder cannot be listed.
pub(crate) fn spec_files(folder: &Path) -> Result<Vec<PathBuf>> {
    Spec::files(folder).with_context(|| format!("cannot list folder {}", folder.display()))
}

/// Loads a spec file, and checks that it lies in its service's folder (or in `below` there) and is named by its
/// version.
///
/// # Errors
/// Fails if the file cannot be loaded or lies elsewhere.
pub(crate) fn load_spec(path: &Path, below: &str) -> Result<Spec> {
    let spec = Spec::load(path)?;
    let (service, version) = (&spec.service, &spec.version);
    let expected = Path::new(service)
        .join(below)
        .join(format!("{version}.json"));
    if !path.ends_with(&expected) {
        bail!(
            "{} contains the spec of {service} {version}: move it to {}",
            path.display(),
            shown(&expected)
        );
    }
    Ok(spec)
}

/// Reads a file as text, replacing invalid UTF-8; `None` if it does not exist.
///
/// # Errors
/// Fails if the file cannot be read.
pub(crate) fn read(path: &Path) -> Result<Option<String>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
    }
}

/// Whether a path exists. A path that cannot be examined counts as existing, so that reading it reports the error.
pub(crate) fn exists(path: &Path) -> bool {
    !fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Returns the last component of a path.
pub(crate) fn name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_files_are_skipped() {
        let root = tempfile::tempdir().expect("a folder");
        for path in ["b/2.txt", "b/.hidden", ".git/config", "a.txt", "b/c/1.txt"] {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, "").expect("a file");
        }
        let found = files(root.path()).expect("the files");
        let expect = ["a.txt", "b/2.txt", "b/c/1.txt"].map(|path| root.path().join(path));
        assert_eq!(found, expect);
        assert_eq!(
            folders(root.path()).expect("the folders"),
            [root.path().join("b")]
        );
        assert_eq!(files(&expect[0]).expect("the file"), [expect[0].clone()]);
        assert!(files(&root.path().join("none")).is_err());
    }
}
