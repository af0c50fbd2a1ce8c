//! Parses snippets of documentation without a page, as in the vendor's metadata.

use serde_json::{Map, Value};
use tc3_spec::Field;

use crate::description::take_null_note;
use crate::request_lines::{is_request_line, is_url, opens_object, query_of};
use crate::{markdown, query};

/// Parses a description with Markdown and HTML. Returns its text and whether a note says that the value may be null.
///
/// The text has a line for each paragraph or list item, and lacks that note.
pub fn description(text: &str) -> (String, bool) {
    let mut description = markdown::lines(&markdown::cell(text));
    let nullable = take_null_note(&mut description);
    (description, nullable)
}

/// Parses a documented request: a `POST` with headers and body, a URL, or only a body. Returns the parameters as JSON
/// with the types of `fields`.
///
/// # Errors
/// Returns the problem and its line and column in the request.
pub fn request(text: &str, fields: &[Field]) -> Result<Value, String> {
    let text = text.trim();
    let first = text.lines().next().unwrap_or_default();
    let is_post = is_request_line(first);
    if is_url(first) || is_post && first.contains("?Action=") {
        return query::parameters(query_of(text), fields)
            .map_err(|(cause, part)| format!("{cause}: `{part}`"));
    }
    let mut start = 0;
    let mut line = 0;
    let body = text.split_inclusive('\n').find_map(|of| {
        let at = start;
        start += of.len();
        line += 1;
        // `<Common request parameters>` may precede the brace.
        let before = of.find('{').unwrap_or_default();
        opens_object(of.trim()).then(|| (&text[at + before..], before))
    });
    let Some((body, before)) = body else {
        return match is_post {
            true => Ok(Value::Object(Map::new())),
            false => Err("it is neither a `POST`, nor a URL, nor JSON".to_owned()),
        };
    };
    match tc3_spec::unique_json(body) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err("its body is not an object".to_owned()),
        Err(error) => {
            let line = line + error.line().saturating_sub(1);
            let column = match error.line() {
                1 => before + error.column(),
                _ => error.column(),
            };
            let cause = error.to_string();
            let cause = cause.split(" at line ").next().unwrap_or_default();
            Err(format!(
                "its body is not JSON: {cause}: line {line}, column {column}"
            ))
        }
    }
}
