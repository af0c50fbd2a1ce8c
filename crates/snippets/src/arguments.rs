//! The arguments of `tc3` for a call.
//!
//! Values with a double quotation mark are percent-encoded, because shells of Windows would remove the mark.

use serde_json::Value;
use tc3_spec::Site;

use crate::call::{Call, Checked};
use crate::error::Error;
use crate::json;
use crate::text::is_plain;
use crate::typed::{Structure, Typed, is_word};

/// Returns the arguments of `tc3` for the call, after the name of the program: `SERVICE ACTION --Version … --Param VALUE`.
///
/// No argument contains a double quotation mark.
///
/// # Errors
/// Fails if the call is invalid, or if a parameter has a name that is not a word.
pub fn arguments(call: &Call<'_>) -> Result<Vec<String>, Error> {
    of(&Checked::new(call)?)
}

pub(crate) fn of(call: &Checked<'_>) -> Result<Vec<String>, Error> {
    let mut arguments = Arguments::default();
    if call.site == Site::Mainland {
        arguments.option("--site", Site::Mainland.name());
    }
    arguments.list.push(call.spec.service.clone());
    arguments.list.push(call.action.to_owned());
    arguments.option("--Version", &call.spec.version);
    if let Some(region) = call.region {
        arguments.option("--region", region);
    }
    if let Some(endpoint) = &call.endpoint {
        arguments.option("--endpoint", endpoint);
    }
    let is_undocumented = |of: &Structure<'_>| !of.others.is_empty();
    if call.request.any(&is_undocumented) {
        arguments.list.push("--force".to_owned());
    }
    arguments.members(None, &call.request)?;
    Ok(arguments.list)
}

#[derive(Default)]
struct Arguments {
    list: Vec<String>,
}

impl Arguments {
    fn option(&mut self, name: &str, value: &str) {
        self.list.extend([name.to_owned(), value.to_owned()]);
    }

    /// Adds a value at a path. An empty value, or one that looks like an option, shares an argument with its path.
    fn add(&mut self, path: &str, value: &str) {
        if is_separate(value) {
            self.option(&format!("--{path}"), value);
        } else {
            self.list.push(format!("--{path}={value}"));
        }
    }

    /// Adds the members of a structure, at a path or at the top.
    fn members(&mut self, path: Option<&str>, structure: &Structure<'_>) -> Result<(), Error> {
        let at = |name: &str| match path {
            Some(path) => format!("{path}.{name}"),
            None => name.to_owned(),
        };
        for member in &structure.members {
            self.value(&at(&member.field.name), &member.value)?;
        }
        for (name, value) in &structure.others {
            if !is_word(name) {
                return Err(Error::Name(at(name)));
            }
            self.add(&at(name), &any(value));
        }
        Ok(())
    }

    fn value(&mut self, path: &str, value: &Typed<'_>) -> Result<(), Error> {
        match value {
            Typed::List(values) => self.elements(path, values),
            Typed::Structure(structure) if structure.is_empty() => {
                self.add(path, "{}");
                Ok(())
            }
            Typed::Structure(structure) => self.members(Some(path), structure),
            Typed::Json(value) => {
                self.add(path, &any(value));
                Ok(())
            }
            scalar => {
                self.add(path, &self::scalar(scalar));
                Ok(())
            }
        }
    }

    fn elements(&mut self, path: &str, values: &[Typed<'_>]) -> Result<(), Error> {
        if values.is_empty() {
            self.add(path, "[]");
            return Ok(());
        }
        if values.iter().all(is_scalar) {
            let scalars: Vec<String> = values.iter().map(scalar).collect();
            if scalars.iter().all(|scalar| is_separate(scalar)) {
                self.list.push(format!("--{path}"));
                self.list.extend(scalars);
                return Ok(());
            }
        }
        for (index, value) in values.iter().enumerate() {
            self.value(&format!("{path}.{index}"), value)?;
        }
        Ok(())
    }
}

/// Whether a value can be a separate argument: it does not look like an option. A negative number does not.
fn is_separate(value: &str) -> bool {
    let is_number = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    !value.is_empty() && value.strip_prefix('-').is_none_or(is_number)
}

fn is_scalar(value: &Typed<'_>) -> bool {
    !matches!(value, Typed::List(_) | Typed::Structure(_) | Typed::Json(_))
}

/// Returns the argument of a scalar.
fn scalar(value: &Typed<'_>) -> String {
    match value {
        Typed::String(text) if is_verbatim(text) => (*text).to_owned(),
        Typed::String(text) => format!("@%{}", encoded(text)),
        Typed::Integer(text) | Typed::Float(_, text) => text.clone(),
        Typed::Boolean(value) => value.to_string(),
        Typed::List(_) | Typed::Structure(_) | Typed::Json(_) => String::new(),
    }
}

/// Whether a string needs no encoding: it has no quotation mark, no invisible character and no special meaning.
fn is_verbatim(text: &str) -> bool {
    let is_shorthand = text.trim_start().starts_with(['[', '{']);
    let is_special = text.starts_with('@') || text == "-" || is_shorthand;
    !is_special && text.chars().all(|c| c != '"' && is_plain(c))
}

/// Returns the argument of a value of any type.
fn any(value: &Value) -> String {
    format!("@:{}", encoded(&json::text(value)))
}

/// Percent-encodes quotation marks, spaces, percent signs and invisible characters.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if is_plain(c) && !['"', '%', ' '].contains(&c) {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    out
}
