//! `generate`: output, written files, and that the generated code compiles.

mod compiled;
mod front_page;
mod refused;
mod selection;
mod standalone;
mod written;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::{Outcome, files, read, run, shown, write};

/// Returns a parameter described by its name.
fn field(name: &str, of: &str) -> Value {
    json!({"name": name, "type": of, "description": format!("The {name}.")})
}

fn action(request: Value, response: Value) -> Value {
    json!({
        "description": "Does something.",
        "request": request,
        "response": response,
        "errors": [],
        "examples": [],
    })
}

fn data_type(fields: Value) -> Value {
    json!({"description": "A thing.", "fields": fields})
}

fn spec(service: &str, version: &str, actions: Value, types: Value) -> Value {
    json!({
        "format": 1,
        "service": service,
        "version": version,
        "endpoint": format!("{service}.intl.tencentcloudapi.com"),
        "actions": actions,
        "types": types,
    })
}

/// A folder with `specs`, and a path `out` to generate into, which does not exist yet.
struct TestFolder {
    folder: TempDir,
}

impl TestFolder {
    fn with(specs: &[Value]) -> TestFolder {
        let place = TestFolder {
            folder: TempDir::new().expect("a folder"),
        };
        for spec in specs {
            place.put(spec);
        }
        place
    }

    fn put(&self, spec: &Value) {
        let text = |key: &str| spec[key].as_str().expect("a text");
        let file = format!("{}/{}.json", text("service"), text("version"));
        let text = serde_json::to_string_pretty(spec).expect("JSON");
        write(&self.specs().join(file), text);
    }

    fn specs(&self) -> PathBuf {
        self.folder.path().join("specs")
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn generate(&self, arguments: &[&str]) -> Outcome {
        let (specs, out) = (self.specs(), self.out());
        let first = ["generate", "--specs", shown(&specs), "--out", shown(&out)];
        run(&[&first, arguments].concat())
    }

    fn read(&self, file: &str) -> String {
        read(&self.out().join(file))
    }

    /// Returns the structs of a service version, without builders.
    fn structs(&self, version: &str) -> BTreeSet<String> {
        let folder = self.out().join(version);
        let files = files(&folder);
        let texts = files.iter().map(|file| read(&folder.join(file)));
        let mut structs = BTreeSet::new();
        for text in texts {
            for line in text.lines() {
                let Some(name) = line.strip_prefix("pub struct ") else {
                    continue;
                };
                let end = name.find(|c: char| !c.is_alphanumeric() && c != '_');
                let name = &name[..end.unwrap_or(name.len())];
                if !name.ends_with("Builder") {
                    structs.insert(name.to_owned());
                }
            }
        }
        structs
    }
}

fn set<const N: usize>(names: [&str; N]) -> BTreeSet<String> {
    names.map(str::to_owned).into()
}

/// Returns two services, one of them in two versions.
fn mall() -> Vec<Value> {
    let types = || {
        json!({
            "Item": data_type(json!([field("Price", "Price"), field("Inside", "Array of Item")])),
            "Price": data_type(json!([field("Amount", "Float")])),
            "Shelf": data_type(json!([field("Rows", "Array of Row")])),
            "Row": data_type(json!([field("Shelf", "Shelf")])),
            "Unused": data_type(json!([])),
        })
    };
    let order = || {
        action(
            json!([field("Items", "Array of Item")]),
            json!([field("Id", "String")]),
        )
    };
    let look = action(json!([]), json!([field("Shelf", "Shelf")]));
    let ping = || action(json!([]), json!([]));
    vec![
        spec(
            "shop",
            "2018-01-02",
            json!({"Order": order(), "Ping": ping()}),
            types(),
        ),
        spec(
            "shop",
            "2021-03-31",
            json!({"Order": order(), "Look": look, "Ping": ping()}),
            types(),
        ),
        spec(
            "bank",
            "2021-03-31",
            json!({"Transfer": ping(), "Ping": ping()}),
            json!({}),
        ),
    ]
}
