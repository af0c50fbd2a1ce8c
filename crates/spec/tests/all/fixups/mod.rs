//! Fixups: their effect, mismatches and invalid files.

mod corrected;
mod files;
mod mismatches;

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tc3_spec::{Fixups, LoadError, Spec};
use tempfile::TempDir;

/// Loads fixups from a temporary file.
fn load(text: &str) -> (TempDir, PathBuf, Result<Fixups, LoadError>) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join(Fixups::FILE);
    fs::write(&path, text).expect("a file");
    let fixups = Fixups::load(&path);
    (folder, path, fixups)
}

fn shop() -> Value {
    json!({
        "format": 1,
        "service": "shop",
        "version": "2021-03-31",
        "endpoint": "shop.intl.tencentcloudapi.com",
        "actions": {
            "Order": {
                "description": "Orders.",
                "rate_limit": 20,
                "request": [
                    {"name": "Count", "type": "Integer", "format": "uint64", "required": true, "description": "How many."},
                    {"name": "Remark", "type": "String", "description": ""},
                ],
                "response": [{"name": "Price", "type": "Price", "nullable": true, "description": ""}],
                "errors": [
                    {"code": "FailedOperation", "description": "It failed."},
                    {"code": "FailedOperation.SoldOut", "description": ""},
                ],
                "examples": [
                    {"title": "One. And more", "request": {"Count": 1}},
                    {"title": "Twice", "request": {"Count": 2.50}},
                    {"title": "Twice", "request": {"Count": 3}},
                ],
            },
        },
        "types": {
            "Price": {"description": "", "fields": [{"name": "Amount", "type": "Float", "description": ""}]},
        },
    })
}

fn spec(value: &Value) -> Spec {
    Spec::from_json(&value.to_string(), Path::new("shop.json")).expect("a valid spec")
}

/// A fixup: path, `from` and `to`.
type Case = (&'static str, Option<Value>, Option<Value>);

/// Applies a correction to the spec.
type Change = Box<dyn Fn(&mut Value)>;

#[track_caller]
fn fixups(cases: &[Case]) -> Fixups {
    let mut file = json!({});
    for (index, (at, from, to)) in cases.iter().enumerate() {
        let mut entry = json!({"reason": "It is so.", "version": "2021-03-31", "at": at});
        for (key, value) in [("from", from), ("to", to)] {
            if let Some(value) = value {
                entry[key] = value.clone();
            }
        }
        file[format!("f{index}")] = entry;
    }
    let (_folder, _, fixups) = load(&file.to_string());
    fixups.expect("fixups")
}

/// Returns the mismatches, each with its name.
#[track_caller]
fn mismatches(cases: &[Case]) -> Vec<String> {
    let mut fixed = spec(&shop());
    let mismatches = fixed.fix(&fixups(cases)).expect_err("mismatches");
    assert_eq!(fixed, spec(&shop()), "the spec is unchanged");
    let mismatches = mismatches.into_iter();
    mismatches
        .map(|of| format!("{}: {}", of.name, of.message))
        .collect()
}

const NOT_NEEDED: &str = "the source is already correct: remove the fixup";
