//! Replaces files atomically: a reader sees the old content or the new one, even after the process is killed.
//!
//! The content is written to a temporary file in the same folder, which is then renamed. A killed process can leave the
//! temporary file behind, until [`sweep`] or [`sweep_file`] removes it.

use std::ffi::OsString;
use std::fs::{self, DirBuilder, DirEntry, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// Suffix of temporary files. Their names begin with a dot, because hidden files are not sources.
const SUFFIX: &str = ".tc3-tmp";

/// Replaces a file, or a link, by a new file with the usual permissions. Creates its folder if necessary.
///
/// # Errors
/// Fails if the file cannot be written. It is then unchanged.
pub fn replace(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    fs::create_dir_all(folder(path))?;
    temporary(path, 0o666, content.as_ref())?.persist(path)?;
    Ok(())
}

/// Replaces a file by one that only its owner can read, and syncs it. Creates its folder if necessary, which only the
/// owner can enter. If `path` is a link, its target is replaced.
///
/// # Errors
/// Fails if the file cannot be written. It is then unchanged.
pub fn replace_private(path: &Path, content: impl AsRef<[u8]>) -> io::Result<()> {
    let path = &target(path)?;
    let mut folders = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut folders, 0o700);
    folders.recursive(true).create(folder(path))?;
    let file = temporary(path, 0o600, content.as_ref())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

/// Removes the temporary files of killed processes in a folder, if it exists. A process that replaces a file there at the
/// same time fails.
///
/// # Errors
/// Fails if the folder cannot be listed, or a file cannot be removed.
pub fn sweep(folder: &Path) -> io::Result<()> {
    sweep_chosen(folder, |_| true)
}

/// Removes the temporary files that killed processes left when they replaced this file, or the target of this link. A
/// process that replaces the file at the same time fails.
///
/// # Errors
/// Same as [`sweep`].
pub fn sweep_file(path: &Path) -> io::Result<()> {
    let path = &target(path)?;
    let prefix = prefix(path);
    sweep_chosen(folder(path), |name| {
        let random = name.strip_prefix(prefix.as_encoded_bytes());
        random.is_some_and(|random| !random.contains(&b'.'))
    })
}

/// Removes the temporary files in a folder whose names, without the suffix, satisfy `is_chosen`.
fn sweep_chosen(folder: &Path, is_chosen: impl Fn(&[u8]) -> bool) -> io::Result<()> {
    // An empty path means the current folder, but cannot be listed.
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.as_encoded_bytes().strip_suffix(SUFFIX.as_bytes());
        if name.is_some_and(|name| name.starts_with(b".") && is_chosen(name)) {
            match remove_file(&entry) {
                // Its process has renamed it in the meantime.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                removed => removed?,
            }
        }
    }
    Ok(())
}

/// Removes an entry of a folder, unless it is a folder or a link.
fn remove_file(entry: &DirEntry) -> io::Result<()> {
    match entry.file_type()?.is_file() {
        true => fs::remove_file(entry.path()),
        false => Ok(()),
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().unwrap_or(Path::new(""))
}

/// Returns the prefix of the names of temporary files of `path`.
fn prefix(path: &Path) -> OsString {
    let mut prefix = OsString::from(".");
    prefix.push(path.file_name().unwrap_or_default());
    prefix.push(".");
    prefix
}

/// Follows links, also to a file that does not exist yet.
///
/// # Errors
/// Fails if the path cannot be resolved for another reason, such as a folder that cannot be entered.
pub fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        path => return path,
    }
    let mut path = path.to_owned();
    while let Ok(target) = fs::read_link(&path) {
        path = folder(&path).join(target);
    }
    Ok(path)
}

/// Writes a temporary file beside `path`. The umask restricts `mode`; Windows ignores it.
fn temporary(
    path: &Path,
    #[cfg_attr(not(unix), expect(unused))] mode: u32,
    content: &[u8],
) -> io::Result<NamedTempFile> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    let mut builder = tempfile::Builder::new();
    let prefix = prefix(path);
    builder.prefix(&prefix).suffix(SUFFIX);
    // Writes to the plain file, because errors of `NamedTempFile` have the name of the temporary file.
    let mut file = builder.make_in(folder(path), |path| options.open(path))?;
    file.as_file_mut().write_all(content)?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_is_replaced_in_new_folder() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("a/b/file");
        for content in ["old", "new"] {
            replace(&path, content).expect("it is written");
            assert_eq!(fs::read_to_string(&path).expect("the file"), content);
        }
        let files = fs::read_dir(folder(&path)).expect("the folder");
        assert_eq!(files.count(), 1);
    }

    #[test]
    fn failed_replacement_leaves_nothing() {
        let root = tempfile::tempdir().expect("a folder");
        let path = root.path().join("folder");
        fs::create_dir_all(path.join("inner")).expect("a folder");
        for replaced in [replace(&path, "new"), replace_private(&path, "new")] {
            let error = replaced.expect_err("it is a folder").to_string();
            assert!(!error.contains(SUFFIX), "{error}");
        }
        let files = fs::read_dir(root.path()).expect("the folder");
        assert_eq!(files.count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn file_and_folder_permissions() {
        use std::os::unix::fs::PermissionsExt as _;

        let root = tempfile::tempdir().expect("a folder");
        let mode = |path: &str| {
            let metadata = fs::metadata(root.path().join(path)).expect("it exists");
            metadata.permissions().mode() & 0o777
        };
        fs::write(root.path().join("usual"), "").expect("a file");
        replace(&root.path().join("plain"), "").expect("it is written");
        assert_eq!(mode("plain"), mode("usual"));
        replace_private(&root.path().join("a/b/secret"), "").expect("it is written");
        let private = ["a", "a/b", "a/b/secret"].map(mode);
        assert_eq!(private, [0o700, 0o700, 0o600]);
    }

    #[cfg(unix)]
    #[test]
    fn link_to_private_file_stays() {
        let root = tempfile::tempdir().expect("a folder");
        let (file, link) = (root.path().join("file"), root.path().join("link"));
        fs::write(&file, "old").expect("a file");
        let inner = root.path().join("inner");
        std::os::unix::fs::symlink("inner", &link).expect("a link");
        std::os::unix::fs::symlink("file", &inner).expect("a link");
        for content in ["new", "newer"] {
            replace_private(&link, content).expect("it is written");
            assert!(link.is_symlink() && inner.is_symlink());
            assert_eq!(fs::read_to_string(&file).expect("the file"), content);
            // The next replacement creates the target.
            fs::remove_file(&file).expect("it exists");
        }
    }

    #[test]
    fn only_temporary_files_are_swept() {
        let root = tempfile::tempdir().expect("a folder");
        let leave_temporary = |name: &str| {
            let half = temporary(&root.path().join(name), 0o600, b"half").expect("a file");
            half.keep().expect("a file that stays");
        };
        let count = || fs::read_dir(root.path()).expect("the folder").count();
        for name in ["file", ".file", "file.tc3-tmp", ".editor.tmp"] {
            fs::write(root.path().join(name), "").expect("a file");
        }
        fs::create_dir(root.path().join(".folder.tc3-tmp")).expect("a folder");
        for name in ["file", "file", "file.json", "other"] {
            leave_temporary(name);
        }
        sweep_file(&root.path().join("file")).expect("it is swept");
        assert_eq!(count(), 7);
        sweep(root.path()).expect("it is swept");
        assert_eq!(count(), 5);
        sweep(&root.path().join("missing")).expect("nothing is there");
        sweep_file(&root.path().join("missing/file")).expect("nothing is there");
    }
}
