//! Counts the results of the check, and lists the exceptions.

use std::fmt;

use serde_json::Value;

use super::compare::losses;
use super::responses::{Response, Service};
use super::table::Deviations;
use crate::text::count;

/// The result of the check. Its text lists every exception and a summary.
#[derive(Default)]
pub struct Conformance {
    services: usize,
    versions: usize,
    responses: usize,
    unreadable: usize,
    /// Responses that are errors of the service.
    errors: usize,
    /// Responses that were decoded and encoded without loss.
    whole: usize,
    nulls: usize,
    undocumented_nulls: usize,
    other_types: usize,
    unknown_fields: usize,
    exceptions: Vec<String>,
}

impl Conformance {
    fn list(&mut self, kind: &str, line: String) {
        self.exceptions.push(format!("{kind:<10} {line}"));
    }

    /// Counts the responses of a service, and lists the invalid ones.
    pub(super) fn count(&mut self, service: &Service) {
        self.services += 1;
        self.versions += service.specs.len();
        for line in &service.unreadable {
            self.list("unreadable", line.clone());
        }
        for response in service.responses() {
            self.responses += 1;
            if response.value.is_none() {
                self.unreadable += 1;
            } else if response.is_error {
                self.errors += 1;
                let line = format!("{}: an error of the service", response.name());
                self.list("error", line);
            }
        }
    }

    /// Adds the result for a response: what was lost, and where it deviates from its tables.
    pub(super) fn add(&mut self, response: &Response<'_>, echo: &Result<Value, String>) {
        let name = response.name();
        let value = response.value.unwrap_or(&Value::Null);
        let losses = match echo {
            Ok(written) => losses(value, written),
            Err(error) => vec![format!("cannot be decoded: {error}")],
        };
        if losses.is_empty() {
            self.whole += 1;
        }
        for loss in losses {
            self.list("lost", format!("{name}: {loss}"));
        }
        let found = Deviations::of(response.spec, response.action, value);
        self.nulls += usize::from(found.nulls > 0);
        let nulls = found.undocumented_nulls;
        for (kind, found, count) in [
            ("null", nulls, &mut self.undocumented_nulls),
            ("type", found.other_types, &mut self.other_types),
            ("field", found.unknown_fields, &mut self.unknown_fields),
        ] {
            *count += usize::from(!found.is_empty());
            let lines = found.iter();
            let lines = lines.map(|line| format!("{kind:<10} {name}: {line}"));
            self.exceptions.extend(lines);
        }
    }

    /// Whether all well-formed responses were decoded and encoded without loss.
    pub fn is_whole(&self) -> bool {
        self.whole == self.well_formed()
    }

    fn well_formed(&self) -> usize {
        self.responses - self.unreadable - self.errors
    }
}

impl fmt::Display for Conformance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let well_formed = self.well_formed();
        for line in &self.exceptions {
            writeln!(f, "{line}")?;
        }
        writeln!(
            f,
            "read  {} of {}: {}",
            count(self.versions, "version"),
            count(self.services, "service"),
            count(self.responses, "documented response"),
        )?;
        writeln!(
            f,
            "      {} unreadable, {} errors of the service, {well_formed} well-formed",
            self.unreadable, self.errors
        )?;
        writeln!(
            f,
            "whole {} of {well_formed}: decoded into the generated types and encoded again without loss",
            self.whole
        )?;
        write!(
            f,
            "      {} contain nulls, {} of them where the table does not allow it; {} contain a value of the wrong \
             type; {} contain a field that is not in the table",
            self.nulls, self.undocumented_nulls, self.other_types, self.unknown_fields
        )
    }
}
