//! Formats changes as JSON.
//!
//! The output is one object. Its `services` has an object for each service, with
//!
//! - `service`: its name;
//! - `consequence`: `"breaking"`, `"addition"` or `"documentation"`, the most severe of its changes; `null` if there is
//!   none;
//! - `version`: the `current` version of its crate and the `next`, equal if nothing changed; `null` if there is no
//!   crate;
//! - `changes`: an object for each change, with
//!   - `version`: the version of the service;
//! - `place`: the kind of item that changed: `version`, `action`, `parameter`, `response_field`, `error_code`,
//!   `example`, `type`, `type_field`, `service_code`;
//! - `action` or `type`: the action or data type that contains the item, or is the item;
//! - `name`: the name of the row, code or example in it;
//! - `kind`: the kind of change: `added`, `removed`, `type`, …, the names of [`tc3_spec::diff::Kind`];
//! - `old` and `new`: the values before and after, for kinds that have values;
//! - `consequence` of this change, and `reason` for it;
//! - `editorial`: whether only the wording or the order of rows changed.
//!
//! Keys without a value are absent. Keys and kinds may be added in future.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use tc3_spec::diff::Change;

use super::service_diff::{ServiceDiff, consequence};

/// Formats all changes as one JSON object.
///
/// # Errors
/// Fails if the object cannot be encoded.
pub fn print(diffs: &[ServiceDiff]) -> Result<String> {
    let services: Vec<Value> = diffs.iter().map(service).collect();
    let text = serde_json::to_string_pretty(&json!({ "services": services }));
    Ok(text.context("cannot encode the changes")? + "\n")
}

fn service(diff: &ServiceDiff) -> Value {
    let version = diff.release.as_ref().map(|release| {
        json!({
            "current": release.current.to_string(),
            "next": release.next.to_string(),
        })
    });
    let changes: Vec<Value> = diff.changes.iter().map(change).collect();
    json!({
        "service": diff.service,
        "consequence": consequence(&diff.changes).map(|of| of.name()),
        "version": version,
        "changes": changes,
    })
}

fn change(change: &Change) -> Value {
    let place = &change.place;
    let mut object = Map::new();
    let mut put = |key: &str, value: Option<&str>| {
        if let Some(value) = value {
            object.insert(key.to_owned(), value.into());
        }
    };
    put("version", Some(&change.version));
    put("place", Some(place.kind().name()));
    put("action", place.action());
    put("type", place.data_type());
    put("name", place.row());
    put("kind", Some(change.kind.name()));
    put("old", change.old.as_deref());
    put("new", change.new.as_deref());
    put("consequence", Some(change.consequence.name()));
    put("reason", Some(change.reason));
    object.insert("editorial".to_owned(), change.is_editorial().into());
    Value::Object(object)
}
