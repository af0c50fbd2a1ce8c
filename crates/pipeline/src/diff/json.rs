//! Changes for programs.
//!
//! One object: `services` has an object for each service, with
//!
//! - `service`: its name;
//! - `consequence`: `"breaking"`, `"addition"` or `"documentation"`, the worst of its changes; `null` if there is none;
//! - `version`: the `current` version of its crate and the `next`, the same if nothing changed; `null` if there is no crate;
//! - `changes`: an object for each change, with
//!   - `version`: the version of the service;
//!   - `place`: what sort of thing changed: `version`, `action`, `parameter`, `response_field`, `error_code`, `example`,
//!     `type`, `type_field`, `service_code`;
//!   - `action` or `type`: the action or data type that it is or is part of, where it is one;
//!   - `name`: what it is called there, where it is a row, a code or an example;
//!   - `kind`: how it changed: `added`, `removed`, `type`, …, the names of [`tc3_spec::diff::Kind`];
//!   - `old` and `new`: what stood there and stands there, where the kind has something to tell;
//!   - `consequence` of this change, and `reason`, why;
//!   - `editorial`: whether only words or the order of rows changed.
//!
//! Keys that have nothing to tell are absent. Keys and kinds may be added.

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};
use tc3_spec::diff::Change;

use super::service_diff::{ServiceDiff, consequence};

/// One object with all changes.
///
/// # Errors
/// If it cannot be written.
pub fn print(diffs: &[ServiceDiff]) -> Result<String> {
    let services: Vec<Value> = diffs.iter().map(service).collect();
    let text = serde_json::to_string_pretty(&json!({ "services": services }));
    Ok(text.context("cannot write the changes")? + "\n")
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
    put("place", Some(place.sort().name()));
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
