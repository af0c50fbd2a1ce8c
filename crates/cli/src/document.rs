//! Parameters as JSON or YAML.

use serde_json::{Map, Value};
use serde_saphyr::options;

/// Parses an object of parameters: JSON or YAML.
///
/// # Errors
/// Fails with the problem and its position. The message quotes nothing, because parameters may be secrets.
pub(crate) fn parameters(text: &str) -> Result<Map<String, Value>, String> {
    let value = match serde_json::from_str(text) {
        Ok(value) => value,
        Err(error) => yaml(text).map_err(|problem| match text.trim_start().starts_with('{') {
            true => format!("is not JSON: {error}"),
            false => problem,
        })?,
    };
    match value {
        Value::Object(members) => Ok(members),
        Value::Null if !text.trim().starts_with("null") => Ok(Map::new()),
        _ => Err("must contain an object of parameters".to_owned()),
    }
}

fn yaml(text: &str) -> Result<Value, String> {
    let options = options! {
        leading_zero_numbers_as_strings: true,
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options).map_err(|error| match error.location() {
        Some(at) => format!(
            "is neither JSON nor YAML: line {}, column {}",
            at.line(),
            at.column()
        ),
        None => "is neither JSON nor YAML".to_owned(),
    })
}
