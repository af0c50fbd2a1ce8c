//! The contents of the sources of services, and the files made from them.

use std::collections::BTreeMap;
use std::mem::take;
use std::path::PathBuf;

use tc3_spec::Spec;

use crate::removal::Removal;

/// The contents of the sources of some services, and the files made from them.
#[derive(Default)]
pub struct Reading {
    /// The specs of each service in version order; incomplete if there is an error.
    pub(crate) specs: BTreeMap<String, Vec<Spec>>,
    /// The files of the specs folder other than sources, by relative path; `None` removes a spec that no source makes
    /// any more.
    pub(crate) files: BTreeMap<PathBuf, Option<String>>,
    /// The files of the generated crates, by relative path.
    pub(crate) crates: BTreeMap<PathBuf, Option<String>>,
    /// Warnings and errors to print.
    pub messages: Vec<String>,
    /// The number of services.
    pub services: usize,
    /// The number of service versions.
    pub versions: usize,
    /// The number of pages.
    pub pages: usize,
    /// The number of actions.
    pub actions: usize,
    /// The number of data types.
    pub types: usize,
    /// The number of table rows on the pages.
    pub rows: usize,
    /// The number of errors.
    pub errors: usize,
    /// The number of warnings.
    pub warnings: usize,
    /// The number of errors about fixups that do not apply.
    pub(crate) mismatches: usize,
    /// The corrections by fixups, one line each.
    pub(crate) fixed: Vec<String>,
    /// The derived facts that were corrected by hand in a spec, one line each.
    pub(crate) kept: Vec<String>,
    /// The actions whose page was moved to another file, one line each.
    pub(crate) moved: Vec<String>,
    /// Warnings about facts that are lost when the files are written.
    pub(crate) lost: Vec<String>,
    /// Whether services with errors are skipped and the others are written.
    pub(crate) is_partial: bool,
    /// The actions that would be removed.
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
        self.mismatches += other.mismatches;
        self.fixed.extend(other.fixed);
        self.kept.extend(other.kept);
        self.moved.extend(other.moved);
        self.lost.extend(other.lost);
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

    /// Adds the warnings about lost facts, unless an error prevents writing.
    pub(crate) fn warn_of_lost_facts(&mut self) {
        for lost in take(&mut self.lost) {
            if self.errors == 0 {
                self.warn(lost);
            }
        }
    }

    /// Returns a line for each correction, kept fact and moved page.
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

    /// Returns why nothing can be written, if there were errors.
    pub fn refusal(&self) -> Option<&'static str> {
        match self.errors {
            0 => None,
            _ if self.is_partial => None,
            errors if errors == self.mismatches => {
                Some("nothing was written, because fixups do not apply")
            }
            _ => Some("nothing was written, because pages with errors cannot be trusted"),
        }
    }
}
