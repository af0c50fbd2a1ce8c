//! Builds the specs of a service from its sources.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow};
use tc3_parse::Severity;
use tc3_spec::{Fixups, Fragment, Glossary, Kept, Mismatch, Spec};

use super::known::{Current, Known};
use super::{IMPORTS, Service, Sources};
use crate::files;
use crate::reading::Reading;
use crate::text;

impl Service {
    /// Builds the specs of all versions. `color` enables colours in diagnostics; `step` is called after each page.
    ///
    /// # Errors
    /// Fails if a file cannot be read.
    pub(crate) fn read(&self, color: bool, step: &dyn Fn()) -> Result<Reading> {
        let mut reading = Reading {
            services: 1,
            ..Reading::default()
        };
        let mut specs = Vec::new();
        for (version, sources) in &self.versions {
            specs.extend(self.version(version, sources, color, step, &mut reading)?);
        }
        if let Some(fixups) = &self.fixups {
            let versions: Vec<&str> = self.versions.keys().map(String::as_str).collect();
            self.report_mismatches(fixups.of_other_versions(&versions), &mut reading);
        }
        // After an error, specs are incomplete, so an unused glossary entry may be a false alarm.
        if let Some(glossary) = &self.glossary
            && reading.errors == 0
        {
            for entry in glossary.unused(&specs) {
                let file = format!("{}/{}", self.shown, Glossary::FILE);
                reading.warn(format!("{file}: {entry} describes nothing; remove it"));
            }
        }
        reading.specs.insert(self.name.clone(), specs);
        Ok(reading)
    }

    /// Builds the spec of a version; `None` if there is an error or no source.
    fn version(
        &self,
        version: &str,
        sources: &Sources,
        color: bool,
        step: &dyn Fn(),
        reading: &mut Reading,
    ) -> Result<Option<Spec>> {
        let file = format!("{version}.json");
        let place = Path::new(&self.name).join(&file);
        let on_disk = files::read(&self.folder.join(&file))?.unwrap_or_default();
        let before = reading.errors;
        let mut pages = Vec::new();
        for path in &sources.pages {
            pages.push(self.page(path, color, reading)?);
            step();
        }
        let mut spec = if pages.is_empty() {
            sources.metadata.clone()
        } else if reading.errors > before {
            None
        } else {
            self.merge(version, sources, &pages, reading)
        };
        if let Some(of) = &mut spec
            && !self.fix(of, reading)
        {
            spec = None;
        }
        let current = Current {
            service: self,
            version,
            pages: &pages,
            metadata: sources.metadata.as_ref(),
            spec: spec.as_ref(),
        };
        Known::from_json(&on_disk).compare(&current, reading);
        let Some(mut spec) = spec else {
            if sources.is_empty() {
                reading.files.insert(place, None);
            }
            return Ok(None);
        };
        if let Some(glossary) = &self.glossary {
            spec.describe(glossary);
        }
        self.derive(&on_disk, &mut spec, reading)?;
        reading.versions += 1;
        reading.actions += spec.actions.len();
        reading.types += spec.types.len();
        let text = |spec: &Spec| {
            spec.to_json()
                .with_context(|| format!("cannot write the spec of {} {version}", self.name))
        };
        reading.files.insert(place, Some(text(&spec)?));
        if let Some(metadata) = &sources.metadata
            && (!pages.is_empty() || self.glossary.is_some() || self.fixups.is_some())
        {
            let place = Path::new(&self.name).join(IMPORTS).join(&file);
            reading.files.insert(place, Some(text(metadata)?));
        }
        Ok(Some(spec))
    }

    /// Merges the pages and the metadata of a version; `None` if the pages contradict each other.
    fn merge(
        &self,
        version: &str,
        sources: &Sources,
        pages: &[Fragment],
        reading: &mut Reading,
    ) -> Option<Spec> {
        // The folder names are a source too: pages of data types and error codes name no version.
        let folder = Fragment {
            origin: format!("the folder {}/pages/{version}", self.shown),
            service: Some(self.name.clone()),
            version: Some(version.to_owned()),
            ..Fragment::default()
        };
        let fragments = [&[folder], pages].concat();
        match Spec::merge(&format!("{}/{version}.json", self.shown), &fragments) {
            Ok(mut spec) => {
                let mut first: BTreeMap<&str, &str> = BTreeMap::new();
                for (second, name) in pages.iter().flat_map(actions) {
                    let first = *first.entry(name).or_insert(second);
                    if first != second {
                        reading.warn(format!(
                            "{second}: duplicates the action `{name}` of {first}: remove one of the pages"
                        ));
                    }
                }
                let metadata = sources.metadata.as_ref();
                for problem in metadata.map_or(Vec::new(), |metadata| spec.fill(metadata)) {
                    reading.warn(format!("{} {version} {problem}", self.name));
                }
                Some(spec)
            }
            Err(conflicts) => {
                for conflict in conflicts {
                    reading.error(conflict);
                }
                None
            }
        }
    }

