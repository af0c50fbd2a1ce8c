//! A service's folder in `specs`: what its specs are made of, and the specs that come of it.

mod known;
mod read;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tc3_fetch::Origins;
use tc3_spec::{Fixups, Glossary, Spec};

use crate::files::{files, folders, load_spec, name, spec_files};

/// The folder of a service's metadata, where its specs are made of more than that.
const IMPORTS: &str = "imports";

/// A folder of specs.
#[derive(Clone, Debug)]
pub struct SpecsFolder {
    /// Where it is.
    pub path: PathBuf,
    /// What it is called in messages.
    pub shown: String,
}

/// A service, as its folder has it.
pub(crate) struct Service {
    /// Its name, and the folder's.
    pub(crate) name: String,
    folder: PathBuf,
    /// The folder's name in messages.
    shown: String,
    versions: BTreeMap<String, Sources>,
    glossary: Option<Glossary>,
    /// Where its pages were fetched from.
    origins: Origins,
    fixups: Option<Fixups>,
}

/// What the spec of a version is made of.
#[derive(Default)]
struct Sources {
    /// Its pages in sorted order.
    pages: Vec<PathBuf>,
    /// What the vendor's metadata says of it, without what was derived. Where there is nothing else, the spec is that.
    metadata: Option<Spec>,
    /// Whether the spec, which is all that there is, says what pages said that are gone.
    has_lost_pages: bool,
}

impl SpecsFolder {
    /// The folder at a path, which is its name in messages too.
    pub fn new(path: &Path) -> SpecsFolder {
        SpecsFolder {
            path: path.to_owned(),
            shown: path.display().to_string(),
        }
    }

    /// The folder `specs` in a root, from which paths in messages go.
    pub fn in_root(root: &Path) -> SpecsFolder {
        SpecsFolder {
            path: root.join("specs"),
            shown: "specs".to_owned(),
        }
    }

    /// The services that have a folder here, in sorted order.
    ///
    /// # Errors
    /// If there is none, or if something in a folder is not what it should be.
    pub(crate) fn services(&self) -> Result<Vec<Service>> {
        let folders = folders(&self.path)?;
        if folders.is_empty() {
            bail!("no service has a folder in {}", self.shown);
        }
        folders
            .iter()
            .map(|path| self.service(&name(path)))
            .collect()
    }

    /// A service; one without a folder has no versions.
    ///
    /// # Errors
    /// If something in the folder is not what it should be.
    pub(crate) fn service(&self, name: &str) -> Result<Service> {
        let folder = self.path.join(name);
        let mut service = Service {
            name: name.to_owned(),
            shown: format!("{}/{name}", self.shown),
            versions: BTreeMap::new(),
            glossary: None,
            origins: Origins::default(),
            fixups: None,
            folder,
        };
        if service.folder.is_dir() {
            service.open()?;
        }
        Ok(service)
    }
}

