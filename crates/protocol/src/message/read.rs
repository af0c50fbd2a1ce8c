//! JSON reader for all message types, driven by their tables.
//!
//! The first pass accepts only [values of the documented kinds](super::exact). If it fails, the text is
//! [repaired](super::repair) and checked, and a careful pass decides for the text of each value whether it fits its field.
//! The careful pass scans a value once for each level of its nesting, so its time is proportional to the length of the
//! text times [`MAX_DEPTH`] at most.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::budget::{Budget, UNKNOWN_SIZE};
use super::exact::{self, ERROR};
use super::json::Members;
use super::read_error::ReadError;
use super::repair::repair;
use super::table::MAX_DEPTH;
use super::{Field, FieldReader, FieldValue, Json, Kind, Table, fit};

/// Reads an object into the values of a message.
///
/// # Errors
/// Fails if the text is not one JSON object.
pub fn read(text: &str, table: &'static Table) -> Result<Vec<FieldValue>, ReadError> {
    let budget = &Budget::new(usize::MAX);
    if let Some(values) = exact::read(text, table, false, budget) {
        return Ok(values);
    }
    read_carefully(text, budget, |root| {
        let members = members(root).ok_or_else(|| ReadError::new("expected an object", ""))?;
        Ok(message(by_name(members), table, 1, budget))
    })
}

/// Content of `{"Response": …}`.
#[derive(Debug)]
pub struct Envelope {
    /// Values of the response.
    pub values: Vec<FieldValue>,
    /// Error of the service, if it sent one.
    pub error: Option<ServiceError>,
}

/// Content of `Error` in a response.
#[derive(Debug, PartialEq)]
pub struct ServiceError {
    /// Code; never empty.
    pub code: String,
    /// Text for people; empty if the service sent none.
    pub message: String,
}

const RESPONSE: &str = "Response";

const SERVICE_ERROR: &Table = &Table {
    name: ERROR,
    fields: &[Field("Code", Kind::String), Field("Message", Kind::String)],
};

/// Reads a response in its envelope, `{"Response": {…}}`, which may have other members. The values take at most `memory`
/// bytes in addition to their texts.
///
/// # Errors
/// Fails if the text is not JSON, has no object `Response`, or its values take more memory.
pub fn read_envelope(
    body: &[u8],
    table: &'static Table,
    memory: usize,
) -> Result<Envelope, ReadError> {
    let budget = &Budget::new(memory);
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let text = String::from_utf8_lossy(body);
    if let Some(values) = response(&text).and_then(|text| exact::read(text, table, true, budget)) {
        let error = None;
        return Ok(Envelope { values, error });
    }
    read_carefully(&text, budget, |root| envelope(root, table, budget))
}

/// Returns the text of the response, if the envelope has no other member.
fn response(text: &str) -> Option<&str> {
    let space = [' ', '\t', '\n', '\r'];
    let members = text.trim_matches(space).strip_prefix('{')?;
    let member = members
        .trim_start_matches(space)
        .strip_prefix("\"Response\"")?;
    let value = member.trim_start_matches(space).strip_prefix(':')?;
    value.strip_suffix('}')
}

/// Reads JSON that the first pass rejected.
fn read_carefully<T>(
    text: &str,
    budget: &Budget,
    read: impl FnOnce(&RawValue) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    if budget.is_exceeded() {
        return Err(ReadError::too_large());
    }
    let text = repair(text);
    match serde_json::from_str(&text) {
        Ok(root) => read(root).and_then(|content| match budget.is_exceeded() {
            false => Ok(content),
            true => Err(ReadError::too_large()),
        }),
        Err(error) => Err(ReadError::syntax(&text, &error)),
    }
}

fn envelope(
    root: &RawValue,
    table: &'static Table,
    budget: &Budget,
) -> Result<Envelope, ReadError> {
    let mut outer = by_name(members(root).unwrap_or_default());
    let response = outer.remove(RESPONSE).ok_or_else(|| {
        let problem = "expected an object with the member `Response`";
        ReadError::new(problem, "")
    })?;
    let inner = members(response).ok_or_else(|| ReadError::new("expected an object", RESPONSE))?;
    // A later member of the same name does not hide an error.
    let mut errors = inner.iter().rev().filter(|(name, _)| name == ERROR);
    let error = errors.find_map(|(_, error)| service_error(error, budget));
    let mut inner = by_name(inner);
    if error.is_some() {
        inner.remove(ERROR);
    } else if table.position(ERROR).is_none()
        && inner
            .remove(ERROR)
            .is_some_and(|error| error.get() != "null")
    {
        let problem = "expected an object with the member `Code`";
        return Err(ReadError::new(problem, "Response.Error"));
    }
    outer.retain(|name, _| table.position(name).is_none());
    outer.append(&mut inner);
    let values = message(outer, table, 1, budget);
    Ok(Envelope { values, error })
}

