//! Conversions of scalars to the kinds of fields without loss. The [parent module](super) lists the rules.

use std::str::FromStr;

use super::number::{double, integer};
use super::{FieldValue, Kind};

/// Converts a Boolean to the value of a field.
pub(super) fn boolean(value: bool, kind: Kind) -> Option<FieldValue> {
    match kind {
        Kind::Bool => Some(FieldValue::Bool(value)),
        Kind::String | Kind::Secret | Kind::Public => Some(FieldValue::String(value.to_string())),
        _ => None,
    }
}

/// Converts a JSON number to the value of a field.
pub(super) fn number(text: &str, kind: Kind) -> Option<FieldValue> {
    match kind {
        Kind::I64 => integer(text)?.try_into().ok().map(FieldValue::I64),
        Kind::U64 => integer(text)?.try_into().ok().map(FieldValue::U64),
        Kind::F64 => double(text).map(FieldValue::F64),
        Kind::String | Kind::Secret | Kind::Public => Some(FieldValue::String(text.to_owned())),
        _ => None,
    }
}

/// Converts a string to the value of a field of another kind, if it is the canonical text of such a value.
pub(super) fn text(text: &str, kind: Kind) -> Option<FieldValue> {
    match kind {
        Kind::Bool => canonical(text).map(FieldValue::Bool),
        Kind::I64 => canonical(text).map(FieldValue::I64),
        Kind::U64 => canonical(text).map(FieldValue::U64),
        Kind::F64 => {
            let value: f64 = text.parse().ok().filter(|value: &f64| value.is_finite())?;
            let is_canonical = format!("{value:?}") == text || format!("{value}") == text;
            is_canonical.then_some(FieldValue::F64(value))
        }
        _ => None,
    }
}

/// Parses a text, if it is the canonical text of its value.
fn canonical<T: FromStr + ToString>(text: &str) -> Option<T> {
    let value: T = text.parse().ok()?;
    (value.to_string() == text).then_some(value)
}
