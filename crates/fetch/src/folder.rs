//! The stored pages of one service version.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tc3_parse::{Page, Subject};
use url::Url;

use crate::FetchError;
use crate::html::has_end;
use crate::origins::{Origin, Origins, sha256};

/// The pages of one version of a service.
pub(crate) struct Folder {
    /// The service's folder.
    root: PathBuf,
    version: String,
    /// The page of each subject; the first one if there are several.
    pages: BTreeMap<Subject, Existing>,
    origins: Origins,
}

/// A stored page.
pub(crate) struct Existing {
    /// Its path in the service's folder.
    pub(crate) path: String,
    /// The parsed page.
    pub(crate) page: Page,
    /// Whether it has `</html>`.
    pub(crate) has_end: bool,
    sha256: String,
}

impl Folder {
    /// Reads the stored pages.
    pub(crate) fn open(root: &Path, version: &str) -> Result<Folder, FetchError> {
        let mut folder = Folder {
            root: root.to_owned(),
            version: version.to_owned(),
            pages: BTreeMap::new(),
            origins: Origins::load(root)?,
        };
        folder.sweep("")?;
        for path in folder.files()? {
            let file = root.join(&path);
            let bytes = fs::read(&file).map_err(|cause| FetchError::Read { path: file, cause })?;
            let page = tc3_parse::parse(&path, &bytes);
            let stem = Path::new(&path).file_stem().unwrap_or_default();
            // The file name identifies a page that cannot be parsed.
            let subject = page
                .subject()
                .or_else(|| Subject::named(&stem.to_string_lossy()));
            let Some(subject) = subject else { continue };
            let has_usual_path = path == folder.path_of(&subject);
            let sha256 = sha256(&bytes);
            let existing = Existing {
                path,
                page,
                has_end: has_end(&bytes),
                sha256,
            };
            if has_usual_path || !folder.pages.contains_key(&subject) {
                folder.pages.insert(subject, existing);
            }
        }
        let pages = &mut folder.origins.pages;
        pages.retain(|path, _| root.join(path).is_file());
        Ok(folder)
    }

    /// Returns the sorted paths of all pages of the version. Removes temporary files of killed runs from their folders.
    fn files(&self) -> Result<Vec<String>, FetchError> {
        let mut found = Vec::new();
        let mut folders = vec![format!("pages/{}", self.version)];
        while let Some(folder) = folders.pop() {
            let path = self.root.join(&folder);
            if !path.is_dir() {
                continue;
            }
            self.sweep(&folder)?;
            let list = || fs::read_dir(&path)?.collect::<Result<Vec<_>, _>>();
            let entries = list().map_err(|cause| FetchError::Read {
                path: path.clone(),
                cause,
            })?;
            for entry in entries {
                let name = entry.file_name().to_string_lossy().into_owned();
                let inner = format!("{folder}/{name}");
                if name.starts_with('.') {
                    continue;
                }
                let kind = entry.file_type().map_err(|cause| FetchError::Read {
                    path: entry.path(),
                    cause,
                })?;
                if kind.is_dir() {
                    folders.push(inner);
                } else if entry.path().is_file() {
                    found.push(inner);
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// Returns the path for the page of a subject.
    pub(crate) fn path_of(&self, subject: &Subject) -> String {
        format!("pages/{}/{subject}.html", self.version)
    }

    /// Returns the stored pages by subject.
    pub(crate) fn pages(&self) -> &BTreeMap<Subject, Existing> {
        &self.pages
    }

    /// Whether the path contains a file that is not the page of the subject.
    pub(crate) fn is_taken(&self, path: &str, subject: &Subject) -> bool {
        let current = self
            .pages
            .get(subject)
            .map(|existing| existing.path.as_str());
        current != Some(path) && self.root.join(path).exists()
    }

    /// Returns the page that was fetched from a URL.
    pub(crate) fn fetched_from(&self, url: &Url) -> Option<(&Subject, &Existing, &Origin)> {
        self.pages.iter().find_map(|(subject, existing)| {
            let origin = self.origins.pages.get(&existing.path)?;
            (origin.url == url.as_str()).then_some((subject, existing, origin))
        })
    }

    /// Returns the page that was fetched from a URL, if its file was not modified since.
    pub(crate) fn unmodified(&self, url: &Url) -> Option<(&Subject, &Origin)> {
        let (subject, existing, origin) = self.fetched_from(url)?;
        (origin.sha256 == existing.sha256).then_some((subject, origin))
    }

    /// Records that the page of a subject is still current.
    pub(crate) fn confirm(&mut self, subject: &Subject, origin: Origin) -> Result<(), FetchError> {
        if let Some(existing) = self.pages.get(subject) {
            self.origins.pages.insert(existing.path.clone(), origin);
        }
        self.save()
    }

    /// Replaces the page of a subject atomically. Returns whether its content changed.
    pub(crate) fn put(
        &mut self,
        subject: Subject,
        page: Page,
        bytes: &[u8],
        mut origin: Origin,
    ) -> Result<bool, FetchError> {
        let path = self.path_of(&subject);
        let before = self.pages.get(&subject);
        let sha256 = sha256(bytes);
        let is_same = before.is_some_and(|before| before.sha256 == sha256);
        if let Some(before) = before {
            let old = self.origins.pages.remove(&before.path);
            if let Some(old) = old.filter(|old| old.sha256 == sha256) {
                // The content has not changed since then.
                origin.fetched = old.fetched;
            }
        }
        let old_path = before.map_or(path.clone(), |before| before.path.clone());
        if !is_same {
            self.write(&old_path, bytes)?;
        }
        if old_path != path {
            let path = self.root.join(&path);
            fs::rename(self.root.join(&old_path), &path)
                .map_err(|cause| FetchError::Write { path, cause })?;
        }
        // One URL has one page, so other records of this URL are obsolete.
        self.origins
            .pages
            .retain(|_, other| other.url != origin.url);
        self.origins.pages.insert(path.clone(), origin);

        let existing = Existing {
            path,
            page,
            has_end: has_end(bytes),
            sha256,
        };
        self.pages.insert(subject, existing);
        self.save()?;
        Ok(!is_same)
    }

    fn save(&self) -> Result<(), FetchError> {
        self.write(Origins::FILE, self.origins.to_json().as_bytes())
    }

    /// Removes the temporary files of killed runs from a folder.
    fn sweep(&self, folder: &str) -> Result<(), FetchError> {
        let path = self.root.join(folder);
        tc3_files::sweep(&path).map_err(|cause| FetchError::Write { path, cause })
    }

    /// Writes a file atomically, without syncing it: after a power loss, its hash does not match and the page is fetched
    /// again.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), FetchError> {
        let path = self.root.join(path);
        tc3_files::replace(&path, bytes).map_err(|cause| FetchError::Write { path, cause })
    }
}
