//! Parses the examples of an action's page.

mod json;
mod open;
mod tables;

use std::ops::Range;

use serde_json::{Map, Value};
use tc3_spec::{Example, Field};

use crate::block::{Line, join};
use crate::diagnostic::Diagnostics;
use crate::query;
use crate::request_lines::{begins_code, is_request_line, is_url, opens_object, query_of};
use crate::words::{self, Part};

use json::{Depth, MAX_JSON};
use open::OpenExample;
use tables::Tables;

pub(crate) use json::response_keys;

/// Parses the examples in their lines. `in_section` is whether they have a section heading; then every heading below it
/// begins an example.
pub(crate) fn read(
    lines: &[&Line<'_>],
    in_section: bool,
    request: &[Field],
    response: &[Field],
    diagnostics: &mut Diagnostics<'_, '_>,
) -> Vec<Example> {
    let mut reader = Reader {
        lines,
        in_section,
        tables: Tables { request, response },
        diagnostics,
        has_labels: lines
            .iter()
            .any(|line| words::example_part(&line.text).is_some()),
        examples: Vec::new(),
        number: 0,
        open: None,
        prose: Vec::new(),
    };
    let mut index = 0;
    while index < lines.len() {
        index = reader.step(index);
    }
    reader.close();
    reader.examples
}

/// A parser of the examples, line by line.
struct Reader<'r, 'b, 's, 'a> {
    lines: &'r [&'b Line<'b>],
    in_section: bool,
    tables: Tables<'r>,
    diagnostics: &'r mut Diagnostics<'s, 'a>,
    /// Whether labels such as `Input Example` announce requests and responses on this page.
    has_labels: bool,
    examples: Vec<Example>,
    /// The number of the last title.
    number: u32,
    open: Option<OpenExample>,
    /// The lines since the last example, which belong to the next one if it has no title.
    prose: Vec<usize>,
}

impl Reader<'_, '_, '_, '_> {
    /// Parses the item at `index`, and returns the index after it.
    fn step(&mut self, index: usize) -> usize {
        let line = self.lines[index];
        let text = &*line.text;
        if let Some((number, title)) = self.title(index) {
            self.number = number.unwrap_or(self.number);
            self.begin(index, title);
            return index + 1;
        }
        if self.is_below_title(line)
            && words::example_part(text).is_none()
            && !self
                .lines
                .get(index + 1)
                .is_some_and(|line| begins_code(&line.text))
        {
            // A heading such as `Scenario` introduces the example's description.
            return index + 1;
        }
        if let Some(part) = self.part(index) {
            if part == Part::Request {
                self.close_if_filled();
            }
            self.open(index).label(index, part);
            return index + 1;
        }
        if is_request_line(text) || is_url(text) {
            self.describe_bare_json();
            self.close_if_filled();
            let open = self.open(index);
            open.requested = true;
            open.request_label = None;
            open.expects_response = false;
            if is_request_line(text) && !text.contains("?Action=") {
                let end = self.skip_headers(index + 1);
                self.open(index).head = Some(index..end);
                return end;
            }
            return self.url(index);
        }
        // If requests have labels, the text before a label is the description.
        let is_described = self.has_labels
            && self
                .open
                .as_ref()
                .is_some_and(|open| open.titled && !open.labelled);
        if opens_object(text) && !is_described {
            return self.json(index);
        }
        if let Some(open) = self
            .open
            .as_mut()
            .filter(|open| open.head.is_some() && !open.expects_response && !open.answered)
        {
            open.head = None;
            self.diagnostics.broken_json(
                line.at,
                text,
                "request",
                "it does not begin with a brace",
            );
            return index + 1;
        }
        // The description precedes the request; text after the response belongs to the site.
        match &mut self.open {
            Some(open) if !open.requested && !open.answered && !open.labelled => {
                if open.titled && !words::is_example_description(text) {
                    open.describe(text);
                }
            }
            Some(open) if !open.answered => {}
            _ => self.prose.push(index),
        }
        index + 1
    }

    /// Returns the number and title of the example that begins at a line.
    fn title(&self, index: usize) -> Option<(Option<u32>, String)> {
        let line = self.lines[index];
        let text = &*line.text;
        // A description may begin with such a word too, but examples are numbered in ascending order.
        if let Some((number, title)) = words::example_title(text)
            && (number > self.number || !title.is_empty() || line.heading())
        {
            return Some((Some(number), title.to_owned()));
        }
        // Of two labels of a request, the first is the title of the example.
        let is_request = |at: usize| {
            let line = self.lines.get(at);
            line.is_some_and(|line| words::example_part(&line.text) == Some(Part::Request))
        };
        if is_request(index) {
            return is_request(index + 1).then(|| (None, words::plain(text).to_owned()));
        }
        if !self.in_section || words::example_part(text).is_some() || opens_object(text) {
            return None;
        }
        let (number, title) = words::numbered(words::plain(text));
        let is_title = match line.level {
            // `1. All boxes`, directly followed by the example's request.
            0 => {
                number == Some(self.number + 1)
                    && !text.ends_with([',', ';'])
                    && self.announces(index + 1)
            }
            _ => words::section(text).is_none() && !self.is_below_title(line),
        };
        is_title.then(|| (number, title.to_owned()))
    }

    /// Whether a request or response begins within the next three lines.
    fn announces(&self, from: usize) -> bool {
        let begins =
            |line: &&Line<'_>| words::example_part(&line.text).is_some() || begins_code(&line.text);
        self.lines[from..].iter().take(3).any(begins)
    }

    /// Returns the part of which a line is the label.
    fn part(&self, index: usize) -> Option<Part> {
        let line = self.lines[index];
        words::example_part(&line.text).or_else(|| {
            // A subheading of the example in an unknown language.
            let open = self.open.as_ref()?;
            let part = match open.requested {
                true => Part::Response,
                false => Part::Request,
            };
            self.is_below_title(line).then_some(part)
        })
    }

    /// Whether a line is a subheading of the open example.
    fn is_below_title(&self, line: &Line<'_>) -> bool {
        let is_below = |open: &OpenExample| open.level > 0 && line.level > open.level;
        self.open.as_ref().is_some_and(is_below)
    }

    /// Begins an example with a title.
    fn begin(&mut self, index: usize, title: String) {
        self.close();
        self.prose.clear();
        self.open = Some(OpenExample {
            example: Example {
                title: (!title.is_empty()).then_some(title),
                ..Example::default()
            },
            titled: true,
            start: index,
            level: self.lines[index].level,
            ..OpenExample::default()
        });
    }

    /// Returns the open example, or a new one without a title, described by the preceding lines.
    fn open(&mut self, index: usize) -> &mut OpenExample {
        if self.open.is_none() {
            let mut open = OpenExample {
                start: index,
                ..OpenExample::default()
            };
            for at in std::mem::take(&mut self.prose) {
                let line = self.lines[at];
                if words::is_example_description(&line.text) {
                    continue;
                }
                let is_said = !line.heading()
                    && words::section(&line.text).is_none()
                    && words::numbered(&line.text).0.is_none()
                    && !words::is_site_footer(&line.text)
                    && !words::says_no_errors(&line.text)
                    && !words::announces_errors(&line.text)
                    && !words::is_advertisement(&line.text);
                // In the section of examples, a line that is not a sentence is the title.
                let is_title = self.in_section
                    && !open.titled
                    && open.example.description.is_none()
                    && !line.text.ends_with(['.', '。', ':', '：', '!', '！']);
                if is_said && is_title {
                    (open.example.title, open.titled) = (Some(line.text.to_string()), true);
                } else if is_said {
                    open.describe(&line.text);
                }
            }
            self.open = Some(open);
        }
        self.open.get_or_insert_default()
    }

    /// Closes the open example if it has a request or response.
    fn close_if_filled(&mut self) {
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.requested || open.answered)
        {
            self.close();
        }
    }

    /// Moves JSON that was mistaken for the request to the description.
    fn describe_bare_json(&mut self) {
        if let Some(open) = self
            .open
            .as_mut()
            .filter(|open| open.bare && !open.answered)
        {
            (open.requested, open.bare, open.example.request) = (false, false, None);
            for line in &self.lines[std::mem::take(&mut open.request)] {
                open.describe(&line.text);
            }
        }
    }

    /// Returns the index after the headers of a `POST`.
    fn skip_headers(&self, mut index: usize) -> usize {
        while let Some(line) = self.lines.get(index) {
            let is_header = line.text.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty()
                    && name
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            });
            if !is_header && !line.text.starts_with('<') || opens_object(&line.text) {
                break;
            }
            index += 1;
        }
        index
    }

    /// Whether the JSON or URL before the line at `index` ends, whatever its contents.
    fn ends_part(&self, index: usize) -> bool {
        let text = &*self.lines[index].text;
        self.lines[index].heading()
            || words::example_title(text).is_some()
            || words::example_part(text).is_some()
            || is_request_line(text)
            || is_url(text)
            || words::section(text).is_some() && words::numbered(text).0.is_some()
    }

    /// Whether a line begins a response and does not continue JSON of the line before: then a comma, colon or bracket
    /// would precede the object.
    fn begins_envelope(&self, index: usize) -> bool {
        let text = |at: usize| self.lines.get(at).map_or("", |line| &*line.text);
        let is_key = |text: &str| text.trim_start().starts_with("\"Response\"");
        text(index)
            .strip_prefix('{')
            .is_some_and(|rest| is_key(rest) || rest.is_empty() && is_key(text(index + 1)))
            && !text(index - 1).ends_with([',', ':', '[', '{'])
    }

    /// Parses the URL that begins at `start`, and returns the index after it.
    fn url(&mut self, start: usize) -> usize {
        let mut end = start + 1;
        while end < self.lines.len()
            && !self.ends_part(end)
            && !self.lines[end].text.starts_with('{')
        {
            end += 1;
        }
        let text = join(&self.lines[start..end], "\n");
        let query = query_of(&text);
        match query::parameters(query, self.tables.request) {
            Ok(parameters) => self.set_request(parameters, start..end),
            Err((cause, part)) => self
                .diagnostics
                .bad_query(self.lines[start].at, &part, &cause),
        }
        end
    }

    /// Parses the JSON that begins at `start`, and returns the index after it.
    fn json(&mut self, start: usize) -> usize {
        let mut end = start;
        let mut depth = Depth::default();
        let mut length = 0;
        while let Some(line) = self.lines.get(end) {
            if end > start && (self.ends_part(end) || self.begins_envelope(end)) {
                break;
            }
            depth.add(&line.text);
            length += line.text.len();
            end += 1;
            if !depth.is_open() || length > MAX_JSON {
                break;
            }
        }
        let text = join(&self.lines[start..end], "\n");
        let text = &text[text.find('{').unwrap_or_default()..];
        let at = self.lines[start].at;
        let open = self.open(start);
        // The label, the envelope or an earlier request shows that this is the response.
        let looks_like_response = text
            .trim_start_matches(['{', '\n', ' '])
            .strip_prefix("\"Response\"")
            .is_some_and(|value| value.trim_start_matches([':', '\n', ' ']).starts_with('{'));
        let follows_request = open.requested && open.head.is_none() && !open.answered;
        let is_response = open.expects_response || looks_like_response || follows_request;
        let what = if is_response { "response" } else { "request" };
        match serde_json::from_str::<Value>(text) {
            // A parameter can be called Response too.
            Ok(Value::Object(mut object))
                if is_response || object.get("Response").is_some_and(Value::is_object) =>
            {
                if let Some(Value::Object(response)) = object.remove("Response") {
                    self.tables.check_response(&response, at, self.diagnostics);
                    let open = self.next_if_answered();
                    (open.answered, open.response_label) = (true, None);
                    if open.example.response.is_some() {
                        self.diagnostics.further_response(at, text);
                    } else {
                        open.example.response = Some(Value::Object(response));
                    }
                } else {
                    self.fail_response();
                    self.diagnostics.no_envelope(at, text);
                }
            }
            Ok(Value::Object(object)) => {
                let bare = open.head.is_none() && !open.labelled;
                self.set_request(Value::Object(object), start..end);
                self.open.get_or_insert_default().bare = bare;
            }
            Ok(_) => self
                .diagnostics
                .broken_json(at, text, what, "it is not an object"),
            Err(error) => {
                if is_response {
                    self.fail_response();
                } else {
                    let open = self.open.get_or_insert_default();
                    (open.head, open.request_label, open.requested) = (None, None, true);
                }
                let wrong = self.lines[(start + error.line()).saturating_sub(1).min(end - 1)];
                let cause = error.to_string();
                let cause = cause.split(" at line ").next().unwrap_or_default();
                self.diagnostics
                    .broken_json(wrong.at, &wrong.text, what, cause);
            }
        }
        end
    }

    /// Returns the open example, or a new one if the response was already found. An example with a title continues up
    /// to the next title.
    fn next_if_answered(&mut self) -> &mut OpenExample {
        let is_over = |open: &OpenExample| open.answered && !open.titled;
        if self.open.as_ref().is_some_and(is_over) {
            self.close();
        }
        self.open.get_or_insert_default()
    }

    /// Records that the example's response was found but is unreadable.
    fn fail_response(&mut self) {
        let open = self.next_if_answered();
        (open.answered, open.response_label) = (true, None);
    }

    fn set_request(&mut self, parameters: Value, lines: Range<usize>) {
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.example.request.is_some() || open.answered)
        {
            self.close();
        }
        let open = self.open.get_or_insert_default();
        (open.requested, open.head, open.request) = (true, None, lines);
        open.request_label = None;
        open.example.request = Some(parameters);
    }

    fn close(&mut self) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        if let Some(head) = open.head.take() {
            open.example.request = self.without_body(head, open.answered);
        } else if let Some(request) = &open.example.request {
            let line = self.lines[open.request.start];
            self.tables.check_request(request, line, self.diagnostics);
        }
        open.report_missing(self.lines, self.diagnostics);
        if open.titled || open.requested || open.answered {
            self.examples.push(open.example);
        }
    }

    /// Returns the empty request of complete headers without a body, if the table has no required parameters.
    fn without_body(&mut self, head: Range<usize>, answered: bool) -> Option<Value> {
        let first = self.lines[head.start];
        let is_whole = answered || self.lines[head].iter().any(|line| line.text.contains('<'));
        let required = self.tables.request.iter().find(|field| field.required);
        let cause = match required {
            _ if !is_whole => "and nothing follows its headers".to_owned(),
            Some(field) => format!("although the table says that `{}` is required", field.name),
            None => return Some(Value::Object(Map::new())),
        };
        self.diagnostics.cut_request(first.at, &first.text, &cause);
        None
    }
}
