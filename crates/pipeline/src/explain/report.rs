//! The report of one item.

use std::path::Path;

use anyhow::Result;
use serde_json::Value;
use tc3_codegen::Runtime;
use tc3_spec::{Fixup, Item, Segment, value_at};

use super::block::{Block, is_list};
use super::sources::{Sources, Text, Version};
use super::subject::{Subject, SubjectKind};
use crate::files::read;
use crate::text::{count, shown};

/// Reports where the items of a spec version come from and what is generated from them.
pub(super) struct Report<'a> {
    version: &'a Version,
    sources: &'a Sources,
    /// The spec as JSON.
    value: Value,
    /// The folder of the generated crates, if there is one.
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

    /// Returns the report of an item as text.
    ///
    /// # Errors
    /// Fails if a file of the generated crate cannot be read, or the code of a missing crate cannot be generated.
    pub(super) fn of(&self, subject: &Subject<'_>) -> Result<String> {
        let spec = &self.version.spec;
        let mut out = Block::new(spec, &subject.title());
        match &subject.kind {
            SubjectKind::Item(item) => {
                let path = self.sources.path(&spec.version, &subject.path);
                self.rows(&path, item, &mut out);
                self.entry(item, &mut out);
                self.code(subject, &mut out)?;
                self.import(&path, item, &mut out);
                self.fixups(item, &mut out);
                self.glossary(&path, item, &mut out);
            }
            SubjectKind::Codes => {
                // The list is too long to print.
                let at = self.version.file.at(&[Segment::Key("errors".to_owned())]);
                let codes = count(spec.errors.len(), "error code");
                out.line("spec", &format!("{at}, {codes}"));
                self.code(subject, &mut out)?;
            }
            SubjectKind::RequestId(_) => {
                if !self.places(&subject.path, &mut out) {
                    out.line("page", "not on any page");
                }
                out.line("spec", "not listed, because every response has it");
                self.code(subject, &mut out)?;
            }
        }
        Ok(out.into_text())
    }

    /// Returns the report of an item that a fixup removes from the sources, as text.
    pub(super) fn of_removed(&self, subject: &Subject<'_>, fixup: &Fixup) -> String {
        let spec = &self.version.spec;
        let title = format!("{}, removed by a fixup", subject.title());
        let mut out = Block::new(spec, &title);
        self.places(&subject.path, &mut out);
        out.line("spec", "absent here and in the generated code");
        if let Some((file, metadata)) = &self.sources.metadata
            && let Some((steps, imported)) = metadata.of(&subject.path)
        {
            out.json("import", &file.at(&steps), imported);
        }
        self.fixup(fixup, &mut out);
        out.into_text()
    }

    /// Writes the rows of the pages, or why there are none.
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
                (true, _) => "not on any page; imported",
                (false, false) => "not on any page; added by a fixup",
                (false, true) => "no longer on any page: run `cargo xtask regenerate`",
            };
            out.line("page", why);
        }
    }

    /// Writes the rows of the pages. Returns whether there are any.
    fn places(&self, path: &str, out: &mut Block) -> bool {
        let mut rows = self.sources.rows(path).peekable();
        let has_rows = rows.peek().is_some();
        for (page, row) in rows {
            out.line("page", &format!("{page}:{}:{}", row.line, row.column));
            out.text(&row.text);
        }
        has_rows
    }

    /// Writes the entry of the spec.
    fn entry(&self, item: &Item<'_>, out: &mut Block) {
        let file = &self.version.file;
        if let Some(entry) = value_at(&self.value, &item.steps) {
            out.json("spec", &file.at(&item.steps), entry);
        }
    }

    /// Writes the generated code: as on disk, or as it would be generated.
    fn code(&self, subject: &Subject<'_>, out: &mut Block) -> Result<()> {
        let spec = &self.version.spec;
        let krate = self.generated.map(|folder| folder.join(&spec.service));
        let Some(krate) = krate.filter(|folder| folder.is_dir()) else {
            let why =
                "no crate of this service here; `cargo xtask generate` would create it as follows";
            out.line("generated", why);
            // The report does not show the manifest, so any version works.
            let runtime = Runtime::Version("*".to_owned());
            let generated =
                tc3_codegen::generate_client(std::slice::from_ref(spec), &[], &runtime)?;
            for item in &subject.generated {
                let found = generated
                    .files
                    .get(&item.file)
                    .and_then(|text| item.find(text));
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
                None => format!("not yet in {file}: run `cargo xtask regenerate`"),
            };
            out.line("generated", &place);
            out.code(item, found.as_ref());
        }
        Ok(())
    }

    /// Writes the entry of the vendor's metadata.
    fn import(&self, path: &str, item: &Item<'_>, out: &mut Block) {
        let Some((file, metadata)) = &self.sources.metadata else {
            if let (Some(of), false) = (&self.version.spec.imported, self.sources.has_pages) {
                out.line("import", &format!("from {of}"));
            }
            return;
        };
        let (Some((steps, imported)), Some(entry)) =
            (metadata.of(path), value_at(&self.value, &item.steps))
        else {
            return;
        };
        let package = metadata.spec.imported.as_ref();
        let unnamed = "an unnamed package".to_owned();
        let package = package.map_or(unnamed, ToString::to_string);
        let additions = match self.sources.on_pages(path) {
            None => "not on any page".to_owned(),
            Some(documented) => added(entry, documented, imported),
        };
        let at = format!("{package}, {}: {additions}", file.at(&steps));
        out.json("import", &at, imported);
    }

    /// Writes the fixups that changed part of the item.
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

    /// Writes the glossary entry that describes the item, if nothing else does.
    fn glossary(&self, path: &str, item: &Item<'_>, out: &mut Block) {
        let Some((file, glossary)) = &self.sources.glossary else {
            return;
        };
        let metadata = self.sources.metadata.as_ref();
        let imported = metadata.and_then(|(_, metadata)| Some(metadata.of(path)?.1));
        let entry = value_at(&self.value, &item.steps).map_or("", description);
        let sources = [self.sources.on_pages(path), imported];
        let mut sources = sources.into_iter().flatten();
        let is_from_source = sources.any(|of| description(of) == entry);
        if let Some((steps, described)) = glossary.entry(item)
            && !is_from_source
            && described == entry
        {
            out.line("glossary", &Text::at(file, &steps));
            out.text(described);
        }
    }
}

/// Lists the values of an entry that come from the metadata and not from the page.
fn added(entry: &Value, documented: &Value, imported: &Value) -> String {
    let entry = entry.as_object().into_iter().flatten();
    let added = entry.filter(|(key, value)| {
        !is_list(key) && imported.get(key) == Some(value) && documented.get(key) != Some(value)
    });
    let added: Vec<String> = added.map(|(key, _)| format!("`{key}`")).collect();
    match added.is_empty() {
        true => "adds nothing to the page".to_owned(),
        false => format!("adds {}", added.join(", ")),
    }
}

fn description(value: &Value) -> &str {
    let text = value.get("description").and_then(Value::as_str);
    text.unwrap_or_default()
}
