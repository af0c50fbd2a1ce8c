//! Diagnostics of a page, with their places.

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
    /// The place as a byte offset into the page's text.
    pub(crate) offset: usize,
    /// The length of the text in bytes.
    pub(crate) length: usize,
    /// A short label to print below the place.
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

/// The diagnostics of a page. Each kind has a constructor here, so that one file words all of them.
pub(crate) struct Diagnostics<'s, 'a> {
    source: &'s Source<'a>,
    list: Vec<Diagnostic>,
    /// The number of diagnostics omitted because there are too many.
    left_out: usize,
    worst_left_out: Option<Severity>,
    /// The places of the rows that were read; `None` unless requested.
    places: Option<Vec<RowLocation>>,
}

/// The maximum number of diagnostics per page; the others are only counted.
const MOST: usize = 200;

impl<'s, 'a> Diagnostics<'s, 'a> {
    pub(crate) fn new(source: &'s Source<'a>) -> Self {
        Diagnostics {
            source,
            list: Vec::new(),
            left_out: 0,
            worst_left_out: None,
            places: None,
        }
    }

    /// Creates diagnostics that also record places.
    pub(crate) fn with_places(source: &'s Source<'a>) -> Self {
        Diagnostics {
            places: Some(Vec::new()),
            ..Diagnostics::new(source)
        }
    }

    /// Returns the places in page order.
    pub(crate) fn into_places(self) -> Vec<RowLocation> {
        let mut places = self.places.unwrap_or_default();
        places.sort_by_key(|place| (place.line, place.column));
        places
    }

    /// Records the row from which an item was read.
    pub(crate) fn read_from(&mut self, row: &RawRow, path: impl FnOnce() -> String) {
        if self.places.is_some() {
            // Searches for the name, because markup separates it from the other cells.
            let name = row.name.as_deref().unwrap_or_default();
            self.note(path(), row.at, name, row.text());
        }
    }

    /// Records the table from which a structure was read.
    pub(crate) fn structure_from(&mut self, at: At, first: &str, name: &str) {
        if self.places.is_some() {
            self.note(format!("types.{name}"), at, first, first.to_owned());
        }
    }

    fn note(&mut self, path: String, at: At, found: &str, text: String) {
        let offset = self.source.offset(at, found);
        let (line, column) = self.source.line_column(offset);
        if let Some(places) = &mut self.places {
            places.push(RowLocation {
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
            && self.left_out > 0
        {
            let message = format!("{} more like these are not listed", self.left_out);
            let mut more = last.clone();
            more.severity = self.worst_left_out.unwrap_or(Severity::Warning);
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
        let full = if severity == Severity::Error {
            5 * MOST
        } else {
            MOST
        };
        if self.list.len() >= full {
            self.left_out += 1;
            self.worst_left_out = self.worst_left_out.max(Some(severity));
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
