//! What the sources of services say, and what is made of them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tc3_spec::Spec;

use crate::removal::Removal;

/// What the sources of some services say, and what is made of them.
#[derive(Default)]
pub struct Reading {
    /// The specs of each service, in the order of their versions; incomplete where there is an error.
    pub(crate) specs: BTreeMap<String, Vec<Spec>>,
    /// The files that the folder of specs is to hold besides the sources, by their path in it; nothing where none makes a
    /// spec any more.
    pub(crate) files: BTreeMap<PathBuf, Option<String>>,
    /// The files of the generated crates, by their path in the folder of these.
    pub(crate) crates: BTreeMap<PathBuf, Option<String>>,
    /// Warnings and errors for people.
    pub messages: Vec<String>,
    /// How many services were read.
    pub services: usize,
    /// How many versions of them.
    pub versions: usize,
    /// How many pages.
    pub pages: usize,
    /// How many actions their specs have.
    pub actions: usize,
    /// How many data types.
    pub types: usize,
    /// How many rows of tables the pages have.
    pub rows: usize,
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many of the errors are fixups that do not fit.
    pub(crate) misfits: usize,
    /// What fixups corrected, a line for each.
    pub(crate) fixed: Vec<String>,
    /// Derived facts that somebody corrected in a spec, a line for each.
    pub(crate) kept: Vec<String>,
    /// Actions whose page is another file now, a line for each.
    pub(crate) moved: Vec<String>,
    /// Actions that callers lose.
    pub removals: Vec<Removal>,
}

impl Reading {
    pub(crate) fn add(&mut self, other: Reading) {
        self.specs.extend(other.specs);
        self.files.extend(other.files);
        self.crates.extend(other.crates);
        self.messages.extend(other.messages);
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
        self.kept.extend(other.kept);
        self.moved.extend(other.moved);
        self.removals.extend(other.removals);
    }

    pub(crate) fn warn(&mut self, message: impl std::fmt::Display) {
        self.warnings += 1;
        self.messages.push(format!("warning: {message}\n\n"));
    }

    pub(crate) fn error(&mut self, message: impl std::fmt::Display) {
        self.errors += 1;
        self.messages.push(format!("error: {message}\n\n"));
    }

    /// What was corrected, kept and moved, a line for each.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let lines = [
            ("fixed", &self.fixed),
            ("kept ", &self.kept),
            ("moved", &self.moved),
        ];
        lines
            .into_iter()
            .flat_map(|(word, lines)| lines.iter().map(move |line| format!("{word} {line}")))
    }

    /// Why nothing is to be written, if there were errors.
    pub fn refusal(&self) -> Option<&'static str> {
        match self.errors {
            0 => None,
            errors if errors == self.misfits => Some("fixups do not fit, so nothing was written"),
            _ => Some("pages with errors cannot be trusted, so nothing was written"),
        }
    }
}
