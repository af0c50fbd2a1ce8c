//! JSON as text, so that numbers keep all their digits and members their order.
//!
//! Responses stay text up to the format: `serde_json::Value` loses the text of strings, and `jmespath` that of numbers, so
//! queries convert values themselves.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;
use serde_json::value::RawValue;
use tc3_spec::is_hidden;

use crate::terminal::Colour;

/// Maximum number of indentation levels. Without a limit, the size of the output is quadratic in the depth.
const MAX_INDENTATION: usize = 128;

/// Returns the content of the envelope of a response; `None` if the response is not valid JSON.
pub(crate) fn unwrap_envelope(body: &str) -> Option<String> {
    let envelope: HashMap<&str, &RawValue> = serde_json::from_str(body).ok()?;
    Some(envelope.get("Response")?.get().to_owned())
}

/// Returns the members of an object, in their order. Of duplicate members, the last one counts.
///
/// # Errors
/// Fails if the text is not one JSON object.
pub(crate) fn members(json: &str) -> Result<IndexMap<String, &RawValue>, serde_json::Error> {
    serde_json::from_str(json)
}

/// Returns the elements of the list at a path; none if there is no list.
pub(crate) fn elements<'j>(json: &'j str, path: &str) -> Vec<&'j str> {
    let mut found = json;
    for name in path.split('.') {
        match members(found).unwrap_or_default().get(name) {
            Some(value) => found = value.get(),
            None => return Vec::new(),
        }
    }
    let elements: Vec<&RawValue> = serde_json::from_str(found).unwrap_or_default();
    elements.into_iter().map(RawValue::get).collect()
}

/// Returns a copy of an object with another value at a path.
pub(crate) fn replace(json: &str, path: &str, value: &str) -> String {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let inner = |before: &str| match rest {
        "" => value.to_owned(),
        rest => replace(before, rest, value),
    };
    let mut is_found = false;
    let members = members(json).unwrap_or_default().into_iter();
    let mut parts: Vec<String> = members
        .map(|(member, before)| {
            let value = match member == name {
                true => inner(before.get()),
                false => before.get().to_owned(),
            };
            is_found |= member == name;
            format!("{}:{value}", Value::from(member))
        })
        .collect();
    if !is_found {
        parts.push(format!("{}:{}", Value::from(name), inner("{}")));
    }
    format!("{{{}}}", parts.join(","))
}

/// Escapes characters of strings that hide text or control a terminal as `\u`.
pub(crate) fn visible(json: &str) -> String {
    let mut visible = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\n' | '\t' => visible.push(character),
            hidden if is_hidden(hidden) => {
                for unit in hidden.encode_utf16(&mut [0; 2]) {
                    visible += &format!("\\u{unit:04x}");
                }
            }
            other => visible.push(other),
        }
    }
    visible
}

/// Indents valid JSON. `text` converts the strings.
pub(crate) fn indent(json: &str, colour: &Colour, text: fn(&str) -> String) -> String {
    let mut output = String::with_capacity(json.len() * 2);
    let mut depth = 0;
    let mut characters = json.chars().peekable();
    let line = |output: &mut String, depth: usize| {
        output.push('\n');
        output.extend(std::iter::repeat_n("  ", depth.min(MAX_INDENTATION)));
    };
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\n' | '\r' | '\t' => {}
            '"' => {
                let mut string = String::from('"');
                while let Some(character) = characters.next() {
                    string.push(character);
                    match character {
                        '\\' => string.extend(characters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
                let string = text(&string);
                while characters.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                output += &match characters.peek() {
                    Some(':') => colour.bold_blue(&string),
                    _ => colour.green(&string),
                };
            }
            '{' | '[' => {
                output.push(character);
                while characters.next_if(|c| c.is_ascii_whitespace()).is_some() {}
                match characters.next_if(|c| matches!(c, '}' | ']')) {
                    Some(close) => output.push(close),
                    None => {
                        depth += 1;
                        line(&mut output, depth);
                    }
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut output, depth);
                output.push(character);
            }
            ',' => {
                output.push(',');
                line(&mut output, depth);
            }
            ':' => output.push_str(": "),
            other => output.push(other),
        }
    }
    output
}
