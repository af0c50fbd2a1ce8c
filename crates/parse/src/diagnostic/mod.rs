//! Diagnostics of a page, with their locations.

mod wording;

use std::fmt;

use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::row::RawRow;
use crate::row_location::RowLocation;
use crate::source::{At, Source};

/// The severity of a [`Diagnostic`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The page contradicts itself or is unclear; parsing continued.
    Warning,
    /// Part of the page could not be parsed, so the result may be incomplete.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// A problem of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The severity.
    pub severity: Severity,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The problem, with the text in question.
    pub message: String,
    /// The byte offset in the page's text.
    pub(crate) offset: usize,
    /// The length of the marked text in bytes; 0 if the text was not found there.
    pub(crate) length: usize,
    /// The label below the marked text.
    pub(crate) label: &'static str,
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Diagnostic", 4)?;
        object.serialize_field("severity", &self.severity)?;
        object.serialize_field("line", &self.line)?;
        object.serialize_field("column", &self.column)?;
        object.serialize_field("message", &self.message)?;
        object.end()
    }
}

/// The diagnostics of a page. Each kind has a method in `wording`, so that one file contains all messages.
pub(crate) struct Diagnostics<'s, 'a> {
    source: &'s Source<'a>,
    list: Vec<Diagnostic>,
    /// The number of diagnostics omitted because there are too many.
    omitted: usize,
    worst_omitted: Option<Severity>,
    /// The locations of the rows that were read; `None` unless requested.
    locations: Option<Vec<RowLocation>>,
}

/// The number of diagnostics of a page from which further warnings are only counted.
const MAX_BEFORE_WARNING: usize = 200;

/// The number of diagnostics of a page from which further errors are only counted.
const MAX_BEFORE_ERROR: usize = 1000;

impl<'s, 'a> Diagnostics<'s, 'a> {
    pub(crate) fn new(source: &'s Source<'a>) -> Self {
        Diagnostics {
            source,
            list: Vec::new(),
            omitted: 0,
            worst_omitted: None,
            locations: None,
        }
    }

    /// Creates diagnostics that also record the locations of rows.
    pub(crate) fn with_locations(source: &'s Source<'a>) -> Self {
        Diagnostics {
            locations: Some(Vec::new()),
            ..Diagnostics::new(source)
        }
    }

    /// Returns the locations of rows in page order.
    pub(crate) fn into_locations(self) -> Vec<RowLocation> {
        let mut locations = self.locations.unwrap_or_default();
        locations.sort_by_key(|location| (location.line, location.column));
        locations
    }

    /// Records the row from which an item was read.
    pub(crate) fn record_row(&mut self, row: &RawRow, path: impl FnOnce() -> String) {
        if self.locations.is_some() {
            // Searches for the name, because markup separates it from the other cells.
            let name = row.name.as_deref().unwrap_or_default();
            self.record(path(), row.at, name, row.text());
        }
    }

    /// Records the table from which a structure was read.
    pub(crate) fn record_table(&mut self, at: At, first: &str, name: &str) {
        if self.locations.is_some() {
            self.record(format!("types.{name}"), at, first, first.to_owned());
        }
    }

    fn record(&mut self, path: String, at: At, found: &str, text: String) {
        let offset = self.source.offset(at, found);
        let (line, column) = self.source.line_column(offset);
        if let Some(locations) = &mut self.locations {
            locations.push(RowLocation {
                path,
                line,
                column,
                text,
            });
        }
    }

    /// Returns the diagnostics in page order.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        self.list.sort_by_key(|diagnostic| diagnostic.offset);
        if let Some(last) = self.list.last()
            && self.omitted > 0
        {
            let message = format!("{} further diagnostics are omitted", self.omitted);
            let mut more = last.clone();
            more.severity = self.worst_omitted.unwrap_or(Severity::Warning);
            (more.message, more.label) = (message, "after this one");
            self.list.push(more);
        }
        self.list
    }

    fn add(
        &mut self,
        severity: Severity,
        at: At,
        found: &str,
        label: &'static str,
        message: String,
    ) {
        let max = match severity {
            Severity::Warning => MAX_BEFORE_WARNING,
            Severity::Error => MAX_BEFORE_ERROR,
        };
        if self.list.len() >= max {
            self.omitted += 1;
            self.worst_omitted = self.worst_omitted.max(Some(severity));
            return;
        }
        let offset = self.source.offset(at, found);
        let (line, column) = self.source.line_column(offset);
        let first = found.lines().next().unwrap_or_default();
        let length = if self.source.text[offset..].starts_with(first) {
            first.len()
        } else {
            0
        };
        self.list.push(Diagnostic {
            severity,
            line,
            column,
            message,
            offset,
            length,
            label,
        });
    }

    fn error(&mut self, at: At, found: &str, label: &'static str, message: String) {
        self.add(Severity::Error, at, found, label, message);
    }

    fn warning(&mut self, at: At, found: &str, label: &'static str, message: String) {
        self.add(Severity::Warning, at, found, label, message);
    }
}
