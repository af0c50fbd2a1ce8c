//! A service's folder in `specs`: sources and specs.

mod known;
mod read;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tc3_fetch::Origins;
use tc3_spec::{Fixups, Glossary, Spec};

use crate::files::{exists, files, folders, load_spec, name, spec_files};

/// The folder of a service's metadata, if its specs have other sources too.
const IMPORTS: &str = "imports";

/// A folder of specs.
#[derive(Clone, Debug)]
pub struct SpecsFolder {
    /// The path.
    pub path: PathBuf,
    /// The path in messages.
    pub shown: String,
}

/// A service with its sources.
pub(crate) struct Service {
    /// The name of the service and its folder.
    pub(crate) name: String,
    folder: PathBuf,
    /// The folder in messages.
    shown: String,
    versions: BTreeMap<String, Sources>,
    glossary: Option<Glossary>,
    /// The URLs of the pages.
    origins: Origins,
    fixups: Option<Fixups>,
}

/// The sources of a version's spec.
#[derive(Default)]
struct Sources {
    /// The pages, sorted.
    pages: Vec<PathBuf>,
    /// The vendor's metadata without derived facts, or the spec itself if it has no other source.
    metadata: Option<Spec>,
    /// Whether the spec is the only source and has facts of pages that no longer exist.
    has_lost_pages: bool,
}

impl SpecsFolder {
    /// Returns the folder at a path, with the path in messages.
    pub fn new(path: &Path) -> SpecsFolder {
        SpecsFolder {
            path: path.to_owned(),
            shown: path.display().to_string(),
        }
    }

    /// Returns the folder `specs` of a root, with paths in messages relative to the root.
    pub fn in_root(root: &Path) -> SpecsFolder {
        SpecsFolder {
            path: root.join("specs"),
            shown: "specs".to_owned(),
        }
    }

    /// Returns the services in this folder, sorted.
    ///
    /// # Errors
    /// Fails if there are none, or a folder contains an invalid file.
    pub(crate) fn services(&self) -> Result<Vec<Service>> {
        let folders = folders(&self.path)?;
        if folders.is_empty() {
            bail!("{} contains no service", self.shown);
        }
        folders
            .iter()
            .map(|path| self.service(&name(path)))
            .collect()
    }

