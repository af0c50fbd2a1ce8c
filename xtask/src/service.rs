//! A service's folder in `specs`: what its specs are made of, and the specs that come of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;
use tc3_docs::{Page, Severity};
use tc3_fetch::Origins;
use tc3_spec::{Fixups, Fragment, Glossary, Kept, Misfit, Spec};

use crate::files::{files, folders, name};
use crate::removal::{self, Known, Removal};

/// The folder of a service's metadata, where its specs are made of more than that.
const IMPORTS: &str = "imports";

/// A folder of specs.
#[derive(Clone, Debug)]
pub(crate) struct SpecsFolder {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it is called in messages.
    pub(crate) shown: String,
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

/// What came of reading a service.
#[derive(Default)]
pub(crate) struct Reading {
    /// The specs, in the order of their versions; incomplete where there is an error.
    pub(crate) specs: Vec<Spec>,
    /// The files that the folder is to hold besides its sources, by their path in the folder of all specs.
    pub(crate) files: BTreeMap<PathBuf, String>,
    /// Specs that nothing makes any more, by their path there.
    pub(crate) stale: Vec<PathBuf>,
    /// What there is to tell.
    pub(crate) messages: Vec<String>,
    pub(crate) tally: Tally,
}

/// What was read, for the summary.
#[derive(Default)]
pub(crate) struct Tally {
    pub(crate) services: usize,
    pub(crate) versions: usize,
    pub(crate) pages: usize,
    pub(crate) actions: usize,
    pub(crate) types: usize,
    pub(crate) rows: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
    /// How many of the errors are fixups that do not fit.
    misfits: usize,
    /// What fixups corrected, a line for each.
    pub(crate) fixed: Vec<String>,
    /// Derived facts that somebody corrected in a spec, a line for each.
    pub(crate) overrides: Vec<String>,
    /// Actions that the specs on disk have and their sources do not.
    pub(crate) removals: Vec<Removal>,
    /// Actions whose page is another file now, a line for each.
    pub(crate) moved: Vec<String>,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Tally) {
        self.services += other.services;
        self.versions += other.versions;
        self.pages += other.pages;
        self.actions += other.actions;
        self.types += other.types;
        self.rows += other.rows;
        self.errors += other.errors;
        self.warnings += other.warnings;
        self.misfits += other.misfits;
        self.fixed.extend(other.fixed);
        self.overrides.extend(other.overrides);
        self.removals.extend(other.removals);
        self.moved.extend(other.moved);
    }

    /// Why nothing is written, if there were errors.
    pub(crate) fn refusal(&self) -> Option<&'static str> {
        match self.errors {
            0 => None,
            errors if errors == self.misfits => {
                Some("error: fixups do not fit, so nothing was written\n")
            }
            _ => Some("error: pages with errors cannot be trusted, so nothing was written\n"),
        }
    }
}

