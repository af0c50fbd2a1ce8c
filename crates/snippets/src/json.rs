//! The parameters as JSON text.

use serde_json::{Map, Value};

use crate::text::is_plain;

/// Returns the JSON of a value on one line, with escapes for invisible characters.
pub(crate) fn text(value: &Value) -> String {
    let mut text = String::new();
    for c in value.to_string().chars() {
        if is_plain(c) {
            text.push(c);
        } else {
            // Such a character occurs only in strings, which allow escapes.
            for unit in c.encode_utf16(&mut [0; 2]) {
                text.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    text
}

/// Returns the JSON of an object, like [`text`].
pub(crate) fn object(members: &Map<String, Value>) -> String {
    text(&Value::Object(members.clone()))
}

/// Whether a condition holds for this value or one within it.
pub(crate) fn any(value: &Value, is: &dyn Fn(&Value) -> bool) -> bool {
    is(value)
        || match value {
            Value::Array(values) => values.iter().any(|value| any(value, is)),
            Value::Object(members) => members.values().any(|value| any(value, is)),
            _ => false,
        }
}

/// Whether a value is an empty list or structure.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}
