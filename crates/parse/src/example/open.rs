//! An example that is being parsed.

use std::ops::Range;

use tc3_spec::Example;

use crate::block::Line;
use crate::diagnostic::Diagnostics;
use crate::words::Part;

/// An example that is being parsed.
#[derive(Default)]
pub(crate) struct OpenExample {
    pub(crate) example: Example,
    pub(crate) titled: bool,
    /// The index of its first line.
    pub(crate) start: usize,
    /// The level of its heading.
    pub(crate) level: u8,
    /// Whether a request was found, even an unreadable one.
    pub(crate) requested: bool,
    /// The lines of the request.
    pub(crate) request: Range<usize>,
    /// Whether the request is JSON without `POST …` or a label before it.
    pub(crate) bare: bool,
    /// The lines of the headers of a `POST` whose body was not found yet.
    pub(crate) head: Option<Range<usize>>,
    /// Whether a response was found, even an unreadable one.
    pub(crate) answered: bool,
    /// Whether a label announced the request or response.
    pub(crate) labelled: bool,
    /// The line of the request's label, until the request is found.
    pub(crate) request_label: Option<usize>,
    /// The line of the response's label, until the response is found.
    pub(crate) response_label: Option<usize>,
    /// Whether the label of a response precedes the next JSON.
    pub(crate) expects_response: bool,
}

impl OpenExample {
    /// Adds a line to the example's description.
    pub(crate) fn describe(&mut self, line: &str) {
        let description = self.example.description.get_or_insert_default();
        if !description.is_empty() {
            description.push('\n');
        }
        description.push_str(line);
    }

    /// Adds the label of the request or response.
    pub(crate) fn label(&mut self, index: usize, part: Part) {
        (self.expects_response, self.labelled) = (part == Part::Response, true);
        match part {
            Part::Request => self.request_label = Some(index),
            Part::Response => self.response_label = Some(index),
        }
    }

    /// Reports the request or response that the example lacks.
    pub(crate) fn report_missing(
        &self,
        lines: &[&Line<'_>],
        diagnostics: &mut Diagnostics<'_, '_>,
    ) {
        for (label, what) in [
            (self.request_label, "request"),
            (self.response_label, "response"),
        ] {
            if let Some(line) = label.map(|at| lines[at]) {
                diagnostics.lost_part(line.at, &line.text, what);
            }
        }
        if self.example.request.is_some() && !self.answered && self.response_label.is_none() {
            let line = lines[self.start];
            diagnostics.no_response(line.at, &line.text);
        }
        let is_empty = !self.requested && !self.answered && !self.labelled;
        if self.titled && is_empty {
            let line = lines[self.start];
            diagnostics.empty_example(line.at, &line.text);
        }
    }
}
