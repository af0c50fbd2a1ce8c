//! Brings folders up to date: removes stale files and writes new and changed ones.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::changes::Changes;
use crate::files::folders;
use crate::workers;

/// Writes the files of all changes, each atomically. Also removes temporary files of killed commands, so the folders must
/// be locked.
///
/// # Errors
/// Fails if a file cannot be written or removed.
pub(crate) fn write(changes: &[Changes]) -> Result<()> {
    // Removes first, because a file may become a folder and the reverse.
    changes.iter().try_for_each(remove)?;
    let files = changes.iter().flat_map(|of| {
        let list = of.list.iter();
        list.filter_map(|change| Some((of.root.join(&change.path), change.new.as_deref()?)))
    });
    // Manifests go last: cargo, which runs this command, rejects crates without code and workspaces with missing
    // members.
    let (manifests, others): (Vec<_>, Vec<_>) =
        files.partition(|(path, _)| path.ends_with("Cargo.toml"));
    // Each core writes a long run of files, because cores that write to the same folder wait for each other.
    let parts: Vec<_> = others.chunks((others.len() / 16).max(1)).collect();
    let written = workers::map(&parts, |part| replace_all(part));
    written.into_iter().collect::<Result<()>>()?;
    replace_all(&manifests)
}

fn replace_all(files: &[(PathBuf, &str)]) -> Result<()> {
    files.iter().try_for_each(|(path, text)| {
        tc3_files::replace(path, text).with_context(|| format!("cannot write {}", path.display()))
    })
}

/// Removes stale files, and temporary files of killed commands.
fn remove(changes: &Changes) -> Result<()> {
    // Reverse order removes a crate's manifest last: cargo, which runs this command, rejects workspace members
    // without a manifest.
    let removed = changes.list.iter().filter(|change| change.new.is_none());
    for change in removed.rev() {
        let path = changes.root.join(&change.path);
        fs::remove_file(&path).with_context(|| format!("cannot remove {}", path.display()))?;
        if changes.owned.is_none()
            && let Some(folder) = path.parent()
        {
            // Removal fails if the folder is not empty, which is fine.
            let _ = fs::remove_dir(folder);
        }
    }
    match &changes.owned {
        Some(owned) if owned.is_dir() => clean(owned),
        Some(_) => Ok(()),
        None => {
            let mut folders = changes.folders.iter();
            folders.try_for_each(|folder| sweep(&changes.root.join(folder)))
        }
    }
}

/// Removes the temporary files and empty folders in a folder. Links are not followed, because their targets are not
/// generated.
fn clean(folder: &Path) -> Result<()> {
    sweep(folder)?;
    for inner in folders(folder)?.iter().filter(|of| !of.is_symlink()) {
        clean(inner)?;
        // Removal fails if the folder is not empty, which is fine.
        let _ = fs::remove_dir(inner);
    }
    Ok(())
}

/// Removes the temporary files that a killed command left in a folder, which must be locked.
///
/// # Errors
/// Fails if one cannot be removed.
pub(crate) fn sweep(folder: &Path) -> Result<()> {
    tc3_files::sweep(folder).with_context(|| format!("cannot clean up {}", folder.display()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::files::files;

    fn changes(root: &Path, files: &[(&str, &str)], owned: Option<&Path>) -> Changes {
        let files = files.iter();
        let files = files.map(|(path, text)| (PathBuf::from(path), Some((*text).to_owned())));
        let files: BTreeMap<_, _> = files.collect();
        Changes::find(root, files, owned).expect("changes")
    }

    #[test]
    fn stale_files_are_replaced_or_removed() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        let owned = Some(Path::new(""));
        let old = [
            ("a/Cargo.toml", "# @generated\n"),
            ("a/src/lib.rs", "// @generated\n"),
        ];
        write(&[changes(root, &old, owned)]).expect("it is written");
        fs::write(root.join("a/own.rs"), "// Handwritten.\n").expect("a file");
        let new = [("a/src/lib.rs", "// @generated anew\n"), ("b/c", "c")];
        write(&[changes(root, &new, owned)]).expect("it is written");
        let found = files(root).expect("the files");
        let expected = ["a/own.rs", "a/src/lib.rs", "b/c"].map(|path| root.join(path));
        assert_eq!(found, expected);
        assert!(changes(root, &new, owned).is_empty());
    }

    #[test]
    fn leftovers_of_killed_command_are_removed() {
        let root = tempfile::tempdir().expect("a folder");
        let half = |path: &str| {
            let folder = root.path().join(path);
            fs::create_dir_all(&folder).expect("a folder");
            fs::write(folder.join(".file.half.tc3-tmp"), "[pack").expect("a file");
            folder
        };
        let count = |folder: &Path| fs::read_dir(folder).expect("the folder").count();
        fs::create_dir_all(root.path().join("owned/gone/src")).expect("a folder");
        half("owned/half");
        let owned = half("owned");
        #[cfg(unix)]
        let linked = {
            let linked = half("linked/inner");
            std::os::unix::fs::symlink("../linked", owned.join("link")).expect("a link");
            linked
        };
        write(&[changes(&owned, &[], Some(Path::new("")))]).expect("it is cleaned up");
        #[cfg(unix)]
        {
            // The target of a link is not owned.
            assert_eq!(count(&linked), 1);
            fs::remove_file(owned.join("link")).expect("it is still there");
        }
        assert_eq!(count(&owned), 0);
        // In a folder that is not owned, only the folders of written files are swept.
        let (inner, other) = (half("specs/shop"), half("specs/other"));
        let specs = root.path().join("specs");
        write(&[changes(&specs, &[("shop/spec", "")], None)]).expect("it is written");
        assert_eq!((count(&inner), count(&other)), (1, 1));
        assert!(inner.join("spec").is_file());
    }
}
