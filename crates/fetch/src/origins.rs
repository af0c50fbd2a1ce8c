//! The origins of pages: the file `pages.json` in a service's folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::FetchError;

/// The origins of a service's pages, by path in its folder, such as `pages/2021-03-31/DataTypes.html`.
///
/// The file belongs in version control together with the pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origins {
    pub(crate) pages: BTreeMap<String, Origin>,
}

/// The origin of one page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The URL.
    pub url: String,
    /// The time when the file's content was fetched, as RFC 3339 in UTC with whole seconds.
    pub fetched: Timestamp,
    /// The time when the site last confirmed the content. The page is fresh until `max_age` after this time.
    pub checked: Timestamp,
    /// The `ETag` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<String>,
    /// The SHA-256 hash of the fetched content, which detects modified files.
    pub sha256: String,
}

/// A time with a precision of one second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Timestamp(OffsetDateTime);

impl Timestamp {
    pub(crate) fn new(time: std::time::SystemTime) -> Timestamp {
        let time = OffsetDateTime::from(time);
        Timestamp(time.replace_nanosecond(0).unwrap_or(time))
    }

    /// Returns the seconds from this time to `now`, which are negative if this time is later.
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
        time.map(Timestamp).map_err(|_| {
            format!("invalid time `{text}`; expected a format like 2026-03-20T08:15:30Z")
        })
    }
}

impl Origin {
    /// Whether the bytes are the fetched content.
    pub fn is_of(&self, bytes: &[u8]) -> bool {
        self.sha256 == sha256(bytes)
    }
}

impl Origins {
    /// The name of the file.
    pub const FILE: &str = "pages.json";

    /// Loads the file from a service's folder. A missing file means no origins.
    ///
    /// # Errors
    /// Fails if the file cannot be read or is invalid.
    pub fn load(folder: &Path) -> Result<Origins, FetchError> {
        let path = folder.join(Origins::FILE);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Origins::default()),
            Err(cause) => return Err(FetchError::Read { path, cause }),
        };
        serde_json::from_str(&text).map_err(|cause| FetchError::Origins { path, cause })
    }

    /// Returns the origin of the page at a path in the service's folder.
    pub fn at(&self, path: &str) -> Option<&Origin> {
        self.pages.get(path)
    }

    /// Returns the file's text.
    pub(crate) fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("its keys are strings");
        text.push('\n');
        text
    }
}

/// Returns the SHA-256 hash in hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
