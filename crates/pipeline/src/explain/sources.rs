//! The spec of a version and its sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use tc3_parse::RowLocation;
use tc3_spec::{Fixup, Fixups, Glossary, Item, Segment, Spec, line_of, value_at};

use crate::files::{exists, files};
use crate::text;

/// A file with its text.
pub(super) struct Text {
    /// The path in messages.
    pub(super) shown: String,
    pub(super) text: String,
}

/// The spec of a service version.
pub(super) struct Version {
    folder: PathBuf,
    /// The service's folder in messages.
    shown_folder: String,
    pub(super) file: Text,
    pub(super) spec: Spec,
}

/// The sources of a version's spec.
pub(super) struct Sources {
    /// The rows of the pages, each with the page's path.
    rows: Vec<(String, RowLocation)>,
    /// The contents of the pages.
    pages: SpecWithJson,
    /// The vendor's metadata, if it has its own file.
    pub(super) metadata: Option<(Text, SpecWithJson)>,
    /// Whether there are pages.
    pub(super) has_pages: bool,
    pub(super) glossary: Option<(Text, Glossary)>,
    pub(super) fixups: Option<(Text, Fixups)>,
}

/// A spec with its JSON.
pub(super) struct SpecWithJson {
    pub(super) spec: Spec,
    value: Value,
}

impl Text {
    fn read(path: &Path, shown: String) -> Result<Text> {
        let text = fs::read_to_string(path).with_context(|| format!("cannot read {shown}"))?;
        Ok(Text { shown, text })
    }

    /// Returns the file name with the line of a value.
    pub(super) fn at(&self, steps: &[Segment]) -> String {
        match line_of(&self.text, steps) {
            Some(line) => format!("{}:{line}", self.shown),
            None => self.shown.clone(),
        }
    }
}

impl Version {
    pub(super) fn load(folder: PathBuf, shown_folder: String, file: &Path) -> Result<Version> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let shown = format!("{shown_folder}/{name}");
        Ok(Version {
            folder,
            file: Text::read(file, shown)?,
            shown_folder,
            spec: Spec::load(file)?,
        })
    }

    /// Reads and parses a file in the service's folder, if it exists.
    fn part<T>(&self, name: &str, load: impl Fn(&Path) -> Result<T>) -> Result<Option<(Text, T)>> {
        let path = self.folder.join(name);
        if !exists(&path) {
            return Ok(None);
        }
        let text = Text::read(&path, format!("{}/{name}", self.shown_folder))?;
        Ok(Some((text, load(&path)?)))
    }

    /// Whether the service has fixups.
    pub(super) fn has_fixups(&self) -> bool {
        exists(&self.folder.join(Fixups::FILE))
    }
}

impl Sources {
    pub(super) fn read(version: &Version) -> Result<Sources> {
        let Version { folder, spec, .. } = version;
        let pages = folder.join("pages").join(&spec.version);
        let pages = if pages.is_dir() {
            files(&pages)?
        } else {
            Vec::new()
        };
        let mut rows = Vec::new();
        let mut documented = Spec {
            actions: BTreeMap::new(),
            types: BTreeMap::new(),
            errors: Vec::new(),
            ..spec.clone()
        };
        for path in &pages {
            let name = path.strip_prefix(folder).unwrap_or(path);
            let name = format!("{}/{}", version.shown_folder, text::shown(name));
            let bytes = fs::read(path).with_context(|| format!("cannot read {name}"))?;
            let page = tc3_parse::parse(&name, &bytes);
            documented.actions.extend(page.fragment.actions);
            documented.types.extend(page.fragment.types);
            documented.errors.extend(page.fragment.errors);
            let locations = tc3_parse::row_locations(&bytes).into_iter();
            rows.extend(locations.map(|location| (name.clone(), location)));
        }
        let metadata = |path: &Path| Ok(SpecWithJson::new(Spec::load(path)?));
        Ok(Sources {
            rows,
            pages: SpecWithJson::new(documented),
            metadata: version.part(&format!("imports/{}.json", spec.version), metadata)?,
            has_pages: !pages.is_empty(),
            glossary: version.part(Glossary::FILE, |path| Ok(Glossary::load(path)?))?,
            fixups: version.part(Fixups::FILE, |path| Ok(Fixups::load(path)?))?,
        })
    }

    /// Returns the items that a fixup removes from the sources, each with the fixup of the item or its parent.
    pub(super) fn removed(&self, version: &str) -> Vec<(Item<'_>, &Fixup)> {
        let fixups = self.fixups.iter().flat_map(|(_, fixups)| fixups.iter());
        let fixups = fixups.filter(|of| of.version == version && of.to.is_none());
        let fixups: Vec<&Fixup> = fixups.collect();
        let metadata = self.metadata.iter().flat_map(|(_, of)| of.spec.items());
        let items = self.pages.spec.items().into_iter().chain(metadata);
        let mut removed: BTreeMap<String, _> = BTreeMap::new();
        for item in items {
            let path = item.path();
            let is_within = |fixup: &&&Fixup| {
                let rest = path.strip_prefix(&fixup.at);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            if let Some(fixup) = fixups.iter().find(is_within) {
                removed.entry(path).or_insert((item, *fixup));
            }
        }
        removed.into_values().collect()
    }

    /// Returns the rows from which the item at a path was read, with their pages.
    pub(super) fn rows(&self, path: &str) -> impl Iterator<Item = &(String, RowLocation)> {
        self.rows
            .iter()
            .filter(move |(_, place)| place.path == path)
    }

    /// Returns the item at a path from the pages.
    pub(super) fn on_pages(&self, path: &str) -> Option<&Value> {
        Some(self.pages.of(path)?.1)
    }

    /// Translates a path in the spec to the path in the sources: fixups may have renamed the item.
    pub(super) fn path(&self, version: &str, path: &str) -> String {
        let fixups = self.fixups.iter().flat_map(|(_, fixups)| fixups.iter());
        let old = fixups.filter(|of| of.version == version).find_map(|fixup| {
            let rest = path.strip_prefix(&fixup.renamed()?)?;
            let (old, _) = fixup.at.rsplit_once('.')?;
            (rest.is_empty() || rest.starts_with('.')).then(|| format!("{old}{rest}"))
        });
        old.unwrap_or_else(|| path.to_owned())
    }
}

impl SpecWithJson {
    fn new(spec: Spec) -> SpecWithJson {
        SpecWithJson {
            value: serde_json::to_value(&spec).unwrap_or_default(),
            spec,
        }
    }

    /// Returns the item at a path, with the steps to it.
    pub(super) fn of(&self, path: &str) -> Option<(Vec<Segment>, &Value)> {
        let is_it = |item: &Item<'_>| item.path() == path;
        let steps = self.spec.items().into_iter().find(is_it)?.steps;
        let value = value_at(&self.value, &steps)?;
        Some((steps, value))
    }
}
