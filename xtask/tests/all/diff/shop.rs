//! The spec of a shop, and folders with it.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::{Outcome, outcome, write};

/// Returns the spec of a service version in which `Order` has these parameters.
pub(crate) fn spec(service: &str, version: &str, request: Value) -> Value {
    json!({
        "format": 1,
        "service": service,
        "version": version,
        "endpoint": format!("{service}.intl.tencentcloudapi.com"),
        "actions": {
            "Order": {
                "description": "Orders something.",
                "request": request,
                "response": [],
                "errors": [],
                "examples": [],
                "source": {"page": "pages/2021-03-31/Order.txt"},
            },
        },
        "types": {},
    })
}

pub(crate) fn field(name: &str, of: &str) -> Value {
    json!({"name": name, "type": of, "description": ""})
}

/// A folder to run the command in.
pub(crate) struct TestFolder(TempDir);

impl TestFolder {
    pub(crate) fn new() -> TestFolder {
        TestFolder(TempDir::new().expect("a folder"))
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn put(&self, path: &str, spec: &Value) -> PathBuf {
        let path = self.path().join(path);
        let text = serde_json::to_string_pretty(spec).expect("JSON");
        write(&path, text + "\n");
        path
    }

    pub(crate) fn diff(&self, arguments: &[&str]) -> Outcome {
        self.diff_in(".", arguments)
    }

    /// Runs the command in a subfolder.
    pub(crate) fn diff_in(&self, folder: &str, arguments: &[&str]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.current_dir(self.path().join(folder));
        outcome(command.arg("diff").args(arguments))
    }

    /// Runs git here, without the machine's own settings.
    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut command = Command::new("git");
        command
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com"])
            .args(arguments);
        outcome(&mut command).succeeded();
    }
}