impl Service {
    fn open(&mut self) -> Result<()> {
        let glossary = self.folder.join(Glossary::FILE);
        if glossary.is_file() {
            self.glossary = Some(Glossary::load(&glossary)?);
        }
        self.origins = Origins::load(&self.folder)?;
        let fixups = self.folder.join(Fixups::FILE);
        if fixups.is_file() {
            self.fixups = Some(Fixups::load(&fixups)?);
        }
        let pages = self.folder.join("pages");
        if pages.is_dir() {
            self.refuse_pages_of_no_version(&pages)?;
            for folder in folders(&pages)? {
                let pages = files(&folder)?;
                if !pages.is_empty() {
                    self.sources(&name(&folder)).pages = pages;
                }
            }
        }
        let imports = self.folder.join(IMPORTS);
        if imports.is_dir() {
            for file in spec_files(&imports)? {
                let spec = load(&file, IMPORTS)?;
                self.take(spec);
            }
        }
        for file in spec_files(&self.folder)? {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let sources = self.versions.get(&*stem);
            if sources.is_some_and(|of| of.metadata.is_some()) {
                continue;
            }
            match load(&file, "") {
                // Pages came to a spec that was imported. One of pages alone is made anew from them.
                Ok(spec) if sources.is_none() || is_imported(&spec) => self.take_own(spec),
                Err(error) if sources.is_none() || says_imported(&file) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// A page beside the folders of the versions would be read by nobody.
    fn refuse_pages_of_no_version(&self, pages: &Path) -> Result<()> {
        let context = || format!("cannot list {}", pages.display());
        for entry in fs::read_dir(pages).with_context(context)? {
            let path = entry.with_context(context)?.path();
            if path.is_file() && !name(&path).starts_with('.') {
                bail!(
                    "{}/pages/{} is of no version: move it into the folder of its version, like pages/2021-03-31",
                    self.shown,
                    name(&path)
                );
            }
        }
        Ok(())
    }

    fn take(&mut self, metadata: Spec) {
        let version = metadata.version.clone();
        self.sources(&version).metadata = Some(metadata);
    }

    /// Takes a spec for its own source, but for what pages said that are gone.
    fn take_own(&mut self, mut spec: Spec) {
        let actions = spec.actions.len();
        spec.actions.retain(|_, action| {
            let page = action.source.as_ref().map(|source| &source.page);
            page.is_none_or(|page| self.folder.join(page).is_file())
        });
        let sources = self.sources(&spec.version);
        sources.has_lost_pages = spec.actions.len() < actions;
        if !sources.has_lost_pages || !spec.actions.is_empty() {
            sources.metadata = Some(spec);
        }
    }

    fn sources(&mut self, version: &str) -> &mut Sources {
        self.versions.entry(version.to_owned()).or_default()
    }

    /// Puts what the vendor's metadata says of a version in the place of what it said before.
    ///
    /// # Errors
    /// If what it said before was of the vendor's other site, what pages said that are not there, or, without `replace`,
    /// of unknown origin.
    pub(crate) fn import(&mut self, spec: Spec, replace: bool) -> Result<()> {
        let shown = format!("{}/{}.json", self.shown, spec.version);
        let pages = format!("{}/pages/{}", self.shown, spec.version);
        let sources = self.sources(&spec.version);
        if sources.pages.is_empty() && sources.has_lost_pages {
            bail!(
                "{shown} says what pages said, and there are none in {pages}: put them there, so that what they say \
                 stays, or remove the spec"
            );
        }
        if let Some(before) = &sources.metadata
            && !replace
            && is_of_unknown_origin(before)
            && *before != spec
        {
            bail!(
                "{shown} does not say which page or package it is from, so that somebody may have written it: import into \
                 another folder, with --specs, or let this one go, with --replace"
            );
        }
        if let Some(before) = &sources.metadata
            && before.endpoint != spec.endpoint
        {
            bail!(
                "{shown} is of {}, and this is of {}: import it into another folder, with --specs",
                before.endpoint,
                spec.endpoint
            );
        }
        self.take(spec);
        Ok(())
    }

    /// Whether the metadata of a version lists error codes.
    pub(crate) fn has_error_codes(&self, version: &str) -> bool {
        let metadata = self
            .versions
            .get(version)
            .and_then(|of| of.metadata.as_ref());
        metadata.is_some_and(|metadata| !metadata.errors.is_empty())
    }

    /// How many pages it has.
    pub(crate) fn pages(&self) -> usize {
        self.versions.values().map(|of| of.pages.len()).sum()
    }

    /// How much there is to read, in pages and actions.
    pub(crate) fn size(&self) -> usize {
        let metadata = self.versions.values().flat_map(|of| &of.metadata);
        self.pages() + metadata.map(|of| of.actions.len()).sum::<usize>()
    }
}

impl Sources {
    fn is_nothing(&self) -> bool {
        self.pages.is_empty() && self.metadata.is_none()
    }
}

/// Reads metadata from a spec file in the service's folder, or in `below` there.
fn load(path: &Path, below: &str) -> Result<Spec> {
    let mut spec = load_spec(path, below)?;
    for action in spec.actions.values_mut() {
        (action.access, action.pagination) = (None, None);
    }
    // They are those that are there, and not what a spec remembers of them.
    spec.sources = tc3_spec::Sources::default();
    Ok(spec)
}

/// Whether some of a spec is neither from a page nor from a package, as far as it says. A person may have written it.
fn is_of_unknown_origin(spec: &Spec) -> bool {
    spec.imported.is_none() && spec.actions.values().any(|action| action.source.is_none())
}

/// Whether a spec says anything that no page does.
fn is_imported(spec: &Spec) -> bool {
    spec.imported.is_some() || spec.actions.values().any(|action| action.source.is_none())
}

/// The same of a file that begins with JSON, and cannot be loaded. What no page says would be lost if it were made anew.
fn says_imported(file: &Path) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let spec = values.next().and_then(Result::ok).unwrap_or_default();
    let is_without_page = |action: &Value| action.get("source").is_none();
    let actions = spec.get("actions").and_then(Value::as_object);
    spec.get("imported").is_some()
        || actions.is_some_and(|actions| actions.values().any(is_without_page))
}
