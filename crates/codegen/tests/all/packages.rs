//! Generated crates as packages: a caller compiles against a grown service, and hostile names compile and are
//! documented without warnings.

use crate::cases;
use crate::target::target;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// A workspace of generated crates.
const WORKSPACE: &str = r#"
[workspace]
resolver = "3"
members = ["*/*"]
exclude = ["target"]

[workspace.package]
version = "0.0.0"
edition = "2024"
rust-version = "1.89"
license = "MIT OR Apache-2.0"
repository = "https://git.example/tc3"
publish = false

[workspace.lints.rust]
missing_docs = "warn"
unreachable_pub = "warn"
unsafe_code = "forbid"
warnings = "deny"

[workspace.dependencies]
"#;

/// Returns the package of a caller.
fn caller(service: &str) -> String {
    format!(
        r#"
[package]
name = "caller"
edition = "2024"

[dependencies]
tencentcloud-{service} = {{ path = "../client", default-features = false }}
"#
    )
}

#[test]
fn hostile_names_compile_without_warnings() {
    let workspace = workspace("names", "hostile");
    for features in ["", "serde", "testing", "serde,testing"] {
        let package = ["--package", "tencentcloud-hostile"];
        let arguments = [&["check"], &package[..], &["--features", features]].concat();
        cargo(&workspace, &arguments, "");
    }
}

#[test]
fn caller_compiles_after_service_grows() {
    for case in ["before", "after"] {
        check(case, "growth", "caller.rs");
    }
}

#[test]
fn caller_uses_pagination() {
    check("pages", "club", "reader.rs");
}

/// Compiles a caller of a case's service.
#[track_caller]
fn check(case: &str, service: &str, source: &str) {
    let workspace = workspace(case, case);
    let package = workspace.join(case).join("caller");
    write(&package.join("Cargo.toml"), &caller(service));
    let source = fs::read_to_string(cases::folder(source)).unwrap();
    write(&package.join("src/lib.rs"), &source);
    cargo(&workspace, &["check", "--package", "caller"], "");
}

#[test]
fn hostile_documentation_has_no_warnings() {
    let workspace = workspace("documentation", "hostile");
    let package = ["--package", "tencentcloud-hostile"];
    let arguments = ["doc", "--no-deps", "--features", "testing"];
    cargo(
        &workspace,
        &[arguments.as_slice(), &package].concat(),
        "-D warnings",
    );
}

/// Creates a workspace with the crate of a case in the folder `<case>/client`.
fn workspace(name: &str, case: &str) -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let workspace = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let runtime = root.join("crates/runtime");
    let pipeline = root.join("crates/pipeline");
    // The pipeline is for the crate's own tests, which are not built here.
    let runtime = format!(
        "tc3 = {{ path = {runtime:?}, default-features = false }}\ntc3-pipeline = {{ path = {pipeline:?} }}\n"
    );
    write(
        &workspace.join("Cargo.toml"),
        &format!("{WORKSPACE}{runtime}"),
    );
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock")).unwrap();
    for (path, text) in cases::generate(case).files {
        write(&workspace.join(case).join("client").join(path), &text);
    }
    workspace
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[track_caller]
fn cargo(workspace: &Path, arguments: &[&str], rustdoc_flags: &str) {
    let output = Command::new(env::var_os("CARGO").unwrap())
        .args(arguments)
        .args(["--quiet", "--offline", "--no-default-features"])
        .current_dir(workspace)
        .env("CARGO_TARGET_DIR", target())
        .env("RUSTDOCFLAGS", rustdoc_flags)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}
