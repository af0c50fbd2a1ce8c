//! Generated crates work inside and outside of workspaces, with the runtime from a path, a repository or a registry.

use std::fs;

use serde_json::Value;

use super::compiled::{cargo, lock};
use super::{TestFolder, mall};
use crate::command::{outcome, read, run, shown, workspace, write};

/// Returns the value of the option for the runtime of this repository.
fn path() -> String {
    let folder = fs::canonicalize(workspace().join("crates/runtime")).expect("the runtime");
    format!("path={}", shown(&folder))
}

#[test]
fn crate_needs_no_workspace() {
    let place = TestFolder::with(&mall());
    place.generate(&["--runtime", &path()]).succeeded();
    fs::remove_file(place.out().join("Cargo.toml")).expect("the workspace");
    let bank = place.out().join("bank");
    lock(&bank);
    cargo(&bank, &["check"], &["serde", "testing"]);
}

#[test]
fn crates_join_enclosing_workspace() {
    let place = TestFolder::with(&mall());
    place.generate(&[]).succeeded();
    assert!(place.out().join("Cargo.toml").exists());
    let around = place.folder.path().join("Cargo.toml");
    write(&around, "[workspace]\nmembers = [\"out/*\"]\n");
    place.generate(&[]).succeeded();
    assert!(!place.out().join("Cargo.toml").exists(), "it was generated");

    // Without members, cargo takes the nearest workspace.
    write(&around, "[workspace]\nmembers = []\n");
    place.generate(&[]).succeeded();
    assert!(place.out().join("Cargo.toml").exists());

    // The output folder may be the user's own workspace.
    let own = "[workspace]\nmembers = [\"*\"]\n";
    write(&place.out().join("Cargo.toml"), own);
    place.generate(&[]).succeeded();
    assert_eq!(place.read("Cargo.toml"), own);
}

#[test]
fn runtime_of_a_repository_or_registry() {
    let place = TestFolder::with(&mall());
    for (argument, expect) in [
        (
            "git=https://git.example/tc3",
            "tc3 = { git = \"https://git.example/tc3\", default-features = false }",
        ),
        (
            "git=ssh://git@git.example/tc3.git#1a2b3c4",
            "tc3 = { git = \"ssh://git@git.example/tc3.git\", rev = \"1a2b3c4\", default-features = false }",
        ),
        (
            "version=0.1",
            "tc3 = { version = \"0.1\", default-features = false }",
        ),
    ] {
        let arguments = ["--service", "shop", "--runtime", argument];
        place.generate(&arguments).succeeded();
        let manifest = place.read("shop/Cargo.toml");
        assert!(
            manifest.contains(&format!("\n[dependencies]\n{expect}\n")),
            "{manifest}"
        );
        let package = metadata(&place);
        for (key, expect) in [
            ("edition", "2024"),
            ("license", "MIT OR Apache-2.0"),
            ("version", env!("CARGO_PKG_VERSION")),
            ("rust_version", env!("CARGO_PKG_RUST_VERSION")),
        ] {
            assert_eq!(package[key], expect, "{key}");
        }
        assert_eq!(package["categories"][0], "api-bindings");
        assert_eq!(package["keywords"][4], "shop");
        assert_eq!(package["metadata"]["docs"]["rs"]["all-features"], true);
    }
}

/// Returns cargo's metadata of the crate `shop`.
#[track_caller]
fn metadata(place: &TestFolder) -> Value {
    let mut command = std::process::Command::new(std::env::var_os("CARGO").expect("cargo runs"));
    command.args(["metadata", "--no-deps", "--offline", "--format-version=1"]);
    let outcome = outcome(command.current_dir(place.out().join("shop")));
    let mut printed: Value = serde_json::from_str(outcome.succeeded()).expect("JSON");
    printed["packages"][0].take()
}

#[test]
fn unknown_runtimes_are_refused() {
    let place = TestFolder::with(&mall());
    for argument in ["../tc3", "path=", "git=#main", "version=new", "crate=tc3"] {
        let outcome = place.generate(&["--runtime", argument]);
        assert_eq!(outcome.code, Some(2), "{argument}");
        assert!(outcome.err.contains("--runtime"), "{}", outcome.err);
    }
    let specs = place.specs();
    let argument = format!("path={}", specs.display());
    let outcome = place.generate(&["--runtime", &argument]);
    let expect = format!(
        "error: {} has no Cargo.toml: name the folder of the crate `tc3`\n",
        specs.display()
    );
    assert_eq!(outcome.misused(), expect);
}

#[test]
fn runtime_is_documented() {
    let help = run(&["generate", "--help"]);
    let help = help.succeeded();
    for form in ["path=DIR", "git=URL[#REV]", "version=REQUIREMENT"] {
        assert!(help.contains(form), "{help}");
    }
}

#[test]
fn meanings_of_codes_do_not_depend_on_selection() {
    let mut mall = mall();
    let codes =
        serde_json::json!([{"code": "LimitExceeded.Orders", "description": "Too many orders."}]);
    mall[1]["errors"] = codes.clone();
    mall[1]["actions"]["Order"]["errors"] = codes;
    let place = TestFolder::with(&mall);
    let files = ["errors", "order"].map(|name| format!("shop/src/v20210331/{name}.rs"));
    let texts = || files.each_ref().map(|file| read(&place.out().join(file)));
    place.generate(&[]).succeeded();
    let whole = texts();
    place.generate(&["--action", "Order"]).succeeded();
    assert_eq!(texts(), whole);
    for text in whole {
        assert!(
            text.contains("(\"LimitExceeded.Orders\", \"Too many orders.\")"),
            "{text}"
        );
    }
}
