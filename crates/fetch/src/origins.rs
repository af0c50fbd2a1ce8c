//! Where the pages of a service were fetched from: the file `pages.json` in its folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::FetchError;

/// Where the pages of a service were fetched from, by their path in its folder, such as `pages/2021-03-31/DataTypes.html`.
///
/// It goes with the pages: into version control, and to whoever fetches them next.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origins {
    pub(crate) pages: BTreeMap<String, Origin>,
}

/// Where one page was fetched from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The address.
    pub url: String,
    /// When what is in the file was fetched, in RFC 3339, with whole seconds of UTC.
    pub fetched: Timestamp,
    /// When the site last said that this is the page; from then on it counts as fresh for a while.
    pub checked: Timestamp,
    /// The entity tag with which the site gave it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When the site said that it was last modified, in its words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// The hash of what was fetched, by which one knows whether that is what is in the file.
    pub sha256: String,
}

/// A time, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    pub(crate) fn new(time: std::time::SystemTime) -> Timestamp {
        let time = OffsetDateTime::from(time);
        Timestamp(time.replace_nanosecond(0).unwrap_or(time))
    }

    /// How many seconds have passed since; negative if it is in the future.
    pub(crate) fn seconds_to(self, now: Timestamp) -> i64 {
        (now.0 - self.0).whole_seconds()
    }
}

impl std::fmt::Display for Timestamp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0.format(&Rfc3339).map_err(|_| std::fmt::Error)?)
    }
}

impl From<Timestamp> for String {
    fn from(time: Timestamp) -> String {
        time.0.format(&Rfc3339).unwrap_or_default()
    }
}

impl TryFrom<String> for Timestamp {
    type Error = String;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let time = OffsetDateTime::parse(&text, &Rfc3339);
        time.map(Timestamp)
            .map_err(|_| format!("`{text}` is not a time like 2026-03-20T08:15:30Z"))
    }
}

impl Origin {
    /// Whether this is what was fetched. Somebody can have changed the file since.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.sha256 == sha256(bytes)
    }
}

impl Origins {
    /// The name of the file.
    pub const FILE: &str = "pages.json";

    /// Reads the file in a service's folder. If there is none, no page was fetched.
    ///
    /// # Errors
    /// If it cannot be read or understood.
    pub fn load(folder: &Path) -> Result<Origins, FetchError> {
        let path = folder.join(Origins::FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Origins::default()),
            Err(source) => return Err(FetchError::Read { path, source }),
        };
        serde_json::from_str(&text).map_err(|source| FetchError::Origins { path, source })
    }

    /// Where the page at a path in the service's folder was fetched from, if it was.
    pub fn at(&self, path: &str) -> Option<&Origin> {
        self.pages.get(path)
    }

    /// The file's text: the same for equal origins, on every machine.
    pub(crate) fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("its keys are strings");
        text.push('\n');
        text
    }
}

/// The hash of some bytes, in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
