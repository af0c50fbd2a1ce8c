//! The crate `aws-sdk-organizations`, and programs that call it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;

use crate::measure::Lines;
use crate::programs::main_of;
use crate::service::Service;
use crate::workspace::Workspace;

pub(crate) const AWS: &str = "aws-sdk-organizations";

/// Creates the AWS crate with programs that call it.
pub(crate) fn aws() -> Service {
    let dependencies = format!(
        "{AWS} = {{ version = \"=1.137\", default-features = false }}\n\
         tokio = {{ version = \"1.54\", features = [\"rt\"] }}\n"
    );
    let workspace = Workspace::new("aws", &["all", "one"]);
    // The operations are known only after the crate was fetched.
    let none = || "fn main() {}\n".to_owned();
    let workspace = workspace.with_programs(&dependencies, &[("all", none()), ("one", none())]);
    let source = aws_source(&workspace);
    let client = fs::read_dir(source.join("client")).expect("a file for each operation");
    let mut operations: Vec<String> = client
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap_or_default();
            text.contains("impl super::Client") && text.contains("FluentBuilder {")
        })
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect();
    operations.sort();
    let programs = [
        ("all", aws_program(&operations)),
        ("one", aws_program(&operations[..1])),
    ];
    let mut lines = Lines::default();
    add_lines(&source, &mut lines);
    Service {
        package: AWS,
        actions: operations.len(),
        lines,
        workspace: workspace.with_programs(&dependencies, &programs),
    }
}

/// Returns the source folder of the AWS crate.
fn aws_source(workspace: &Workspace) -> PathBuf {
    let mut command = workspace.cargo(["metadata", "--format-version", "1"]);
    let output = command
        .stdout(Stdio::piped())
        .output()
        .expect("cargo starts");
    let metadata: Value =
        serde_json::from_slice(&output.stdout).expect("the registry has the crate");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages.iter().find(|package| package["name"] == AWS);
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    Path::new(manifest.expect("it is one of them")).with_file_name("src")
}

fn add_lines(folder: &Path, lines: &mut Lines) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            add_lines(&path, lines);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            lines.add(&fs::read_to_string(&path).expect("Rust is text"));
        }
    }
}

/// Returns a program that calls these operations. The builders have no required setters, so nothing is set.
fn aws_program(operations: &[String]) -> String {
    let mut text = "use aws_sdk_organizations::config::{BehaviorVersion, Config, Region};\n\
                    use aws_sdk_organizations::operation::RequestId;\n\
                    use aws_sdk_organizations::Client;\n\n\
                    fn client() -> Client {\n    \
                    let config = Config::builder().behavior_version(BehaviorVersion::v2025_08_07());\n    \
                    Client::from_conf(config.region(Region::new(\"us-east-1\")).build())\n}\n\n"
        .to_owned();
    for (number, operation) in operations.iter().enumerate() {
        text += &format!(
            "async fn call{number}(client: &Client) -> Option<String> {{\n    \
             client.{operation}().send().await.ok()?.request_id().map(str::to_owned)\n}}\n\n"
        );
    }
    let clients = BTreeMap::from([("client".to_owned(), "client()".to_owned())]);
    let calls = vec!["client".to_owned(); operations.len()];
    text + &main_of(&clients, &calls, "Option<String>")
}
