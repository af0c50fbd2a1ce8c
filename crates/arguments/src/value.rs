//! Values of parameters.

use percent_encoding::percent_decode_str;
use serde_json::Value;
use tc3_spec::Shape;

use crate::assemble::Part;
use crate::described::Described;
use crate::name;
use crate::problem::Problem;
use crate::scalar::{not_json, scalar};
use crate::shorthand;
use crate::split::RawParameter;

/// Returns the content of the file at a path, or of standard input for `-`, or why it cannot be read.
pub type Reader<'r> = &'r mut dyn FnMut(&str) -> Result<String, String>;

/// Reads the values of all given parameters.
pub(crate) fn parts(
    described: Described<'_>,
    given: &[RawParameter<'_>],
    force: bool,
    read: Reader<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut needs_value = false;
    for given in given {
        // The argument after a name without a value may be that value, and a secret.
        let is_value = std::mem::take(&mut needs_value);
        let at = (given.argument, "--".len());
        let part = name::resolve(described, given.path, force, at).and_then(|(path, shape)| {
            let mut values = Values {
                described,
                name: given.path,
                force,
                read: &mut *read,
            };
            let value = values.value(given, shape)?;
            Ok(Part {
                path,
                value,
                argument: given.argument,
                length: given.path.len(),
            })
        });
        match part {
            Ok(part) => parts.push(part),
            Err(_) if is_value => {}
            Err(problem) => {
                needs_value = given.values.is_empty();
                problems.push(problem);
            }
        }
    }
    parts
}

struct Values<'s, 'r> {
    described: Described<'s>,
    /// The path of the parameter.
    name: &'s str,
    force: bool,
    read: Reader<'r>,
}

/// A text that is read as a value.
struct Content {
    text: String,
    source: Source,
}

/// Source of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Source {
    /// The argument itself.
    Argument,
    /// A file, or standard input.
    File,
    /// `@%`: a String.
    Literal,
    /// `@:`: JSON, whatever the documented type.
    Json,
}

impl Values<'_, '_> {
    /// Reads the value of a parameter.
    fn value(&mut self, given: &RawParameter<'_>, shape: Shape<'_>) -> Result<Value, Problem> {
        match (shape, &*given.values) {
            (Shape::Boolean, []) => Ok(Value::Bool(true)),
            (shape, []) => {
                let name = given.path;
                let is = shape.article();
                let problem = format!(
                    "`--{name}` needs a value: {is}; write `--{name}=VALUE` if it begins with `-`"
                );
                Err(Problem::new(problem).at(given.argument, 0.."--".len() + name.len()))
            }
            (Shape::List(element, format), values) => {
                if let [value] = values
                    && let Some(list) = self.list(value, shape)?
                {
                    return Ok(list);
                }
                let element = Shape::of_type(self.described.types, element, format);
                let values = values.iter().map(|value| self.one(value, element));
                Ok(Value::Array(values.collect::<Result<_, _>>()?))
            }
            (shape, [value]) => self.one(value, shape),
            (shape, values) => {
                let values = values.iter().map(|value| self.one(value, shape));
                Ok(Value::Array(values.collect::<Result<_, _>>()?))
            }
        }
    }

    /// Reads a list that is written as one value: JSON, `[a,b]`, or from a file.
    fn list(
        &mut self,
        value: &(usize, usize, &str),
        shape: Shape<'_>,
    ) -> Result<Option<Value>, Problem> {
        let is_list = value.2.trim_start().starts_with('[')
            || value.2 == "-"
            || (value.2.starts_with('@') && !value.2.starts_with("@%"));
        is_list.then(|| self.one(value, shape)).transpose()
    }

    /// Reads one value.
    fn one(
        &mut self,
        &(argument, start, text): &(usize, usize, &str),
        shape: Shape<'_>,
    ) -> Result<Value, Problem> {
        let name = self.name;
        let place = start..start + text.len();
        let invalid =
            |message| Problem::new(format!("`--{name}` {message}")).at(argument, place.clone());
        let content = self.content(text).map_err(invalid)?;
        let text = &*content.text;
        let json = || serde_json::from_str(text);
        let string = || Value::String(text.to_owned());
        let result = match (content.source, shape) {
            (Source::Json, _) => json().map_err(|error| not_json(&error)),
            (_, Shape::Text) | (Source::Literal, Shape::Any) => Ok(string()),
            (_, Shape::Any) => Ok(json().unwrap_or_else(|_| string())),
            (Source::Literal, _) => Err(format!(
                "must be {}, but `@%` gives a String",
                shape.article()
            )),
            (source, Shape::Structure(..) | Shape::List(..)) => {
                return shorthand::read(self.described, self.name, shape, text, self.force)
                    .map_err(|(problem, range)| match source {
                        Source::Argument => Problem::new(problem)
                            .within_value(argument, start + range.start..start + range.end),
                        _ => Problem::new(problem).at(argument, place.clone()),
                    });
            }
            (_, shape) => scalar(shape, text.trim()),
        };
        match result {
            Err(_) if self.force && content.source != Source::Json => {
                Ok(json().unwrap_or_else(|_| string()))
            }
            result => result.map_err(invalid),
        }
    }

    /// Returns the decoded text of an argument, or the text of the file that it names.
    fn content(&mut self, text: &str) -> Result<Content, String> {
        let decode = |text: &str| {
            let decoded = percent_decode_str(text).decode_utf8();
            let decoded = decoded.map_err(|_| "has percent-encoded bytes that are not UTF-8");
            decoded.map(|text| text.into_owned()).map_err(str::to_owned)
        };
        let rest = text.strip_prefix('@');
        let (text, source) = match (rest, rest.and_then(|rest| rest.chars().next())) {
            _ if text == "-" => (self.file("-")?, Source::File),
            (None, _) => (text.to_owned(), Source::Argument),
            (Some(rest), Some('%')) => (decode(&rest[1..])?, Source::Literal),
            (Some(rest), Some(':')) => (decode(&rest[1..])?, Source::Json),
            (Some(path), _) => (self.file(path)?, Source::File),
        };
        Ok(Content { text, source })
    }

    fn file(&mut self, path: &str) -> Result<String, String> {
        (self.read)(path).map_err(|problem| format!("has no value: {problem}"))
    }
}
