//! Profiles of tccli, the vendor's command line: two JSON files for each, `<name>.credential` and `<name>.configure`.

use std::{fs, path::Path};

use zeroize::Zeroizing;

use super::{
    json::{self, Members},
    section::{self, Entry, Section},
};
use crate::Error;

/// Folder of all profiles, relative to the home directory.
const FOLDER: &str = ".tccli";
/// Object of the file `configure` that has the region.
const SETTINGS: &str = "_sys_param";

/// Returns the names of the profiles.
pub(super) fn names(home: &Path) -> Vec<String> {
    let files = fs::read_dir(home.join(FOLDER))
        .into_iter()
        .flatten()
        .flatten();
    let names = files.filter_map(|file| {
        let name = file.file_name().into_string().ok()?;
        Some(name.strip_suffix(".credential")?.to_owned())
    });
    names.collect()
}

/// Reads a profile; `None` if neither of its files exists. The error shows no value.
pub(super) fn read(home: &Path, name: &str) -> Result<Option<Section>, Error> {
    let mut found = None::<Section>;
    for (kind, object) in [("credential", None), ("configure", Some(SETTINGS))] {
        let path = home.join(FOLDER).join(format!("{name}.{kind}"));
        // A name with a slash would be a path outside the folder.
        let text = (!name.contains(['/', '\\'])).then(|| section::read(&path));
        let Some(text) = text.transpose()?.flatten() else {
            continue;
        };
        let place = format!("`{}`", path.display());
        let members = Members::read(&text).map_err(|error| {
            let line = error.line();
            Error::credential(format!(
                "{place}, line {line}: invalid JSON, or not an object"
            ))
        })?;
        let members = match object {
            Some(object) => members.object(object).unwrap_or_default(),
            None => members,
        };
        let entries = entries(&place, &text, &members);
        found
            .get_or_insert(Section {
                place,
                entries: Vec::new(),
            })
            .entries
            .extend(entries);
    }
    Ok(found)
}

/// Returns the strings and numbers of an object in the text of a file.
fn entries(file: &str, text: &str, members: &Members<'_>) -> Vec<Entry> {
    let entries = members.texts().filter_map(|(key, json)| {
        let is_number = json.starts_with(|c: char| c.is_ascii_digit());
        let number = is_number.then(|| Zeroizing::new(json.to_owned()));
        // Each value is a slice of the text.
        let before = &text[..json.as_ptr().addr() - text.as_ptr().addr()];
        Some(Entry {
            key: key.to_owned(),
            value: json::string(json).or(number)?,
            place: format!("{file}, line {}", 1 + before.matches('\n').count()),
        })
    });
    // tccli writes an empty string or null for a missing value.
    entries.filter(|entry| !entry.value.is_empty()).collect()
}