impl SpecsFolder {
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
            for folder in folders(&pages)? {
                let pages = files(&folder)?;
                if !pages.is_empty() {
                    self.version(&name(&folder)).pages = pages;
                }
            }
        }
        let imports = self.folder.join(IMPORTS);
        if imports.is_dir() {
            for file in spec_files(&imports)? {
                let spec = self.load(&file, &format!("{}/{IMPORTS}/", self.name))?;
                self.take(spec);
            }
        }
        for file in spec_files(&self.folder)? {
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let sources = self.versions.get(&*stem);
            if sources.is_some_and(|of| of.metadata.is_some()) {
                continue;
            }
            match self.load(&file, &format!("{}/", self.name)) {
                // Pages came to a spec that was imported. One of pages alone is made anew from them.
                Ok(spec) if sources.is_none() || is_imported(&spec) => self.take_own(spec),
                Err(error) if sources.is_none() || says_imported(&file) => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn take(&mut self, metadata: Spec) {
        let version = metadata.version.clone();
        self.version(&version).metadata = Some(metadata);
    }

    /// Takes a spec for its own source, but for what pages said that are gone.
    fn take_own(&mut self, mut spec: Spec) {
        let actions = spec.actions.len();
        spec.actions.retain(|_, action| {
            let page = action.source.as_ref().map(|source| &source.page);
            page.is_none_or(|page| self.folder.join(page).is_file())
        });
        let sources = self.version(&spec.version);
        sources.has_lost_pages = spec.actions.len() < actions;
        if !sources.has_lost_pages || !spec.actions.is_empty() {
            sources.metadata = Some(spec);
        }
    }

    fn version(&mut self, version: &str) -> &mut Sources {
        self.versions.entry(version.to_owned()).or_default()
    }

    /// Reads metadata from a spec file, which has to lie where its service and version say.
    fn load(&self, path: &Path, folder: &str) -> Result<Spec> {
        let mut spec = Spec::load(path)?;
        let expected = format!("{folder}{}.json", spec.version);
        if spec.service != self.name || !path.ends_with(&expected) {
            bail!(
                "{} is the spec of {} {}: its name must say so",
                path.display(),
                spec.service,
                spec.version
            );
        }
        for action in spec.actions.values_mut() {
            (action.access, action.pagination) = (None, None);
        }
        Ok(spec)
    }

    /// Puts what the vendor's metadata says of a version in the place of what it said before.
    ///
    /// # Errors
    /// If what it said before was of the vendor's other site, what pages said that are not there, or, without `replace`,
    /// of unknown origin.
    pub(crate) fn import(&mut self, spec: Spec, replace: bool) -> Result<()> {
        let shown = format!("{}/{}.json", self.shown, spec.version);
        let pages = format!("{}/pages/{}", self.shown, spec.version);
        let sources = self.version(&spec.version);
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

    /// Makes the specs of all versions. `step` is called behind each page.
    ///
    /// # Errors
    /// If a file cannot be read.
    pub(crate) fn read(&self, step: &dyn Fn()) -> Result<Reading> {
        let mut reading = Reading::default();
        reading.tally.services = 1;
        for (version, sources) in &self.versions {
            let before = reading.tally.errors;
            let spec = self.spec(version, sources, &mut reading, step)?;
            if spec.is_none() && sources.is_nothing() {
                reading
                    .stale
                    .push(Path::new(&self.name).join(format!("{version}.json")));
            }
            let Some(mut spec) = spec.filter(|_| reading.tally.errors == before) else {
                continue;
            };
            if !self.fix(&mut spec, &mut reading)? {
                continue;
            }
            self.describe(&mut spec, &mut reading);
            self.derive(&mut spec, &mut reading)?;
            reading.tally.versions += 1;
            reading.tally.actions += spec.actions.len();
            reading.tally.types += spec.types.len();
            let folder = Path::new(&self.name);
            let file = format!("{version}.json");
            let text = |spec: &Spec| {
                spec.to_json()
                    .with_context(|| format!("cannot write the spec of {} {version}", self.name))
            };
            reading.files.insert(folder.join(&file), text(&spec)?);
            if let Some(metadata) = &sources.metadata
                && (!sources.pages.is_empty() || self.glossary.is_some() || self.fixups.is_some())
            {
                let place = folder.join(IMPORTS).join(&file);
                reading.files.insert(place, text(metadata)?);
            }
            reading.specs.push(spec);
        }
        if let Some(fixups) = &self.fixups {
            let versions: Vec<&str> = self.versions.keys().map(String::as_str).collect();
            self.refuse(fixups.of_other_versions(&versions), &mut reading);
        }
        // Behind an error, specs are missing that may have the names.
        if let Some(glossary) = &self.glossary
            && reading.tally.errors == 0
        {
            for entry in glossary.unused(&reading.specs) {
                reading.warn(format!(
                    "{}/{}: {entry} is the name of nothing in the specs",
                    self.shown,
                    Glossary::FILE
                ));
            }
        }
        Ok(reading)
    }

    /// The spec that the pages of a version and the metadata say together; none where the pages contradict each other.
    fn spec(
        &self,
        version: &str,
        sources: &Sources,
        reading: &mut Reading,
        step: &dyn Fn(),
    ) -> Result<Option<Spec>> {
        let Sources {
            pages, metadata, ..
        } = sources;
        if pages.is_empty() {
            self.compare(version, sources, &[], reading)?;
            return Ok(metadata.clone());
        }
        // What the folders say is a source too: pages of data types and error codes name no version.
        let mut fragments = vec![Fragment {
            origin: format!("the folder {}/pages/{version}", self.shown),
            service: Some(self.name.clone()),
            version: Some(version.to_owned()),
            ..Fragment::default()
        }];
        let before = reading.tally.errors;
        for path in pages {
            fragments.push(self.page(path, reading)?.into_fragment());
            step();
        }
        self.compare(version, sources, &fragments[1..], reading)?;
        if reading.tally.errors > before {
            return Ok(None);
        }
        match Spec::merge(&format!("{}/{version}.json", self.shown), &fragments) {
            Ok(mut spec) => {
                for (second, name, first) in described_twice(&fragments) {
                    reading.warn(format!(
                        "{second}: the action `{name}` is described in {first} too, and in the same way: one of them will do"
                    ));
                }
                let metadata = metadata.as_ref();
                for problem in metadata.map_or(Vec::new(), |metadata| spec.fill(metadata)) {
                    reading.warn(format!("{} {version} {problem}", self.name));
                }
                Ok(Some(spec))
            }
            Err(conflicts) => {
                reading.tally.errors += conflicts.len();
                let conflicts = conflicts.into_iter();
                let messages = conflicts.map(|conflict| format!("error: {conflict}\n\n"));
                reading.messages.extend(messages);
                Ok(None)
            }
        }
    }

    /// Holds the spec on disk against the pages of a version, as they say it, and its metadata.
    fn compare(
        &self,
        version: &str,
        sources: &Sources,
        pages: &[Fragment],
        reading: &mut Reading,
    ) -> Result<()> {
        let known = Known::read(&self.folder.join(format!("{version}.json")))?;
        let comparison = known.compare(&removal::Sources {
            folder: &self.folder,
            shown: &self.shown,
            service: &self.name,
            version,
            pages,
            metadata: sources.metadata.as_ref(),
        });
        reading.tally.removals.extend(comparison.removals);
        reading.tally.moved.extend(comparison.moved);
        for warning in comparison.warnings {
            reading.warn(warning);
        }
        Ok(())
    }

    /// Corrects what the sources together say wrongly. Gives whether all fixups fit.
    fn fix(&self, spec: &mut Spec, reading: &mut Reading) -> Result<bool> {
        let Some(fixups) = &self.fixups else {
            return Ok(true);
        };
        let said: BTreeSet<String> = spec.actions.keys().cloned().collect();
        match spec.fix(fixups) {
            Ok(fixed) => {
                let known = Known::read(&self.folder.join(format!("{}.json", spec.version)))?;
                known.compare_fixed(spec, &said, &mut reading.tally.removals);
                let fixed = fixed.into_iter();
                let fixed = fixed.map(|fixup| {
                    let (service, version) = (&spec.service, &spec.version);
                    let (name, reason) = (&fixup.name, &fixup.reason);
                    let reason = reason.replace('\n', " ");
                    format!("{service} {version} {name}: {fixup}: {reason}")
                });
                reading.tally.fixed.extend(fixed);
                Ok(true)
            }
            Err(misfits) => {
                self.refuse(misfits, reading);
                Ok(false)
            }
        }
    }

    fn refuse(&self, misfits: Vec<Misfit>, reading: &mut Reading) {
        for misfit in misfits {
            let Misfit {
                name,
                line,
                message,
            } = misfit;
            let file = format!("{}/{}:{line}", self.shown, Fixups::FILE);
            reading.tally.errors += 1;
            reading.tally.misfits += 1;
            let messages = &mut reading.messages;
            messages.push(format!("error: {file}: the fixup `{name}`: {message}\n\n"));
        }
    }

    /// Gives the glossary's descriptions to what has none, and tells what it lacks.
    fn describe(&self, spec: &mut Spec, reading: &mut Reading) {
        if let Some(glossary) = &self.glossary {
            for left in spec.describe(glossary) {
                reading.warn(format!(
                    "{}/{}: {left} is missing",
                    self.shown,
                    Glossary::FILE
                ));
            }
        }
    }

    /// Writes the derived facts into a spec, and tells where they are not what is derived.
    fn derive(&self, spec: &mut Spec, reading: &mut Reading) -> Result<()> {
        let derivation = spec.derive(&self.kept(&spec.version)?);
        let version = format!("{} {}", spec.service, spec.version);
        for misfit in derivation.misfits {
            reading.warn(format!(
                "{version} {misfit}; what is derived takes its place"
            ));
        }
        let overrides = derivation.overrides.into_iter();
        let overrides = overrides.map(|kept| format!("{version} {kept}"));
        reading.tally.overrides.extend(overrides);
        Ok(())
    }

    /// What somebody may have corrected in the spec of a version, if there is one already.
    fn kept(&self, version: &str) -> Result<Kept> {
        let file = format!("{version}.json");
        let shown = format!("{}/{file}", self.shown);
        let text = match fs::read_to_string(self.folder.join(file)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::default()),
            Err(error) => return Err(error).with_context(|| format!("cannot read {shown}")),
        };
        Kept::from_json(&text).with_context(|| {
            format!("cannot keep what was corrected in {shown}: mend the file, or remove it")
        })
    }

    /// Reads one page, and counts it.
    fn page(&self, path: &Path, reading: &mut Reading) -> Result<Page> {
        // In a spec, paths are relative to its own folder.
        let relative = path.strip_prefix(&self.folder).unwrap_or(path);
        let relative = relative.display().to_string().replace('\\', "/");
        let shown = format!("{}/{relative}", self.shown);
        let bytes = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        let mut page = tc3_docs::parse(&relative, &bytes);
        page.path = shown;
        if let Some(origin) = self.origins.at(&relative) {
            if origin.is_of(&bytes) {
                let actions = page.actions.values_mut();
                for source in actions.filter_map(|action| action.source.as_mut()) {
                    source.url = Some(origin.url.clone());
                    source.fetched = Some(origin.fetched.to_string());
                }
            } else {
                let (path, url) = (&page.path, &origin.url);
                reading.warn(format!(
                    "{path} is not what was fetched from {url}: somebody changed it"
                ));
            }
        }
        let text = tc3_docs::render(&page, &bytes, io::stderr().is_terminal());
        if !text.is_empty() {
            reading.messages.push(text);
        }
        let of = |severity: Severity| {
            let found = page.diagnostics.iter();
            found.filter(|found| found.severity == severity).count()
        };
        let tally = &mut reading.tally;
        tally.pages += 1;
        tally.rows += page.rows();
        tally.errors += of(Severity::Error);
        tally.warnings += of(Severity::Warning);
        Ok(page)
    }
}

impl Sources {
    fn is_nothing(&self) -> bool {
        self.pages.is_empty() && self.metadata.is_none()
    }
}

impl Reading {
    pub(crate) fn warn(&mut self, message: String) {
        self.tally.warnings += 1;
        self.messages.push(format!("warning: {message}\n\n"));
    }
}

/// The actions that several pages describe: the later page, the action, the first page.
fn described_twice(pages: &[Fragment]) -> Vec<(&str, &str, &str)> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    let mut twice = Vec::new();
    for page in pages {
        for name in page.actions.keys() {
            match first.get(name.as_str()) {
                Some(first) => twice.push((page.origin.as_str(), name.as_str(), *first)),
                None => {
                    first.insert(name, &page.origin);
                }
            }
        }
    }
    twice
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

fn spec_files(folder: &Path) -> Result<Vec<PathBuf>> {
    Spec::files(folder).with_context(|| format!("cannot list {}", folder.display()))
}
