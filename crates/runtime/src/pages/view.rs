//! Fields of an untyped response that pagination needs. They are read by a table that names them by their whole paths,
//! so one implementation serves typed and untyped lists.

use std::collections::BTreeMap;

use serde_json::{Value, value::RawValue};
use tc3_protocol::message::{Field, FieldValue, Table, UnknownFields, read_envelope};

/// Returns the values of a table whose fields are named by their paths in the response.
///
/// # Errors
/// Fails if the values take more than `memory` bytes in addition to their texts.
pub(super) fn view(
    page: &[FieldValue],
    table: &'static Table,
    memory: usize,
) -> Result<Vec<FieldValue>, String> {
    let members = FieldValue::unknown(page);
    let found = table.fields.iter().filter_map(|Field(path, _)| {
        let json = at(members?, path)?;
        Some(format!("{}:{}", Value::from(*path), json.get()))
    });
    let found: Vec<String> = found.collect();
    let envelope = format!(r#"{{"Response":{{{}}}}}"#, found.join(","));
    match read_envelope(envelope.as_bytes(), table, memory) {
        Ok(envelope) => Ok(envelope.values),
        Err(error) => Err(format!(
            "items of the page cannot be read: {error}; ask for a smaller page, or raise `response_limit`"
        )),
    }
}

/// Returns the value at a path. If the path leads through a value that is not a structure, returns a value that fits
/// neither items nor a number.
fn at(members: &UnknownFields, path: &str) -> Option<Box<RawValue>> {
    let mut names = path.split('.');
    let mut json: Box<RawValue> = members.get(names.next()?)?.parse().ok()?;
    for name in names {
        match serde_json::from_str::<BTreeMap<String, Box<RawValue>>>(json.get()) {
            Ok(mut members) => json = members.remove(name)?,
            Err(_) if json.get() == "null" => return None,
            Err(_) => return RawValue::from_string("{}".to_owned()).ok(),
        }
    }
    Some(json)
}
