//! Parses the examples of an action's page.

use std::ops::Range;

use serde_json::{Map, Value};
use tc3_spec::{Example, Field, TypeRef};

use crate::block::Line;
use crate::diagnostic::Diagnostics;
use crate::query;
use crate::source::At;
use crate::words;

/// The names in the example responses of a page, found before its tables are parsed.
pub(crate) fn response_keys<'b>(lines: impl Iterator<Item = &'b str> + Clone) -> Vec<String> {
    let mut keys = Vec::new();
    let mut rest = lines;
    while let Some(line) = rest.next() {
        let is_response = |line: &str| {
            line.trim_start_matches('{')
                .trim_start()
                .starts_with("\"Response\"")
        };
        if !line.starts_with('{')
            || !(is_response(line) || rest.clone().next().is_some_and(is_response))
        {
            continue;
        }
        let mut text = line.to_owned();
        let mut depth = Depth::default();
        depth.add(line);
        while depth.open() && text.len() < MAX_JSON {
            let Some(line) = rest.next() else { break };
            text.push('\n');
            text.push_str(line);
            depth.add(line);
        }
        if let Ok(Value::Object(mut envelope)) = serde_json::from_str(&text)
            && let Some(Value::Object(response)) = envelope.remove("Response")
        {
            keys.extend(response.into_iter().map(|(name, _)| name));
        }
    }
    keys
}

/// The longest known example has some 60 KB.
const MAX_JSON: usize = 16 << 20;

/// Counts the open braces of a JSON text.
#[derive(Default)]
struct Depth {
    braces: usize,
    in_string: bool,
}

impl Depth {
    fn add(&mut self, line: &str) {
        let mut escaped = false;
        for byte in line.bytes() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if self.in_string => escaped = true,
                b'"' => self.in_string = !self.in_string,
                b'{' | b'[' if !self.in_string => self.braces += 1,
                b'}' | b']' if !self.in_string => self.braces = self.braces.saturating_sub(1),
                _ => {}
            }
        }
        // A JSON string ends on its line.
        self.in_string = false;
    }

    fn open(&self) -> bool {
        self.braces > 0
    }
}

/// Parses the examples in their lines. `in_section` is whether they have a section heading, so that every heading in it
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
        request,
        response,
        diagnostics,
        labels: lines
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

struct Reader<'r, 'b, 's, 'a> {
    lines: &'r [&'b Line<'b>],
    in_section: bool,
    request: &'r [Field],
    response: &'r [Field],
    diagnostics: &'r mut Diagnostics<'s, 'a>,
    /// Whether the page has words that announce requests and responses.
    labels: bool,
    examples: Vec<Example>,
    /// The number of the last title.
    number: u32,
    open: Option<Open>,
    /// The lines since the last example, which belong to the next one if it has no title.
    prose: Vec<usize>,
}

/// An example being parsed.
#[derive(Default)]
struct Open {
    example: Example,
    titled: bool,
    /// Its first line, and the level of its heading.
    start: usize,
    level: u8,
    /// Whether a request was found, even an unreadable one.
    requested: bool,
    /// The lines of the request.
    request: Range<usize>,
    /// Whether the request is JSON that was not announced by `POST …` or by words of the page.
    bare: bool,
    /// The lines of the headers of a `POST` whose body was not found yet.
    head: Option<Range<usize>>,
    answered: bool,
    /// Whether words of the page announced the request or response.
    labelled: bool,
    /// The lines that announce the request and the response, until either is found.
    request_label: Option<usize>,
    response_label: Option<usize>,
    /// Whether the next JSON is announced as the response.
    expects_response: bool,
}

impl Open {
    /// Adds a line to the example's description.
    fn describe(&mut self, line: &str) {
        let description = self.example.description.get_or_insert_default();
        if !description.is_empty() {
            description.push('\n');
        }
        description.push_str(line);
    }

