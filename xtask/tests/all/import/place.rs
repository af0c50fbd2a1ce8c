//! A folder to import into, and metadata.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::command::{Outcome, files, read, run, shown, write};

pub(crate) const INTL: &str = "tccli_intl_en-3.1.5.dist-info/METADATA";
pub(crate) const INTL_TEXT: &str = "Name: tccli-intl-en\nVersion: 3.1.5\n";

/// Returns the path of a service's file in a package.
pub(crate) fn place(service: &str, version: &str, file: &str) -> String {
    let version = version.replace('-', "");
    format!("tccli/services/{service}/v{version}/{file}")
}

/// Returns a parameter with additional keys.
pub(crate) fn member(name: &str, kind: &str, of: &str, more: Value) -> Value {
    let mut member = json!({"name": name, "type": kind, "member": of, "document": ""});
    for (key, value) in more.as_object().expect("keys") {
        member[key] = value.clone();
    }
    member
}

/// Returns the metadata of a version: actions with their requests and responses, and data types.
pub(crate) fn api(
    service: &str,
    version: &str,
    actions: &[(&str, Value, Value)],
    types: &[(&str, Value)],
) -> String {
    let mut api = json!({
        "metadata": {"apiVersion": version, "serviceShortName": service},
        "actions": {},
        "objects": {},
    });
    for (name, request, response) in actions {
        let message = |side: &str| format!("{name}{side}");
        api["actions"][name] = json!({
            "document": format!("By the metadata: {name}."),
            "input": message("Request"),
            "output": message("Response"),
        });
        api["objects"][message("Request")] = json!({"document": "", "members": request});
        api["objects"][message("Response")] = json!({"document": "", "members": response});
    }
    for (name, members) in types {
        api["objects"][name] = json!({"document": "", "members": members});
    }
    api.to_string()
}

/// Returns two services, one of them in two versions.
pub(crate) fn mall() -> Vec<(String, String)> {
    let order = |service: &str, version: &str, action: &str| {
        let request = json!([
            member(
                "Count",
                "int",
                "uint64",
                json!({"required": true, "document": "How many."})
            ),
            member("Price", "object", "Price", json!({})),
        ]);
        let response = json!([
            member("Id", "string", "string", json!({})),
            member("RequestId", "string", "string", json!({})),
        ]);
        let types = [(
            "Price",
            json!([member("Amount", "float", "float", json!({}))]),
        )];
        let text = api(service, version, &[(action, request, response)], &types);
        (place(service, version, "api.json"), text)
    };
    let examples = json!({"actions": {"Order": [{
        "title": "One",
        "document": "",
        "input": r#"{"Count": 1}"#,
        "output": r#"{"Response": {"Id": "o-1"}}"#,
    }]}});
    vec![
        order("shop", "2021-03-31", "Order"),
        (
            place("shop", "2021-03-31", "examples.json"),
            examples.to_string(),
        ),
        order("shop", "2018-01-02", "Order"),
        order("bank", "2021-03-31", "Transfer"),
        (INTL.to_owned(), INTL_TEXT.to_owned()),
    ]
}

/// A folder with a package and specs.
pub(crate) struct TestFolder {
    pub(crate) folder: TempDir,
}

impl TestFolder {
    pub(crate) fn new() -> TestFolder {
        TestFolder {
            folder: TempDir::new().expect("a folder"),
        }
    }

    /// Creates the folder with a package in `package`.
    pub(crate) fn with(files: &[(String, String)]) -> TestFolder {
        let place = TestFolder::new();
        place.pack(files);
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn specs(&self) -> PathBuf {
        self.path("specs")
    }

    /// Replaces the package in `package`.
    pub(crate) fn pack(&self, files: &[(String, String)]) {
        let package = self.path("package");
        if package.exists() {
            fs::remove_dir_all(&package).expect("the folder goes");
        }
        for (name, text) in files {
            write(&package.join(name), text);
        }
    }

    /// Imports `package` into `specs`.
    pub(crate) fn import(&self, arguments: &[&str]) -> Outcome {
        self.import_from("package", arguments)
    }

    pub(crate) fn import_from(&self, package: &str, arguments: &[&str]) -> Outcome {
        let (package, specs) = (self.path(package), self.specs());
        let first = ["import", shown(&package), "--specs", shown(&specs)];
        run(&[&first, arguments].concat())
    }

    pub(crate) fn regenerate(&self) -> Outcome {
        run(&["regenerate", "--root", shown(self.folder.path())])
    }

    pub(crate) fn spec(&self, file: &str) -> Value {
        serde_json::from_str(&read(&self.specs().join(file))).expect("a spec is JSON")
    }

    /// Writes a spec with a correction.
    pub(crate) fn correct(&self, file: &str, correct: impl FnOnce(&mut Value)) {
        let mut spec = self.spec(file);
        correct(&mut spec);
        let mut text = serde_json::to_string_pretty(&spec).expect("JSON");
        text.push('\n');
        write(&self.specs().join(file), text);
    }
}

pub(crate) fn names(object: &Value) -> Vec<&str> {
    let object = object.as_object().expect("an object");
    object.keys().map(String::as_str).collect()
}

/// Packs files into a wheel.
pub(crate) fn wheel(files: &[(String, String)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = SimpleFileOptions::default();
        writer.start_file(name, options).expect("an entry");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("a wheel").into_inner()
}

/// Returns the file names in the specs folder.
pub(crate) fn files_of(place: &TestFolder) -> Vec<String> {
    files(&place.specs())
}
