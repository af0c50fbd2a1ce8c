use std::fmt;

use zeroize::Zeroizing;

use super::secrets;
use crate::Error;

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

impl Section {
    /// Returns the entry with this key. Case, `-` and `_` do not count, so that `secretId` is `secret_id`.
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
    pub(super) fn secret(&self, key: &str) -> Result<String, Error> {
        let Some(entry) = self.get(key) else {
            let problem = format!("{} has no `{key}`", self.place);
            return Err(Error::credential(problem));
        };
        match secrets::problem(&entry.value, key == "secret_id") {
            Some(problem) => Err(entry.invalid(problem)),
            None => Ok(entry.value.to_string()),
        }
    }
}

impl Entry {
    /// Returns the error of an invalid value, without the value.
    pub(super) fn invalid(&self, problem: impl fmt::Display) -> Error {
        Error::credential(format!("{}: `{}` {problem}", self.place, self.key))
    }
}

/// Returns whether two keys are the same but for case, `-` and `_`.
pub(super) fn is_same(a: &str, b: &str) -> bool {
    normal(a).eq(normal(b))
}

fn normal(key: &str) -> impl Iterator<Item = u8> {
    let bytes = key.bytes().filter(|byte| !matches!(byte, b'-' | b'_'));
    bytes.map(|byte| byte.to_ascii_lowercase())
}
