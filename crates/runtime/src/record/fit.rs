//! Which scalars fit which slots, losing nothing; [`crate::json`] has the rules.

use super::Slot;
use crate::Value;
use crate::json::{Digits, Number};

/// Puts a Boolean into a slot, if it fits.
pub(crate) fn boolean(value: bool, slot: Slot<'_>) -> bool {
    match slot {
        Slot::Bool(place) => place.set(value),
        Slot::Str(place) => place.set(value.to_string()),
        Slot::Value(place) => place.set(Value::Bool(value)),
        _ => return false,
    }
    true
}

/// Puts a number into a slot, if it fits.
pub(crate) fn number(digits: Digits<'_>, slot: Slot<'_>) -> bool {
    match slot {
        Slot::I64(place) => digits.to_i64().map(|value| place.set(value)).is_some(),
        Slot::U64(place) => digits.to_u64().map(|value| place.set(value)).is_some(),
        Slot::F64(place) => digits.to_f64().map(|value| place.set(value)).is_some(),
        Slot::Str(place) => {
            place.set(digits.to_string());
            true
        }
        Slot::Value(place) => {
            place.set(Value::Number(Number::new(digits)));
            true
        }
        _ => false,
    }
}

/// Puts a string into a slot of something else, if it is the usual text of such a value.
pub(crate) fn text(text: &str, slot: Slot<'_>) -> bool {
    match slot {
        Slot::Bool(_) => match text {
            "true" => boolean(true, slot),
            "false" => boolean(false, slot),
            _ => false,
        },
        Slot::I64(_) | Slot::U64(_) | Slot::F64(_) => match Digits::parse(text) {
            Ok(digits @ (Digits::I64(_) | Digits::U64(_))) => number(digits, slot),
            Ok(digits @ Digits::Text(_)) => match slot {
                Slot::F64(_) => {
                    let usual =
                        |double: f64| format!("{double:?}") == text || format!("{double}") == text;
                    digits.to_f64().is_some_and(usual) && number(digits, slot)
                }
                _ => false,
            },
            Err(_) => false,
        },
        _ => false,
    }
}
