//! From the sources of a service to its specs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;

use anyhow::{Context, Result};
use tc3_parse::{Page, Severity};
use tc3_spec::{Fixups, Fragment, Glossary, Kept, Misfit, Spec};

use super::{IMPORTS, Reading, Service, Sources};
use crate::removal::{self, Known};

impl Service {
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
        let mut page = tc3_parse::parse(&relative, &bytes);
        page.path = shown;
        if let Some(origin) = self.origins.at(&relative) {
            if origin.is_of(&bytes) {
                let actions = page.actions.values_mut();
                let sources = actions.filter_map(|action| action.source.as_mut());
                for source in sources.chain(&mut page.source) {
                    source.url = Some(origin.url.clone());
                    source.fetched = Some(origin.fetched.to_string());
                }
            } else {
                let (path, url) = (&page.path, &origin.url);
                reading.warn(format!(
                    "{path} is not what was fetched from {url}: somebody changed it, or a fetch was interrupted, which the next one settles"
                ));
            }
        }
        let text = tc3_parse::render(&page, &bytes, io::stderr().is_terminal());
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
