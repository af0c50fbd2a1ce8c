//! A change of the spec triggers a rebuild.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use crate::target::target;

const PROGRAM: &str = r#"
tc3_macros::client! {
    spec: "specs/organization.json",
    actions: [ListOrganizationIdentity],
}

fn main() {
    let _ = |identity: Identity| identity.name;
}
"#;

#[test]
fn spec_change_triggers_rebuild() {
    let package = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rebuild");
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let manifest = format!(
        "[package]\nname = \"rebuild\"\nedition = \"2024\"\n\n[dependencies]\n\
         tc3 = {{ path = {:?}, default-features = false }}\ntc3-macros = {{ path = {:?} }}\n\n[workspace]\n",
        crates.join("runtime"),
        crates.join("macros"),
    );
    let spec = fs::read_to_string("tests/specs/organization.json").unwrap();
    fs::create_dir_all(package.join("src")).unwrap();
    fs::create_dir_all(package.join("specs")).unwrap();
    fs::write(package.join("Cargo.toml"), manifest).unwrap();
    fs::copy(crates.join("../Cargo.lock"), package.join("Cargo.lock")).unwrap();
    fs::write(package.join("src/main.rs"), PROGRAM).unwrap();

    fs::write(package.join("specs/organization.json"), &spec).unwrap();
    check(&package).unwrap();
    let renamed = spec.replace(r#""name": "Name""#, r#""name": "FullName""#);
    assert_ne!(renamed, spec);
    fs::write(package.join("specs/organization.json"), renamed).unwrap();
    let message = check(&package).unwrap_err();
    assert!(message.contains("no field `name`"), "{message}");
}

/// Runs `cargo check` on the package; fails with its output.
fn check(package: &Path) -> Result<(), String> {
    let output = Command::new(env::var_os("CARGO").unwrap())
        .args(["check", "--quiet", "--offline"])
        .current_dir(package)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .unwrap();
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
