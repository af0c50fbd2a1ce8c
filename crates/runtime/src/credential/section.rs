use std::{fmt, fs, path::Path};

use zeroize::Zeroizing;

use crate::{Error, secrets};

/// Section of a profile file: its entries, with their places for errors.
#[derive(Default)]
pub(super) struct Section {
    /// File and name of the section.
    pub(super) place: String,
    pub(super) entries: Vec<Entry>,
}

/// Value with its key. Errors show neither, except keys that this crate knows: a line may be a part of a secret.
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) value: Zeroizing<String>,
    /// File and line.
    pub(super) place: String,
}

/// Reads a file; `None` if it does not exist, or is in a folder without access for this user.
pub(super) fn read(path: &Path) -> Result<Option<Zeroizing<String>>, Error> {
    let failed =
        |problem: &dyn fmt::Display| Error::credential(format!("`{}` {problem}", path.display()));
    let bytes = match fs::read(path).map(Zeroizing::new) {
        Ok(bytes) => bytes,
        Err(_) if fs::metadata(path).is_err() => return Ok(None),
        Err(error) => return Err(failed(&format_args!("cannot be read: {error}"))),
    };
    let text = str::from_utf8(&bytes).map_err(|_| failed(&"is not UTF-8"))?;
    Ok(Some(Zeroizing::new(text.to_owned())))
}

impl Section {
    /// Returns the entry with this key. Case, `-` and `_` are ignored, so `secretId` equals `secret_id`.
    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| is_same(&entry.key, key))
    }

    /// Returns the value of a key, which must not be empty.
    pub(super) fn optional(&self, key: &str) -> Result<Option<&Entry>, Error> {
        match self.get(key) {
            Some(entry) if entry.value.is_empty() => Err(entry.invalid("is empty")),
            entry => Ok(entry),
        }
    }

    /// Returns a secret, which must be present and valid in headers.
    pub(super) fn secret(&self, key: &str) -> Result<&str, Error> {
        let Some(entry) = self.get(key) else {
            let problem = format!("{} has no `{key}`", self.place);
            return Err(Error::credential(problem));
        };
        match secrets::problem(&entry.value, key == "secret_id") {
            Some(problem) => Err(entry.invalid(problem)),
            None => Ok(&entry.value),
        }
    }
}

impl Entry {
    /// Returns the error of an invalid value, without the value.
    pub(super) fn invalid(&self, problem: impl fmt::Display) -> Error {
        Error::credential(format!("{}: `{}` {problem}", self.place, self.key))
    }
}

/// Returns whether two keys are equal, ignoring case, `-` and `_`.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    normal(a).eq(normal(b))
}

fn normal(key: &str) -> impl Iterator<Item = u8> {
    let bytes = key.bytes().filter(|byte| !matches!(byte, b'-' | b'_'));
    bytes.map(|byte| byte.to_ascii_lowercase())
}
