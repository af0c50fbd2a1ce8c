//! Numbers, Booleans and Strings.

use serde_json::{Number, Value};
use tc3_spec::{IntegerFormat, Shape};

/// Describes why a text is not JSON; the name of the value precedes it.
pub(crate) fn not_json(error: &serde_json::Error) -> String {
    let mut text = error.to_string();
    if let Some(end) = text.find(" at line ") {
        text.truncate(end);
    }
    match error.line() {
        0 | 1 => format!("is not JSON: {text} at column {}", error.column()),
        line => format!(
            "is not JSON: {text} at line {line}, column {}",
            error.column()
        ),
    }
}

/// Reads a number or Boolean, or the text of a String.
pub(crate) fn scalar(shape: Shape<'_>, text: &str) -> Result<Value, String> {
    match shape {
        Shape::Integer(format) => integer(format, text),
        Shape::Number => match serde_json::from_str(text) {
            Ok(number @ Value::Number(_)) => Ok(number),
            _ => Err("must be a number".to_owned()),
        },
        Shape::Boolean => match text {
            "true" | "True" => Ok(Value::Bool(true)),
            "false" | "False" => Ok(Value::Bool(false)),
            _ => Err("must be true or false".to_owned()),
        },
        _ => Ok(Value::String(text.to_owned())),
    }
}

fn integer(format: Option<IntegerFormat>, text: &str) -> Result<Value, String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("must be an Integer".to_owned());
    }
    let signed = || text.parse::<i64>().ok().map(Number::from);
    let unsigned = || text.parse::<u64>().ok().map(Number::from);
    let number = match format {
        Some(IntegerFormat::Int64) => signed(),
        Some(IntegerFormat::Uint64) => unsigned(),
        None => signed().or_else(unsigned),
    };
    number.map(Value::Number).ok_or_else(|| {
        let range = match format {
            Some(IntegerFormat::Uint64) => "0 to 18446744073709551615",
            _ => "-9223372036854775808 to 9223372036854775807",
        };
        format!("is an Integer out of range: {range}")
    })
}
