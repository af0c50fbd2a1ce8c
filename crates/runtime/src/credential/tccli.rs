//! Profiles of tccli, the vendor's command line: two JSON files for each, `<name>.credential` and `<name>.configure`.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use super::{
    json::{self, Members},
    section::{Entry, Section},
};

/// Folder relative to the home directory.
const FOLDER: &str = ".tccli";
const CREDENTIAL: &str = "credential";
const CONFIGURE: &str = "configure";
/// Object of the file `configure` that has the region.
const SETTINGS: &str = "_sys_param";

/// Folder of all profiles.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn in_home(home: &Path) -> Self {
        Self(home.join(FOLDER))
    }

    /// Returns the names of the profiles.
    pub(super) fn names(&self) -> Vec<String> {
        let files = fs::read_dir(&self.0).into_iter().flatten().flatten();
        let names = files.filter_map(|file| {
            let name = file.file_name().into_string().ok()?;
            Some(name.strip_suffix(&format!(".{CREDENTIAL}"))?.to_owned())
        });
        names.collect()
    }

    /// Reads a profile; `None` if neither of its files exists. The error names the file and shows no value.
    pub(super) fn read(&self, name: &str) -> Result<Option<Section>, String> {
        if name.contains(['/', '\\']) {
            return Ok(None);
        }
        let credential = self.file(name, CREDENTIAL, None)?;
        let settings = self.file(name, CONFIGURE, Some(SETTINGS))?;
        Ok(match (credential, settings) {
            (Some(mut section), settings) => {
                section.entries.extend(settings.unwrap_or_default().entries);
                Some(section)
            }
            (None, settings) => settings,
        })
    }

    /// Reads the strings and numbers of a file, or of an object in it.
    fn file(
        &self,
        name: &str,
        kind: &str,
        within: Option<&str>,
    ) -> Result<Option<Section>, String> {
        let path = self.0.join(format!("{name}.{kind}"));
        let file = format!("`{}`", path.display());
        let text = match fs::read(&path).map(Zeroizing::new) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            // Without access to the folder, it is not this user's.
            Err(_) if fs::metadata(&path).is_err() => return Ok(None),
            Err(error) => return Err(format!("{file} cannot be read: {error}")),
        };
        let text = str::from_utf8(&text).map_err(|_| format!("{file} is not UTF-8"))?;
        let members = Members::read(text).map_err(|error| {
            format!(
                "{file}, line {}: invalid JSON, or not an object",
                error.line()
            )
        })?;
        let members = match within {
            Some(object) => members.object(object).unwrap_or_default(),
            None => members,
        };
        let entries = members.texts().filter_map(|(key, json)| {
            let is_number = json.starts_with(|c: char| c.is_ascii_digit());
            let number = is_number.then(|| Zeroizing::new(json.to_owned()));
            // Each text is a slice of the file.
            let before = json.as_ptr().addr() - text.as_ptr().addr();
            let line = 1 + text.as_bytes()[..before]
                .iter()
                .filter(|&&byte| byte == b'\n')
                .count();
            Some(Entry {
                key: key.to_owned(),
                value: json::string(json).or(number)?,
                place: format!("{file}, line {line}"),
            })
        });
        // tccli writes an empty text, or null, for none.
        let entries = entries.filter(|entry| !entry.value.is_empty()).collect();
        Ok(Some(Section {
            place: file,
            entries,
        }))
    }
}
