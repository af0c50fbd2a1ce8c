//! `cargo-semver-checks` on a sample of the cases; `SEMVER.md` has what it says, and why it differs where it does.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use tc3_codegen::{generate_client, workspace_manifest};

use crate::diff::cases::{Case, cases};
use crate::diff::world::{runtime, write};

/// The table has what all changes of a case are, the release that the tool asks for, and for which reasons.
const NOTED: &str = include_str!("SEMVER.md");

/// Each row of the table: its case, the release, and the reasons.
fn noted() -> Vec<(Case, &'static str, &'static str)> {
    let rows = NOTED.lines().filter(|line| line.starts_with("| ")).skip(1);
    let row = |row: &'static str| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, name, release, lints, ..] = cells[..] else {
            panic!("no row: {row}")
        };
        let mut named = cases().into_iter().filter(|case| case.name() == name);
        let case = named.next().unwrap_or_else(|| panic!("no case is {name}"));
        (case, release, lints)
    };
    rows.map(row).collect()
}

#[test]
fn what_is_noted_is_of_a_case() {
    assert!(noted().len() > 10);
}

/// Runs the program that `CARGO_SEMVER_CHECKS` names, or the one on the path. It is run by hand when `SEMVER.md` changes:
/// building that program takes longer than all other tests.
#[test]
#[ignore = "needs cargo-semver-checks, which is no part of this repository"]
fn cargo_semver_checks_says_what_is_noted() {
    for (number, (case, release, lints)) in noted().iter().enumerate() {
        let (asked_for, reasons) = asked(number, case);
        let name = case.name();
        assert_eq!(
            (asked_for.as_str(), reasons.as_str()),
            (*release, *lints),
            "{name}"
        );
    }
}

/// The release that the tool asks for, `major`, `minor` or `any`, and its lints that do.
fn asked(number: usize, case: &Case) -> (String, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("semver/{number}"));
    let _ = fs::remove_dir_all(&folder);
    for (side, spec) in ["old", "new"].into_iter().zip(case.specs()) {
        let specs: Vec<_> = spec.into_iter().collect();
        let krate = generate_client(&specs, &[]).expect("the crate is generated");
        for (path, text) in krate.files {
            write(&folder.join(side).join("shop").join(path), &text);
        }
        let manifest = workspace_manifest(&["shop"], &runtime().to_string_lossy());
        write(&folder.join(side).join("Cargo.toml"), &manifest);
    }
    let program = env::var_os("CARGO_SEMVER_CHECKS").unwrap_or("cargo-semver-checks".into());
    let output = Command::new(program)
        .args([
            "semver-checks",
            "check-release",
            "--release-type",
            "patch",
            "--only-explicit-features",
        ])
        .args(["--color", "never", "--manifest-path"])
        .arg(folder.join("new/shop/Cargo.toml"))
        .arg("--baseline-root")
        .arg(folder.join("old"))
        .env(
            "CARGO_TARGET_DIR",
            Path::new(env!("CARGO_TARGET_TMPDIR")).join("semver/target"),
        )
        .output()
        .expect("cargo-semver-checks starts");
    let told = [output.stderr, output.stdout]
        .map(|text| String::from_utf8_lossy(&text).into_owned())
        .concat();
    let lints: Vec<&str> = told
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next())
        .collect();
    let asks = |release: &&str| told.contains(&format!("semver requires new {release} version"));
    let release = ["major", "minor"].into_iter().find(asks);
    assert!(output.status.success() == release.is_none(), "{told}");
    (release.unwrap_or("any").to_owned(), lints.join(", "))
}
