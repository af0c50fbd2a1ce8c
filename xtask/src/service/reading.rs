//! What came of reading a service.

use std::collections::BTreeMap;
use std::path::PathBuf;

use tc3_spec::Spec;

use crate::removal::Removal;

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
    pub(super) misfits: usize,
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

impl Reading {
    pub(crate) fn warn(&mut self, message: String) {
        self.tally.warnings += 1;
        self.messages.push(format!("warning: {message}\n\n"));
    }
}
