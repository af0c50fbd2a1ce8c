//! A package: a wheel or an unpacked folder.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::de::DeserializeOwned;
use zip::ZipArchive;
use zip::result::ZipError;

use crate::{Distribution, Error};

/// The maximum unpacked size of a file in a wheel, which protects against decompression bombs.
const MAX_FILE: u64 = 64 << 20;

/// A package of the vendor's metadata.
#[derive(Clone, Debug)]
pub struct Package {
    /// The path, for messages.
    path: String,
    files: Files,
    /// All file names, with `/` separators.
    names: BTreeSet<String>,
}

#[derive(Clone, Debug)]
enum Files {
    Wheel(ZipArchive<Cursor<Arc<[u8]>>>),
    Folder(PathBuf),
}

/// One service version in a package.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Release {
    /// The service's folder, which may differ from the service name.
    pub folder: String,
    /// The version, such as `2021-03-31`.
    pub version: String,
}

impl Release {
    /// Returns the version's folder: `v20210331`.
    pub(crate) fn version_folder(&self) -> String {
        format!("v{}", self.version.replace('-', ""))
    }
}

impl Package {
    /// Opens a wheel or a folder.
    ///
    /// # Errors
    /// Fails if the path cannot be read or the wheel is invalid.
    pub fn open(path: &Path) -> Result<Package, Error> {
        let shown = path.display().to_string();
        let read = |cause| Error::Read {
            path: shown.clone(),
            cause,
        };
        if fs::metadata(path).map_err(read)?.is_dir() {
            let mut names = BTreeSet::new();
            list(path, "", &mut names).map_err(read)?;
            return Ok(Package {
                path: shown,
                files: Files::Folder(path.to_owned()),
                names,
            });
        }
        let bytes: Arc<[u8]> = fs::read(path).map_err(read)?.into();
        let broken = |error: ZipError| Error::Wheel {
            path: shown.clone(),
            cause: error.to_string(),
        };
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let names = archive.file_names();
        let names = names.map(|name| name.map(Cow::into_owned).map_err(broken));
        let names = names.collect::<Result<_, _>>()?;
        Ok(Package {
            path: shown,
            files: Files::Wheel(archive),
            names,
        })
    }

    /// Returns the package's name and version, or `None` without a unique and valid `METADATA` file.
    ///
    /// # Errors
    /// Fails if the file cannot be read.
    pub fn distribution(&self) -> Result<Option<Distribution>, Error> {
        let is_metadata = |name: &&String| {
            name.split_once('/')
                .is_some_and(|(folder, file)| folder.ends_with(".dist-info") && file == "METADATA")
        };
        let mut names: Vec<&String> = self.names.iter().filter(is_metadata).collect();
        if names.len() > 1 {
            // An installation folder also contains other packages.
            names.retain(|name| name.starts_with("tccli"));
        }
        let [name] = &*names else {
            return Ok(None);
        };
        Ok(Distribution::from_metadata(&self.text(name)?))
    }

    /// Returns the service versions in the package.
    ///
    /// # Errors
    /// Fails if there are none.
    pub fn releases(&self) -> Result<Vec<Release>, Error> {
        const EXPECTED: &str = "tccli/services/<service>/v<date>/api.json";
        self.releases_with("tccli/services/", "/api.json", EXPECTED)
    }

    /// Returns the releases with a file of this name. `expected` is the name for the error message.
    pub(crate) fn releases_with(
        &self,
        root: &str,
        file: &str,
        expected: &'static str,
    ) -> Result<Vec<Release>, Error> {
        let releases: Vec<Release> = self
            .names
            .iter()
            .filter_map(|name| {
                let inner = name.strip_prefix(root)?.strip_suffix(file)?;
                let (folder, version) = inner.split_once('/')?;
                let date = version.strip_prefix('v')?;
                let is_date = date.len() == 8 && date.bytes().all(|byte| byte.is_ascii_digit());
                is_date.then(|| Release {
                    folder: folder.to_owned(),
                    version: format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]),
                })
            })
            .collect();
        if releases.is_empty() {
            return Err(Error::NoMetadata {
                path: self.path.clone(),
                expected,
            });
        }
        Ok(releases)
    }

    /// Whether the package has a file.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Returns the name of a file for messages.
    pub(crate) fn shown(&self, name: &str) -> String {
        match self.files {
            Files::Wheel(_) => format!("{}: {name}", self.path),
            Files::Folder(_) => Path::new(&self.path).join(name).display().to_string(),
        }
    }

    /// Reads a file as text.
    pub(crate) fn text(&self, name: &str) -> Result<String, Error> {
        let bytes = match &self.files {
            Files::Wheel(archive) => {
                let broken = |cause: String| Error::Wheel {
                    path: self.path.clone(),
                    cause: format!("{name}: {cause}"),
                };
                let mut archive = archive.clone();
                let file = archive
                    .by_name(name)
                    .map_err(|error: ZipError| broken(error.to_string()))?;
                let mut bytes = Vec::new();
                file.take(MAX_FILE + 1)
                    .read_to_end(&mut bytes)
                    .map_err(|error| broken(error.to_string()))?;
                if bytes.len() as u64 > MAX_FILE {
                    return Err(broken(format!(
                        "the unpacked file exceeds {MAX_FILE} bytes"
                    )));
                }
                bytes
            }
            Files::Folder(folder) => fs::read(folder.join(name)).map_err(|cause| Error::Read {
                path: self.shown(name),
                cause,
            })?,
        };
        String::from_utf8(bytes).map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line_start = before.iter().rposition(|byte| *byte == b'\n');
            Error::Syntax {
                file: self.shown(name),
                line: before.iter().filter(|byte| **byte == b'\n').count() + 1,
                column: before.len() - line_start.map_or(0, |at| at + 1) + 1,
                message: "the text is not UTF-8".to_owned(),
            }
        })
    }

    /// Parses a file as JSON.
    pub(crate) fn json<T: DeserializeOwned>(&self, name: &str) -> Result<T, Error> {
        let text = self.text(name)?;
        serde_json::from_str(&text).map_err(|error| {
            let (line, column) = (error.line(), error.column());
            let message = error.to_string();
            let place = format!(" at line {line} column {column}");
            Error::Syntax {
                file: self.shown(name),
                line,
                column: column.max(1),
                message: message.strip_suffix(&place).unwrap_or(&message).to_owned(),
            }
        })
    }
}

/// Lists all files below a folder by relative path.
fn list(folder: &Path, prefix: &str, names: &mut BTreeSet<String>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        // Links to folders are not followed, because they could be cyclic.
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.insert(name);
        }
    }
    Ok(())
}
