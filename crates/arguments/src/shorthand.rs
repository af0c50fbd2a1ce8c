//! Structures and lists in one text: `Name=x,Values=[a,b]`, or JSON.

use std::ops::Range;

use serde_json::{Map, Value};
use tc3_spec::{Shape, nearest_names};

use crate::described::Described;
use crate::scalar::{not_json, scalar};

/// Problem of a text, with its range.
pub(crate) type TextProblem = (String, Range<usize>);

/// Maximum nesting of a text.
const DEPTH: usize = 64;

/// Reads a structure or a list.
pub(crate) fn read(
    described: Described<'_>,
    name: &str,
    shape: Shape<'_>,
    text: &str,
    force: bool,
) -> Result<Value, TextProblem> {
    let invalid_json = |error: &serde_json::Error| {
        let problem = format!("`--{name}` {}", not_json(error));
        (problem, 0..text.len())
    };
    let trimmed = text.trim();
    let inside = trimmed.get(1..).unwrap_or_default().trim_start();
    // In an object, only JSON has a quotation mark. A list is first tried as JSON: `[1,2]` is both.
    if trimmed.starts_with('{') && inside.starts_with(['"', '}']) {
        return serde_json::from_str(trimmed).map_err(|error| invalid_json(&error));
    }
    if trimmed.starts_with('[')
        && matches!(shape, Shape::List(..))
        && let Ok(value @ Value::Array(_)) = serde_json::from_str(trimmed)
        && !elements_are_text(described, shape)
    {
        return Ok(value);
    }
    if trimmed.starts_with('[') && inside.starts_with(['"', '{']) {
        let json = serde_json::from_str(trimmed);
        if inside.starts_with('"') || json.is_ok() {
            return json.map_err(|error| invalid_json(&error));
        }
    }
    let mut reader = Shorthand {
        described,
        text,
        at: text.len() - text.trim_start().len(),
        force,
    };
    let value = match shape {
        Shape::Structure(owner, fields) if !trimmed.starts_with('{') => {
            reader.members(owner, fields, None, 0)
        }
        shape => reader.value(&format!("--{name}"), shape, &[], 0),
    }?;
    match reader.text[reader.at..].trim() {
        "" => Ok(value),
        _ => Err((
            format!("the value of `--{name}` ends before this"),
            reader.at..text.len(),
        )),
    }
}

/// Whether `[1,2]` is a list of Strings.
fn elements_are_text(described: Described<'_>, shape: Shape<'_>) -> bool {
    match shape {
        Shape::List(element, format) => {
            elements_are_text(described, Shape::of_type(described.types, element, format))
        }
        shape => matches!(shape, Shape::Text),
    }
}

struct Shorthand<'s, 't> {
    described: Described<'s>,
    text: &'t str,
    at: usize,
    force: bool,
}