fn service_error(error: &RawValue, budget: &Budget) -> Option<ServiceError> {
    let mut values = message(by_name(members(error)?), SERVICE_ERROR, 1, budget);
    let mut fields = FieldReader::new(&mut values);
    let code = fields.take().filter(|code: &String| !code.is_empty())?;
    let message = fields.take_or_default();
    Some(ServiceError { code, message })
}

/// Returns the members of an object in the order of the text.
fn members(json: &RawValue) -> Option<Vec<(String, &RawValue)>> {
    if !json.get().starts_with('{') {
        return None;
    }
    let Members(members) = serde_json::from_str(json.get()).ok()?;
    Some(members)
}

/// Returns members by name. Of members with the same name, the last one counts.
fn by_name(members: Vec<(String, &RawValue)>) -> BTreeMap<String, &RawValue> {
    members.into_iter().collect()
}

/// Reads the values of a message. Values that do not fit their field become unknown fields.
fn message(
    mut members: BTreeMap<String, &RawValue>,
    table: &Table,
    depth: usize,
    budget: &Budget,
) -> Vec<FieldValue> {
    let mut values = Vec::new();
    if !budget.allows(members.len(), UNKNOWN_SIZE)
        || !budget.allows(table.width(), size_of::<FieldValue>())
    {
        return values;
    }
    for Field(name, kind) in table.fields {
        let value = match members.get(*name) {
            Some(json) if json.get() == "null" => Some(FieldValue::Absent),
            Some(json) => value(json, *kind, depth, budget),
            None => None,
        };
        if value.is_some() {
            members.remove(*name);
        }
        values.push(value.unwrap_or_default());
    }
    let unknown = members.into_iter();
    let unknown = unknown.map(|(name, json)| (name, Json::from_raw(json.to_owned())));
    values.push(match unknown.len() {
        0 => FieldValue::Absent,
        _ => FieldValue::Unknown(unknown.collect()),
    });
    values
}

/// Returns the value of a field or an element, if it fits the kind. `depth` is its level of nesting.
fn value(json: &RawValue, kind: Kind, depth: usize, budget: &Budget) -> Option<FieldValue> {
    let text = json.get();
    Some(match (text.as_bytes().first()?, kind) {
        (_, Kind::Json) => FieldValue::Json(Json::from_raw(json.to_owned())),
        (b'{' | b'[', _) if depth == MAX_DEPTH => return None,
        (b'{', Kind::Message(table)) => {
            FieldValue::Message(message(by_name(members(json)?), table(), depth + 1, budget))
        }
        (b'[', Kind::List(kind)) => {
            let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            if !budget.allows(elements.len(), size_of::<FieldValue>()) {
                return None;
            }
            let values = elements
                .into_iter()
                .map(|element| value(element, *kind, depth + 1, budget));
            list(values.collect::<Option<_>>()?, *kind)
        }
        (b'"', Kind::String | Kind::Secret | Kind::Public) => {
            FieldValue::String(serde_json::from_str(text).ok()?)
        }
        (b'"', _) => fit::text(&serde_json::from_str::<Cow<'_, str>>(text).ok()?, kind)?,
        (b't' | b'f', _) => fit::boolean(text == "true", kind)?,
        (b'-' | b'0'..=b'9', _) => fit::number(text, kind)?,
        _ => return None,
    })
}

/// Creates an array in the same form as the first pass.
fn list(values: Vec<FieldValue>, kind: Kind) -> FieldValue {
    let Kind::Message(_) = kind else {
        return FieldValue::List(values);
    };
    let messages = values.into_iter().filter_map(|value| match value {
        FieldValue::Message(values) => Some(values),
        _ => None,
    });
    FieldValue::Messages(messages.flatten().collect())
}
