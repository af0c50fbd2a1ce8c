//! Cache of identifiers.

use std::fs;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::folders;

/// Maximum age of cached identifiers.
const MAX_AGE: Duration = Duration::from_secs(60);

/// An identifier and its name. Neither contains control characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Identifier {
    pub(super) id: String,
    pub(super) label: Option<String>,
}

/// Returns the cached identifiers of a key, unless they are too old.
pub(super) fn read(key: &str) -> Option<Vec<Identifier>> {
    let path = path(key)?;
    if !is_fresh(&path) {
        return None;
    }
    let text = fs::read_to_string(path).ok()?;
    let (of, lines) = text.split_once('\n')?;
    // The hashes of two keys may collide.
    (of == key.escape_default().to_string()).then(|| {
        let lines = lines.lines().map(|line| {
            let (id, label) = line.split_once('\t').unwrap_or((line, ""));
            Identifier {
                id: id.to_owned(),
                label: (!label.is_empty()).then(|| label.to_owned()),
            }
        });
        lines.collect()
    })
}

/// Caches identifiers under a key, readable only by the user. Errors are ignored, because the identifiers can be
/// fetched again.
pub(super) fn write(key: &str, identifiers: &[Identifier]) {
    let Some(path) = path(key) else {
        return;
    };
    let Some(folder) = path.parent() else {
        return;
    };
    remove_old(folder);
    let mut text = format!("{}\n", key.escape_default());
    for Identifier { id, label } in identifiers {
        let label = label.as_deref().unwrap_or_default();
        text += &format!("{id}\t{label}\n");
    }
    let _ = tc3_files::replace_private(&path, text);
}

fn path(key: &str) -> Option<PathBuf> {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let name = format!("{:016x}", hasher.finish());
    Some(folders::cache()?.join("identifiers").join(name))
}

fn is_fresh(path: &Path) -> bool {
    let written = fs::metadata(path).and_then(|metadata| metadata.modified());
    let age = written.ok().and_then(|written| written.elapsed().ok());
    age.is_some_and(|age| age < MAX_AGE)
}

fn remove_old(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !is_fresh(&entry.path()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
