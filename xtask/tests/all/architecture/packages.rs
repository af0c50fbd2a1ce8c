//! Checks the dependencies between the crates of the workspace.

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
    /// Names of its dependencies, without dev-dependencies.
    fn dependencies(&self) -> impl Iterator<Item = &str> {
        let dependencies = self.dependencies.iter();
        let dependencies = dependencies.filter(|it| it.kind.as_deref() != Some("dev"));
        dependencies.map(|it| it.name.as_str())
    }

    fn code(&self) -> impl Iterator<Item = &Target> {
        let is_code = |kind: &String| ["lib", "proc-macro", "bin"].contains(&kind.as_str());
        let targets = self.targets.iter();
        targets.filter(move |target| target.kind.iter().any(is_code))
    }

    /// Root files of its library and binaries.
    pub(super) fn roots(&self) -> impl Iterator<Item = &PathBuf> {
        self.code().map(|target| &target.src_path)
    }
}

/// Returns the packages of the workspace by name.
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

/// Returns the direct and transitive dependencies of a package that are in the workspace.
fn dependencies<'p>(packages: &'p BTreeMap<String, Package>, name: &'p str) -> BTreeSet<&'p str> {
    let mut found = BTreeSet::new();
    let mut pending = vec![name];
    while let Some(package) = pending.pop().map(|name| &packages[name]) {
        let direct = package
            .dependencies()
            .filter(|name| packages.contains_key(*name));
        pending.extend(direct.filter(|name| found.insert(*name)));
    }
    found
}

#[test]
fn crates_have_only_allowed_dependencies() {
    let packages = packages();
    let dependencies = |name| dependencies(&packages, name);
    for name in ["tc3-spec", "tc3-protocol", "tc3-loopback", "tc3-files"] {
        assert_eq!(dependencies(name), [].into(), "{name}");
    }
    assert_eq!(dependencies("tc3"), ["tc3-protocol"].into());
    assert!(!dependencies("tc3-parse").contains("tc3-codegen"));
    assert!(!dependencies("tc3-codegen").contains("tc3-parse"));
    assert!(dependencies("tc3-import").contains("tc3-parse"));
    assert!(dependencies("tc3-fetch").contains("tc3-parse"));
    let below = ["tc3", "tc3-protocol", "tc3-spec"];
    assert_eq!(dependencies("tc3-calls"), below.into());
    let below = [
        "tc3",
        "tc3-files",
        "tc3-loopback",
        "tc3-protocol",
        "tc3-spec",
    ];
    assert_eq!(dependencies("tc3-emulator"), below.into());
    assert_eq!(dependencies("tc3-verify"), ["tc3", "tc3-protocol"].into());
    for name in ["tc3-catalogue", "tc3-arguments"] {
        assert_eq!(dependencies(name), ["tc3-spec"].into(), "{name}");
    }
    let names = ["tc3-catalogue", "tc3-codegen", "tc3-spec"];
    assert_eq!(dependencies("tc3-snippets"), names.into());
    let all = [
        "tc3-catalogue",
        "tc3-codegen",
        "tc3-fetch",
        "tc3-files",
        "tc3-import",
        "tc3-parse",
        "tc3-spec",
    ];
    assert_eq!(dependencies("tc3-pipeline"), all.into());
    for (tool, expected) in [
        ("tc3-pipeline", &["xtask"][..]),
        ("tc3-explorer", &["tc3-cli"]),
        ("tc3-emulator", &["tc3-cli", "tc3-explorer"]),
    ] {
        let users = packages.values();
        let users = users.filter(|package| package.dependencies().any(|name| name == tool));
        let users: Vec<&str> = users.map(|package| package.name.as_str()).collect();
        assert_eq!(users, expected, "users of {tool}");
    }
}

#[test]
fn generated_crates_need_the_runtime_and_no_doctests() {
    let packages = packages();
    let is_generated = |package: &&Package| package.name.starts_with("tencentcloud-");
    let generated: Vec<_> = packages.values().filter(is_generated).collect();
    assert!(!generated.is_empty());
    for package in generated {
        assert_eq!(
            dependencies(&packages, &package.name),
            ["tc3", "tc3-protocol"].into(),
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
fn unsafe_code_is_forbidden() {
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