    /// Applies the fixups. Returns whether all of them apply.
    fn fix(&self, spec: &mut Spec, reading: &mut Reading) -> bool {
        let Some(fixups) = &self.fixups else {
            return true;
        };
        match spec.fix(fixups) {
            Ok(fixed) => {
                let version = format!("{} {}", spec.service, spec.version);
                reading.fixed.extend(fixed.into_iter().map(|fixup| {
                    let reason = fixup.reason.replace('\n', " ");
                    format!("{version} {}: {fixup}: {reason}", fixup.name)
                }));
                true
            }
            Err(mismatches) => {
                self.report_mismatches(mismatches, reading);
                false
            }
        }
    }

    fn report_mismatches(&self, mismatches: Vec<Mismatch>, reading: &mut Reading) {
        for of in mismatches {
            let file = format!("{}/{}:{}", self.shown, Fixups::FILE, of.line);
            reading.mismatches += 1;
            reading.error(format!("{file}: the fixup `{}`: {}", of.name, of.message));
        }
    }

    /// Adds the derived facts to a spec, keeping those that were corrected in the file on disk. Warns where a
    /// correction no longer fits.
    fn derive(&self, on_disk: &str, spec: &mut Spec, reading: &mut Reading) -> Result<()> {
        let kept = Kept::from_json(on_disk).map_err(|cause| {
            anyhow!(
                "cannot keep the corrections in {}/{}.json: {cause}; repair the file, or delete it",
                self.shown,
                spec.version
            )
        })?;
        let derivation = spec.derive(&kept);
        let version = format!("{} {}", spec.service, spec.version);
        for mismatch in derivation.mismatches {
            reading.warn(format!("{version} {mismatch}; the derived value is used"));
        }
        let overrides = derivation.overrides.into_iter();
        let overrides = overrides.map(|kept| format!("{version} {kept}"));
        reading.kept.extend(overrides);
        Ok(())
    }

    /// Parses one page, and counts it.
    fn page(&self, path: &Path, color: bool, reading: &mut Reading) -> Result<Fragment> {
        // Paths in a spec are relative to the service's folder.
        let relative = text::shown(path.strip_prefix(&self.folder).unwrap_or(path));
        let shown = format!("{}/{relative}", self.shown);
        let bytes = fs::read(path).with_context(|| format!("cannot read {shown}"))?;
        let mut page = tc3_parse::parse(&relative, &bytes);
        page.origin = shown;
        if let Some(origin) = self.origins.at(&relative) {
            if origin.is_of(&bytes) {
                let Fragment {
                    actions, source, ..
                } = &mut page.fragment;
                let actions = actions.values_mut();
                let sources = actions.filter_map(|action| action.source.as_mut());
                for source in sources.chain(source) {
                    source.url = Some(origin.url.clone());
                    source.fetched = Some(origin.fetched.to_string());
                }
            } else {
                let (path, url) = (&page.origin, &origin.url);
                reading.warn(format!(
                    "{path} differs from the page fetched from {url}: it was edited, or a fetch was interrupted (the \
                     next fetch repairs that)"
                ));
            }
        }
        let text = tc3_parse::render(&page, &bytes, color);
        if !text.is_empty() {
            reading.messages.push(text);
        }
        for diagnostic in &page.diagnostics {
            match diagnostic.severity {
                Severity::Error => reading.errors += 1,
                Severity::Warning => reading.warnings += 1,
            }
        }
        reading.pages += 1;
        reading.rows += page.rows();
        Ok(page.fragment)
    }
}

/// Returns the actions that a page describes, with the page.
fn actions(page: &Fragment) -> impl Iterator<Item = (&str, &str)> {
    let names = page.actions.keys();
    names.map(|name| (page.origin.as_str(), name.as_str()))
}