    /// Returns a service. One without a folder has no versions.
    ///
    /// # Errors
    /// Fails if the folder contains an invalid file.
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
        if exists(&glossary) {
            self.glossary = Some(Glossary::load(&glossary)?);
        }
        self.origins = Origins::load(&self.folder)?;
        let fixups = self.folder.join(Fixups::FILE);
        if exists(&fixups) {
            self.fixups = Some(Fixups::load(&fixups)?);
        }
        let pages = self.folder.join("pages");
        if pages.is_dir() {
            self.reject_pages_outside_versions(&pages)?;
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
                self.set_metadata(spec);
            }
        }
        for file in spec_files(&self.folder)? {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let sources = self.versions.get(&*stem);
            if sources.is_some_and(|of| of.metadata.is_some()) {
                continue;
            }
            match load(&file, "") {
                // An imported spec remains a source after pages were added; a spec of pages only is rebuilt from them.
                Ok(spec) if sources.is_none() || is_imported(&spec) => self.set_own_spec(spec),
                Err(error) if sources.is_none() || seems_imported(&file) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    /// Rejects pages outside version folders, which would be ignored otherwise.
    fn reject_pages_outside_versions(&self, pages: &Path) -> Result<()> {
        let context = || format!("cannot list folder {}", pages.display());
        for entry in fs::read_dir(pages).with_context(context)? {
            let path = entry.with_context(context)?.path();
            if path.is_file() && !name(&path).starts_with('.') {
                bail!(
                    "{}/pages/{} is in no version folder: move it into one, such as pages/2021-03-31",
                    self.shown,
                    name(&path)
                );
            }
        }
        Ok(())
    }

    fn set_metadata(&mut self, metadata: Spec) {
        let version = metadata.version.clone();
        self.sources(&version).metadata = Some(metadata);
    }

    /// Uses a spec as its own source, without the facts of pages that no longer exist.
    fn set_own_spec(&mut self, mut spec: Spec) {
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

    /// Replaces the vendor's metadata of a version.
    ///
    /// # Errors
    /// Fails if the existing spec is of the vendor's other site, has facts of pages that no longer exist, or, without
    /// `replace`, is of unknown origin.
    pub(crate) fn import(&mut self, spec: Spec, replace: bool) -> Result<()> {
        let shown = format!("{}/{}.json", self.shown, spec.version);
        let pages = format!("{}/pages/{}", self.shown, spec.version);
        let sources = self.sources(&spec.version);
        if sources.pages.is_empty() && sources.has_lost_pages {
            bail!(
                "{shown} was built from pages that no longer exist in {pages}: restore the pages to keep their \
                 contents, or delete the spec"
            );
        }
        if let Some(before) = &sources.metadata
            && !replace
            && is_of_unknown_origin(before)
            && *before != spec
        {
            bail!(
                "{shown} has parts of unknown origin, which may be handwritten: import into \
                 another folder with --specs, or overwrite it with --replace"
            );
        }
        if let Some(before) = &sources.metadata
            && before.endpoint != spec.endpoint
        {
            bail!(
                "{shown} is of {}, but the import is of {}: import it into another folder with --specs",
                before.endpoint,
                spec.endpoint
            );
        }
        self.set_metadata(spec);
        Ok(())
    }

    /// Whether the metadata of a version has error codes.
    pub(crate) fn has_error_codes(&self, version: &str) -> bool {
        let metadata = self
            .versions
            .get(version)
            .and_then(|of| of.metadata.as_ref());
        metadata.is_some_and(|metadata| !metadata.errors.is_empty())
    }

    /// Returns the number of pages.
    pub(crate) fn pages(&self) -> usize {
        self.versions.values().map(|of| of.pages.len()).sum()
    }

    /// Returns the number of pages and actions, an estimate of the work.
    pub(crate) fn size(&self) -> usize {
        let metadata = self.versions.values().flat_map(|of| &of.metadata);
        self.pages() + metadata.map(|of| of.actions.len()).sum::<usize>()
    }
}

impl Sources {
    fn is_empty(&self) -> bool {
        self.pages.is_empty() && self.metadata.is_none()
    }
}

/// Loads metadata from a spec file in the service's folder, or in `below` there.
fn load(path: &Path, below: &str) -> Result<Spec> {
    let mut spec = load_spec(path, below)?;
    for action in spec.actions.values_mut() {
        (action.access, action.pagination) = (None, None);
    }
    // The sources are the files on disk, not those that the spec recorded.
    spec.sources = tc3_spec::Sources::default();
    Ok(spec)
}

/// Whether parts of a spec have neither a page nor a package as their source, and may be handwritten.
fn is_of_unknown_origin(spec: &Spec) -> bool {
    spec.imported.is_none() && spec.actions.values().any(|action| action.source.is_none())
}

/// Whether a spec has facts that come from no page.
fn is_imported(spec: &Spec) -> bool {
    spec.imported.is_some() || spec.actions.values().any(|action| action.source.is_none())
}

/// Like [`is_imported`], for a file that begins with JSON but cannot be loaded. Rebuilding it would lose facts that no page
/// has.
fn seems_imported(file: &Path) -> bool {
    let text = fs::read_to_string(file).unwrap_or_default();
    let mut values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let spec = values.next().and_then(Result::ok).unwrap_or_default();
    let is_without_page = |action: &Value| action.get("source").is_none();
    let actions = spec.get("actions").and_then(Value::as_object);
    spec.get("imported").is_some()
        || actions.is_some_and(|actions| actions.values().any(is_without_page))
}
