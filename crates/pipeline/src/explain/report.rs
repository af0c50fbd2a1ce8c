//! What is printed of one thing.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;
use tc3_spec::{Fixup, Item, Step, value_at};

use super::block::{Block, is_list};
use super::sources::{Sources, Text, Version};
use super::subject::{Subject, What};
use crate::files::read;
use crate::text::{count, shown};

/// Where one thing in the spec of a version comes from, and what comes of it.
pub(super) struct Report<'a> {
    version: &'a Version,
    sources: &'a Sources,
    /// The spec as JSON.
    value: Value,
    /// The folder of the generated crates, where there is one.
    generated: Option<&'a Path>,
}

impl<'a> Report<'a> {
    pub(super) fn new(
        version: &'a Version,
        sources: &'a Sources,
        generated: Option<&'a Path>,
    ) -> Report<'a> {
        Report {
            version,
            sources,
            value: serde_json::to_value(&version.spec).unwrap_or_default(),
            generated,
        }
    }

    /// The report as text.
    ///
    /// # Errors
    /// If a file of the generated crate cannot be read, or the crate that is not there cannot be generated.
    pub(super) fn of(&self, subject: &Subject<'_>) -> Result<String> {
        let spec = &self.version.spec;
        let mut out = Block::new(spec, &subject.title());
        match &subject.what {
            What::Item(item) => {
                let path = self.sources.path(&spec.version, &subject.path);
                self.rows(&path, item, &mut out);
                self.entry(item, &mut out);
                self.code(subject, &mut out)?;
                self.import(&path, item, &mut out);
                self.fixups(item, &mut out);
                self.glossary(&path, item, &mut out);
            }
            What::Codes => {
                // The list itself is long.
                let at = self.version.file.at(&[Step::Key("errors".to_owned())]);
                let codes = count(spec.errors.len(), "error code");
                out.line("spec", &format!("{at}, {codes}"));
                self.code(subject, &mut out)?;
            }
            What::RequestId(_) => {
                if !self.places(&subject.path, &mut out) {
                    out.line("page", "none here has it");
                }
                out.line("spec", "every response has it, so that none names it");
                self.code(subject, &mut out)?;
            }
        }
        Ok(out.into_text())
    }

    /// The report of something that the sources have and a fixup removes, as text.
    pub(super) fn of_removed(&self, subject: &Subject<'_>, fixup: &Fixup) -> String {
        let spec = &self.version.spec;
        let title = format!("{}, which a fixup removes", subject.title());
        let mut out = Block::new(spec, &title);
        self.places(&subject.path, &mut out);
        out.line("spec", "it is not there, nor in what is generated");
        if let Some((file, metadata)) = &self.sources.metadata
            && let Some((steps, imported)) = metadata.of(&subject.path)
        {
            out.json("import", &file.at(&steps), imported);
        }
        self.fixup(fixup, &mut out);
        out.into_text()
    }

    /// The row of the page.
    fn rows(&self, path: &str, item: &Item<'_>, out: &mut Block) {
        if !self.places(path, out) {
            let fixups = self.sources.fixups.as_ref();
            let fixups = fixups.map_or(Vec::new(), |(_, fixups)| {
                fixups.touching(&self.version.spec, &item.steps)
            });
            let is_imported = match &self.sources.metadata {
                Some((_, metadata)) => metadata.of(path).is_some(),
                None => !self.sources.has_pages,
            };
            let why = match (is_imported, fixups.is_empty()) {
                (true, _) => "none has it; it is imported",
                (false, false) => "none has it; a fixup does",
                (false, true) => "none has it any more: run `cargo xtask regenerate`",
            };
            out.line("page", why);
        }
    }

    /// Where pages have it, if one has.
    fn places(&self, path: &str, out: &mut Block) -> bool {
        let mut rows = self.sources.rows(path).peekable();
        let is_there = rows.peek().is_some();
        for (page, row) in rows {
            out.line("page", &format!("{page}:{}:{}", row.line, row.column));
            out.text(&row.text);
        }
        is_there
    }

    /// The entry of the spec.
    fn entry(&self, item: &Item<'_>, out: &mut Block) {
        let file = &self.version.file;
        if let Some(entry) = value_at(&self.value, &item.steps) {
            out.json("spec", &file.at(&item.steps), entry);
        }
    }

    /// What is generated: as it lies on disk, or as it would be generated.
    fn code(&self, subject: &Subject<'_>, out: &mut Block) -> Result<()> {
        let spec = &self.version.spec;
        let krate = self.generated.map(|folder| folder.join(&spec.service));
        let Some(krate) = krate.filter(|folder| folder.is_dir()) else {
            let why =
                "the service has no crate here; it would be as `cargo xtask generate` makes it";
            out.line("generated", why);
            let made = tc3_codegen::generate_client(std::slice::from_ref(spec), &[])?;
            for item in &subject.generated {
                let found = made.files.get(&item.file).and_then(|text| item.find(text));
                out.code(item, found.as_ref());
            }
            return Ok(());
        };
        for item in &subject.generated {
            let file = format!("generated/{}/{}", spec.service, shown(&item.file));
            let text = read(&krate.join(&item.file))?;
            let found = item.find(&text.unwrap_or_default());
            let place = match &found {
                Some(found) => format!("{file}:{}", found.line),
                None => format!("{file} does not have it yet: run `cargo xtask regenerate`"),
            };
            out.line("generated", &place);
            out.code(item, found.as_ref());
        }
        Ok(())
    }

    /// What the vendor's metadata says of it.
    fn import(&self, path: &str, item: &Item<'_>, out: &mut Block) {
        let Some((file, metadata)) = &self.sources.metadata else {
            if let (Some(of), false) = (&self.version.spec.imported, self.sources.has_pages) {
                out.line("import", &format!("{of} says it"));
            }
            return;
        };
        let (Some((steps, imported)), Some(entry)) =
            (metadata.of(path), value_at(&self.value, &item.steps))
        else {
            return;
        };
        let package = metadata.spec.imported.as_ref();
        let unnamed = "a package that is not named".to_owned();
        let package = package.map_or(unnamed, ToString::to_string);
        let what = match self.sources.said(path) {
            None => "it says what no page does".to_owned(),
            Some(said) => added(entry, said, imported),
        };
        let at = format!("{package}, {}: {what}", file.at(&steps));
        out.json("import", &at, imported);
    }

    /// The fixups that changed something of it.
    fn fixups(&self, item: &Item<'_>, out: &mut Block) {
        let Some((_, fixups)) = &self.sources.fixups else {
            return;
        };
        for fixup in fixups.touching(&self.version.spec, &item.steps) {
            self.fixup(fixup, out);
        }
    }

    fn fixup(&self, fixup: &Fixup, out: &mut Block) {
        let fixups = self.sources.fixups.as_ref();
        let shown = fixups.map_or("", |(file, _)| &file.shown);
        let at = format!("{shown}:{} {}: {fixup}", fixup.line, fixup.name);
        out.line("fixup", &at);
        out.text(&fixup.reason);
    }

    /// The entry of the glossary that describes it, where nothing else does.
    fn glossary(&self, path: &str, item: &Item<'_>, out: &mut Block) {
        let Some((file, glossary)) = &self.sources.glossary else {
            return;
        };
        let metadata = self.sources.metadata.as_ref();
        let imported = metadata.and_then(|(_, metadata)| Some(metadata.of(path)?.1));
        let says = [self.sources.said(path), imported];
        let entry = value_at(&self.value, &item.steps).map_or("", description);
        let mut says = says.into_iter().flatten();
        let is_said = says.any(|of| description(of) == entry);
        if let Some((steps, described)) = glossary.entry(item)
            && !is_said
            && described == entry
        {
            out.line("glossary", &Text::at(file, &steps));
            out.text(described);
        }
    }
}

/// What of an entry is as the metadata says and not as the page does.
fn added(entry: &Value, said: &Value, imported: &Value) -> String {
    let entry = entry.as_object().into_iter().flatten();
    let added = entry.filter(|(key, value)| {
        !is_list(key) && imported.get(key) == Some(value) && said.get(key) != Some(value)
    });
    let added: Vec<String> = added.map(|(key, _)| format!("`{key}`")).collect();
    match added.is_empty() {
        true => "it adds nothing to the page".to_owned(),
        false => format!("it adds {}", added.join(", ")),
    }
}

fn description(value: &Value) -> &str {
    let text = value.get("description").and_then(Value::as_str);
    text.unwrap_or_default()
}