impl<'s> Shorthand<'s, '_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn take(&mut self, sign: char) -> bool {
        let is_next = self.rest().starts_with(sign);
        self.at += if is_next { sign.len_utf8() } else { 0 };
        is_next
    }

    fn fail<T>(&self, message: impl Into<String>, range: Range<usize>) -> Result<T, TextProblem> {
        Err((message.into(), range))
    }

    /// Reads a value, which ends before one of these characters or with the text.
    fn value(
        &mut self,
        name: &str,
        shape: Shape<'s>,
        ends: &[char],
        depth: usize,
    ) -> Result<Value, TextProblem> {
        if depth > DEPTH {
            return self.fail(format!("`{name}` is nested too deeply"), self.at..self.at);
        }
        let start = self.at;
        match shape {
            Shape::Structure(owner, fields) => match self.take('{') {
                true => self.members(owner, fields, Some('}'), depth + 1),
                false => self.fail(
                    format!("`{name}` must be a structure: {{{}=…}}", first(fields)),
                    start..self.end(ends),
                ),
            },
            Shape::List(element, format) => match self.take('[') {
                true => {
                    let shape = Shape::of_type(self.described.types, element, format);
                    self.elements(name, shape, depth + 1)
                }
                false => self.fail(
                    format!("`{name}` must be a list: [a,b]"),
                    start..self.end(ends),
                ),
            },
            shape => {
                let text = self.word(ends);
                let value = match shape {
                    Shape::Any => {
                        let string = |_| Value::String(text.clone());
                        Ok(serde_json::from_str(&text).unwrap_or_else(string))
                    }
                    shape => scalar(shape, &text),
                };
                match value {
                    Err(_) if self.force => Ok(Value::String(text)),
                    value => {
                        value.map_err(|problem| (format!("`{name}` {problem}"), start..self.at))
                    }
                }
            }
        }
    }

    /// Reads the members of a structure up to the closing bracket, or up to the end of the text.
    fn members(
        &mut self,
        owner: &str,
        fields: &'s [tc3_spec::Field],
        close: Option<char>,
        depth: usize,
    ) -> Result<Value, TextProblem> {
        let mut members = Map::new();
        if close.is_some_and(|close| self.take(close)) {
            return Ok(Value::Object(members));
        }
        loop {
            while self.take(' ') {}
            let start = self.at;
            let name = self.word(&['=', ',', '}']);
            let range = start..self.at;
            if !self.take('=') {
                return self.fail(
                    format!("a `=` must follow the name of a field of {owner}"),
                    range,
                );
            }
            let field = fields.iter().find(|field| field.name == name);
            let shape = match field {
                Some(field) => Shape::of(self.described.types, field),
                None if self.force => Shape::Any,
                None => {
                    let names = fields.iter().map(|field| field.name.as_str());
                    let similar = nearest_names(&name, names);
                    // Not quoted if it is similar to none: it may be a part of a secret with a comma.
                    let problem = match &*similar {
                        [] => format!("{owner} has no field of this name"),
                        similar => {
                            format!(
                                "{owner} has no field `{name}`; similar: {}",
                                similar.join(", ")
                            )
                        }
                    };
                    return self.fail(problem, range);
                }
            };
            let ends = close.map_or(&[','][..], |_| &[',', '}']);
            let value = self.value(&name, shape, ends, depth)?;
            if members.insert(name.clone(), value).is_some() {
                return self.fail(format!("`{name}` is given twice; give it once"), range);
            }
            match close {
                Some(close) if self.take(close) => return Ok(Value::Object(members)),
                None if self.rest().trim().is_empty() => return Ok(Value::Object(members)),
                _ if self.take(',') => {}
                Some(close) => {
                    return self.fail(format!("a `{close}` is missing"), start..self.text.len());
                }
                None => return self.fail("a `,` is missing", self.at..self.text.len()),
            }
        }
    }

    /// Reads the elements of a list up to the closing bracket.
    fn elements(
        &mut self,
        name: &str,
        shape: Shape<'s>,
        depth: usize,
    ) -> Result<Value, TextProblem> {
        let start = self.at - 1;
        let mut elements = Vec::new();
        if self.take(']') {
            return Ok(Value::Array(elements));
        }
        loop {
            while self.take(' ') {}
            if self.rest().starts_with([',', ']']) {
                let problem = format!("an element of `{name}` is empty");
                return self.fail(problem, self.at..self.at);
            }
            elements.push(self.value(name, shape, &[',', ']'], depth)?);
            if self.take(']') {
                return Ok(Value::Array(elements));
            }
            if !self.take(',') {
                return self.fail("a `]` is missing", start..self.text.len());
            }
        }
    }

    /// Reads a text up to one of these characters. A backslash escapes a character that has a meaning.
    fn word(&mut self, ends: &[char]) -> String {
        let mut word = String::new();
        let mut characters = self.text[self.at..].char_indices().peekable();
        let mut length = self.text.len() - self.at;
        while let Some((at, character)) = characters.next() {
            if ends.contains(&character) {
                length = at;
                break;
            }
            let escaped = |(_, next): &(usize, char)| ",=[]{}\\".contains(*next);
            match characters.next_if(|next| character == '\\' && escaped(next)) {
                Some((_, literal)) => word.push(literal),
                None => word.push(character),
            }
        }
        self.at += length;
        word
    }

    /// Returns the end of the value that begins here.
    fn end(&self, ends: &[char]) -> usize {
        self.rest()
            .find(|c| ends.contains(&c))
            .map_or(self.text.len(), |length| self.at + length)
    }
}

/// Returns the name of the first field, for examples.
fn first(fields: &[tc3_spec::Field]) -> &str {
    fields.first().map_or("Name", |field| &field.name)
}