    /// Notes that words of the page announce the request or response.
    fn label(&mut self, index: usize, is_response: bool) {
        (self.expects_response, self.labelled) = (is_response, true);
        let label = match is_response {
            true => &mut self.response_label,
            false => &mut self.request_label,
        };
        *label = Some(index);
    }
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
            && !self.begins_code(index + 1)
        {
            // A heading such as `Scenario` introduces the example's description.
            return index + 1;
        }
        if let Some(is_response) = self.part(index) {
            if !is_response {
                self.close_whole();
            }
            self.open(index).label(index, is_response);
            return index + 1;
        }
        if is_request_line(text) || is_url(text) {
            self.take_back_bare();
            self.close_whole();
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
        // If the page announces requests, the text before the announcement is the description.
        let is_described = self.labels
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
        // Two headings for a request: the first is the example's.
        let is_request = |at: usize| {
            let line = self.lines.get(at)?;
            Some(!words::example_part(&line.text)?)
        };
        if is_request(index) == Some(true) {
            return (is_request(index + 1) == Some(true))
                .then(|| (None, words::plain(text).to_owned()));
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

    /// Whether a request or response begins in a line.
    fn begins_code(&self, at: usize) -> bool {
        self.lines.get(at).is_some_and(|line| {
            is_request_line(&line.text) || is_url(&line.text) || opens_object(&line.text)
        })
    }

    /// Whether a request or response begins within the next lines.
    fn announces(&self, from: usize) -> bool {
        let begins = |line: &&&Line<'_>| {
            words::example_part(&line.text).is_some()
                || is_request_line(&line.text)
                || is_url(&line.text)
                || opens_object(&line.text)
        };
        self.lines[from..].iter().take(3).any(|line| begins(&line))
    }

    /// Whether a line announces a request (`Some(false)`) or a response (`Some(true)`).
    fn part(&self, index: usize) -> Option<bool> {
        let line = self.lines[index];
        words::example_part(&line.text).or_else(|| {
            // A subheading of the example with unknown words.
            let open = self.open.as_ref()?;
            self.is_below_title(line).then_some(open.requested)
        })
    }

    /// Whether a line is a subheading of the open example.
    fn is_below_title(&self, line: &Line<'_>) -> bool {
        let is_below = |open: &Open| open.level > 0 && line.level > open.level;
        self.open.as_ref().is_some_and(is_below)
    }

    /// Begins an example with a title.
    fn begin(&mut self, index: usize, title: String) {
        self.close();
        self.prose.clear();
        self.open = Some(Open {
            example: Example {
                title: (!title.is_empty()).then_some(title),
                ..Example::default()
            },
            titled: true,
            start: index,
            level: self.lines[index].level,
            ..Open::default()
        });
    }

    /// Returns the open example, or a new one without a title, described by the preceding lines.
    fn open(&mut self, index: usize) -> &mut Open {
        if self.open.is_none() {
            let mut open = Open {
                start: index,
                ..Open::default()
            };
            for at in std::mem::take(&mut self.prose) {
                let line = self.lines[at];
                if words::is_example_description(&line.text) {
                    continue;
                }
                let is_said = !line.heading()
                    && words::section(&line.text).is_none()
                    && words::numbered(&line.text).0.is_none()
                    && !words::is_furniture(&line.text)
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

    /// Closes the open example if it has its request or response.
    fn close_whole(&mut self) {
        if self
            .open
            .as_ref()
            .is_some_and(|open| open.requested || open.answered)
        {
            self.close();
        }
    }

    /// Returns JSON that was mistaken for the request to the description, when the request is found.
    fn take_back_bare(&mut self) {
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

    /// Whether the line at `index` ends the JSON or URL before it in any case.
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

    fn url(&mut self, start: usize) -> usize {
        let mut end = start + 1;
        while end < self.lines.len()
            && !self.ends_part(end)
            && !self.lines[end].text.starts_with('{')
        {
            end += 1;
        }
        let text = self.join(start, end);
        let query = query_of(&text);
        match query::parameters(query, self.request) {
            Ok(parameters) => self.set_request(parameters, start..end),
            Err((cause, part)) => self
                .diagnostics
                .bad_query(self.lines[start].at, &part, &cause),
        }
        end
    }

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
            if !depth.open() || length > MAX_JSON {
                break;
            }
        }
        let text = self.join(start, end);
        let text = &text[text.find('{').unwrap_or_default()..];
        let at = self.lines[start].at;
        let open = self.open(start);
        // Distinguishes the parts by the page's words, or by the envelope, or by whether there is a request already.
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
                    self.check_response(&response, start);
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
    fn next_if_answered(&mut self) -> &mut Open {
        let is_over = |open: &Open| open.answered && !open.titled;
        if self.open.as_ref().is_some_and(is_over) {
            self.close();
        }
        self.open.get_or_insert_default()
    }

    /// Notes that the example's response was found but is unreadable.
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
            self.check_request(request, open.request.start);
        }
        self.report_lost(&open);
        if open.titled || open.requested || open.answered {
            self.examples.push(open.example);
        }
    }

    /// Returns the empty request of a complete head without a body, if the table has no required parameters.
    fn without_body(&mut self, head: Range<usize>, answered: bool) -> Option<Value> {
        let first = self.lines[head.start];
        let is_whole = answered || self.lines[head].iter().any(|line| line.text.contains('<'));
        let required = self.request.iter().find(|field| field.required);
        let cause = match required {
            _ if !is_whole => "and nothing follows its head".to_owned(),
            Some(field) => format!("and the table says that `{}` is required", field.name),
            None => return Some(Value::Object(Map::new())),
        };
        self.diagnostics.cut_request(first.at, &first.text, &cause);
        None
    }

    /// Reports parts of an example that the page announces but lacks.
    fn report_lost(&mut self, open: &Open) {
        for (label, what) in [
            (open.request_label, "request"),
            (open.response_label, "response"),
        ] {
            if let Some(line) = label.map(|at| self.lines[at]) {
                self.diagnostics.lost_part(line.at, &line.text, what);
            }
        }
        if open.example.request.is_some() && !open.answered && open.response_label.is_none() {
            let line = self.lines[open.start];
            self.diagnostics.no_response(line.at, &line.text);
        }
        let is_empty = !open.requested && !open.answered && !open.labelled;
        if open.titled && is_empty {
            let line = self.lines[open.start];
            self.diagnostics.empty_example(line.at, &line.text);
        }
    }

    fn join(&self, start: usize, end: usize) -> String {
        self.lines[start..end]
            .iter()
            .map(|line| &*line.text)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn check_request(&mut self, request: &Value, start: usize) {
        let Value::Object(object) = request else {
            return;
        };
        let line = self.lines[start];
        for (name, value) in object {
            match self.request.iter().find(|field| field.name == *name) {
                Some(field) => self.check_type("request", field, value, line.at),
                None if query::is_common(name, self.request) => {}
                None => self.diagnostics.example_unknown(line.at, "request", name),
            }
        }
        for field in self
            .request
            .iter()
            .filter(|field| field.required && !object.contains_key(&field.name))
        {
            self.diagnostics
                .example_missing(line.at, &line.text, &field.name);
        }
    }

    fn check_response(&mut self, response: &Map<String, Value>, start: usize) {
        let at = self.lines[start].at;
        for (name, value) in response {
            match self.response.iter().find(|field| field.name == *name) {
                Some(field) => self.check_type("response", field, value, at),
                None if name == "RequestId" || name == "Error" => {}
                None => self.diagnostics.example_unknown(at, "response", name),
            }
        }
    }

    fn check_type(&mut self, what: &str, field: &Field, value: &Value, at: At) {
        if !fits(value, &field.type_ref) {
            let of = field.type_ref.to_string();
            self.diagnostics
                .example_type(at, what, &field.name, &of, &value.to_string());
        }
    }
}

/// Whether a value can be of a type, as far as an action's page defines it.
fn fits(value: &Value, of: &TypeRef) -> bool {
    match (value, of) {
        (Value::Null, _) => true,
        (Value::Array(items), TypeRef::Array(element)) => {
            items.iter().all(|item| fits(item, element))
        }
        (Value::Object(_), TypeRef::Named(_)) => true,
        (Value::Bool(_), TypeRef::Boolean) => true,
        (Value::Number(number), TypeRef::Integer) => number.is_i64() || number.is_u64(),
        (Value::Number(_), TypeRef::Float | TypeRef::Double) => true,
        (Value::String(_), of) => !matches!(
            of,
            TypeRef::Array(_)
                | TypeRef::Named(_)
                | TypeRef::Boolean
                | TypeRef::Integer
                | TypeRef::Float
                | TypeRef::Double
        ),
        _ => false,
    }
}

/// Whether a JSON object begins in a line, at its start or after `<Common request parameters>`.
pub(crate) fn opens_object(text: &str) -> bool {
    text.starts_with('{') || text.starts_with('<') && text.trim_end().ends_with(">{")
}

pub(crate) fn is_request_line(text: &str) -> bool {
    ["POST ", "GET ", "PUT "]
        .iter()
        .any(|method| text.starts_with(method))
        && (text.contains("HTTP/") || text.contains("?Action="))
}

/// Returns the query of a URL, alone or in the first line of a request.
pub(crate) fn query_of(text: &str) -> &str {
    let query = text.split_once('?').map_or("", |(_, query)| query);
    // Headers may follow the protocol on the same line.
    match query.find("HTTP/1.") {
        Some(end) => query[..end].trim_end(),
        None => query,
    }
}

pub(crate) fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && (text.contains("?Action=") || text.contains("/?"))
}
