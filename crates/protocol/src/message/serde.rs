use serde_core::de::{Deserialize as _, Deserializer, Error as _};
use serde_core::ser::{Error as _, Serialize as _, Serializer};
use serde_json::{Map, Value};

use super::json::Text;
use super::read::read;
use super::redact::{REDACTED, is_secret, redact_json};
use super::{FieldReader, FieldValue, Message, Table, values, write};

/// Serializes a message as a map of wire names: the fields that are present, then the unknown fields.
///
/// # Errors
/// Fails if the serializer fails.
pub fn serialize<T: Message, S: Serializer>(message: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let json = write(message, T::TABLE, None).map_err(S::Error::custom)?;
    Text::new(&String::from_utf8_lossy(&json)).serialize(serializer)
}

/// Deserializes a message from a map, with the tolerance of the reader of responses. Only numbers are read as the values of
/// `serde_json` can hold them: integers of 64 bits exactly, and others as `f64`.
///
/// # Errors
/// Fails if the deserializer fails or has no map, or if a required parameter is absent or does not fit. The message names
/// the parameter.
pub fn deserialize<'de, T: Message, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    // Conversion to JSON text lets one reader serve all formats.
    let json = Value::Object(Map::deserialize(deserializer)?).to_string();
    let mut values = read(&json, T::TABLE).map_err(D::Error::custom)?;
    check_required(&values, T::TABLE, T::REQUIRED).map_err(D::Error::custom)?;
    Ok(T::read(&mut FieldReader::new(&mut values)))
}

/// Maximum number of characters of a value that an error shows.
const MAX_EXCERPT: usize = 32;

fn check_required(values: &[FieldValue], table: &Table, required: &[&str]) -> Result<(), String> {
    let is_absent = |name: &&&str| {
        matches!(
            FieldValue::of(values, table, name),
            None | Some(FieldValue::Absent)
        )
    };
    let Some(name) = required.iter().find(is_absent) else {
        return Ok(());
    };
    let action = table.name;
    let unknown = FieldValue::unknown(values);
    Err(match unknown.and_then(|unknown| unknown.get(name)) {
        Some(json) => {
            let text = match is_secret(name) {
                true => REDACTED.into(),
                false => redact_json(json.text()),
            };
            let excerpt: String = text.chars().take(MAX_EXCERPT).collect();
            let excerpt = excerpt.escape_debug();
            format!("the parameter `{name}` of `{action}` cannot be `{excerpt}`")
        }
        None => format!("`{action}` needs the parameter `{name}`"),
    })
}

/// Reads a JSON object with the reader of responses, for tests.
///
/// # Errors
/// Fails if the text is not one JSON object.
pub fn from_json<T: Message>(text: &str) -> Result<T, String> {
    let mut values = read(text, T::TABLE).map_err(|error| error.to_string())?;
    Ok(T::read(&mut FieldReader::new(&mut values)))
}

/// Writes a message as the body of a request, for tests.
///
/// # Errors
/// Fails if a Float or Double is NaN or infinite.
pub fn to_json<T: Message>(message: &T) -> Result<Vec<u8>, String> {
    write(message, T::TABLE, None).map_err(|error| error.to_string())
}

/// Reads a JSON object into a message and writes it again, for tests of generated types. Returns the new text and the
/// names of the fields whose values did not fit.
///
/// # Errors
/// Fails if the text is not one JSON object.
pub fn echo<T: Message>(text: &str) -> Result<(String, Vec<&'static str>), String> {
    let message = from_json::<T>(text)?;
    let values = values(&message);
    let unknown = FieldValue::unknown(&values);
    let is_unfit = |name: &&str| unknown.is_some_and(|unknown| unknown.get(name).is_some());
    let names = T::TABLE.fields.iter().map(|field| field.0);
    let mismatches = names.filter(is_unfit).collect();
    let written = String::from_utf8(to_json(&message)?).map_err(|error| error.to_string())?;
    Ok((written, mismatches))
}
