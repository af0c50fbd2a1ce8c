//! Which crates know which.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::path::PathBuf;
use std::process::Command;

use serde::Deserialize;

use crate::command::{outcome, read, workspace};

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

#[derive(Deserialize)]
struct Target {
    kind: Vec<String>,
    doctest: bool,
    src_path: PathBuf,
}

impl Package {
    /// What it is built with, but for its tests.
    fn dependencies(&self) -> impl Iterator<Item = &str> {
        let dependencies = self.dependencies.iter();
        let dependencies = dependencies.filter(|of| of.kind.as_deref() != Some("dev"));
        dependencies.map(|of| of.name.as_str())
    }

    fn code(&self) -> impl Iterator<Item = &Target> {
        let is_code = |kind: &String| ["lib", "proc-macro", "bin"].contains(&kind.as_str());
        let targets = self.targets.iter();
        targets.filter(move |target| target.kind.iter().any(is_code))
    }

    /// The root files of its library and programs.
    pub(super) fn roots(&self) -> impl Iterator<Item = &PathBuf> {
        self.code().map(|target| &target.src_path)
    }
}

/// The packages of the workspace by their names.
pub(super) fn packages() -> BTreeMap<String, Package> {
    let mut command = Command::new(env::var_os("CARGO").expect("cargo runs the test"));
    command.args(["metadata", "--no-deps", "--format-version=1", "--offline"]);
    let printed = outcome(command.current_dir(workspace()));
    let metadata: Metadata = serde_json::from_str(printed.succeeded()).expect("metadata");
    let packages = metadata.packages.into_iter();
    packages
        .map(|package| (package.name.clone(), package))
        .collect()
}

/// The packages of the workspace that one is built with.
fn known<'p>(packages: &'p BTreeMap<String, Package>, name: &'p str) -> BTreeSet<&'p str> {
    let mut known = BTreeSet::new();
    let mut left = vec![name];
    while let Some(package) = left.pop().map(|name| &packages[name]) {
        let own = package
            .dependencies()
            .filter(|name| packages.contains_key(*name));
        left.extend(own.filter(|name| known.insert(*name)));
    }
    known
}

#[test]
fn crates_know_only_those_that_they_may() {
    let packages = packages();
    let known = |name| known(&packages, name);
    assert_eq!(known("tc3-spec"), [].into());
    assert_eq!(known("tc3"), [].into());
    assert!(!known("tc3-parse").contains("tc3-codegen"));
    assert!(!known("tc3-codegen").contains("tc3-parse"));
    assert!(known("tc3-import").contains("tc3-parse"));
    assert!(known("tc3-fetch").contains("tc3-parse"));
    assert_eq!(known("tc3-emulator"), ["tc3", "tc3-spec"].into());
    assert_eq!(known("tc3-catalogue"), ["tc3-spec"].into());
    let all = [
        "tc3-catalogue",
        "tc3-codegen",
        "tc3-fetch",
        "tc3-import",
        "tc3-parse",
        "tc3-spec",
    ];
    assert_eq!(known("tc3-pipeline"), all.into());
    for package in packages.values().filter(|package| package.name != "xtask") {
        let is_tool = |name: &str| ["tc3-emulator", "tc3-pipeline"].contains(&name);
        assert!(!package.dependencies().any(is_tool), "{}", package.name);
    }
}

#[test]
fn generated_crates_know_the_runtime_and_have_no_rustdoc_tests() {
    let packages = packages();
    let is_generated = |package: &&Package| package.name.starts_with("tencentcloud-");
    let generated: Vec<_> = packages.values().filter(is_generated).collect();
    assert!(!generated.is_empty());
    for package in generated {
        assert_eq!(
            known(&packages, &package.name),
            ["tc3"].into(),
            "{}",
            package.name
        );
        assert!(
            package.code().all(|target| !target.doctest),
            "{}",
            package.name
        );
    }
}

#[test]
fn no_crate_may_have_unsafe_code() {
    let root = read(&workspace().join("Cargo.toml"));
    let lints = root
        .split("\n[")
        .find_map(|table| table.strip_prefix("workspace.lints.rust]"));
    assert!(lints.is_some_and(|lints| lints.contains("\nunsafe_code = \"forbid\"\n")));
    for package in packages().values() {
        let manifest = read(&package.manifest_path);
        assert!(
            manifest.contains("\n[lints]\nworkspace = true\n"),
            "{}",
            package.name
        );
    }
}
