//! Runs `cargo-semver-checks` on a sample of the cases. `SEMVER.md` lists its results and explains the differences.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

use tc3_codegen::{Runtime, generate_client, workspace_manifest};

use crate::diff::cases::{Case, cases};
use crate::diff::workspace::{runtime, write};

/// Document with a table of cases, each with the release that the tool requires and its lints.
const DOCUMENT: &str = include_str!("SEMVER.md");

/// Returns the rows of the table: the case, the release and the lints.
fn documented() -> Vec<(Case, &'static str, &'static str)> {
    let rows = DOCUMENT
        .lines()
        .filter(|line| line.starts_with("| "))
        .skip(1);
    let row = |row: &'static str| {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let [_, name, release, lints, ..] = cells[..] else {
            panic!("malformed row: {row}")
        };
        let mut named = cases().into_iter().filter(|case| case.name() == name);
        let case = named
            .next()
            .unwrap_or_else(|| panic!("unknown case {name}"));
        (case, release, lints)
    };
    rows.map(row).collect()
}

#[test]
fn documented_cases_exist() {
    assert!(documented().len() > 10);
}

/// Runs the program in `CARGO_SEMVER_CHECKS`, or the one on the path. Run it by hand when `SEMVER.md` changes: building
/// that program takes longer than all other tests.
#[test]
#[ignore = "needs cargo-semver-checks, which is not part of this repository"]
fn cargo_semver_checks_matches_the_document() {
    for (number, (case, release, lints)) in documented().iter().enumerate() {
        let (required, failed) = required_release(number, case);
        let name = case.name();
        assert_eq!(
            (required.as_str(), failed.as_str()),
            (*release, *lints),
            "{name}"
        );
    }
}

/// Returns the release that the tool requires, `major`, `minor` or `any`, and the lints that failed.
fn required_release(number: usize, case: &Case) -> (String, String) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("semver/{number}"));
    let _ = fs::remove_dir_all(&folder);
    for (side, spec) in ["old", "new"].into_iter().zip(case.specs()) {
        let specs: Vec<_> = spec.into_iter().collect();
        let path = Runtime::Path(runtime().to_string_lossy().into_owned());
        let krate = generate_client(&specs, &[], &path).expect("the crate is generated");
        for (path, text) in krate.files {
            write(&folder.join(side).join("shop").join(path), &text);
        }
        let manifest = workspace_manifest(&["shop"]);
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
    let printed = [output.stderr, output.stdout]
        .map(|text| String::from_utf8_lossy(&text).into_owned())
        .concat();
    let lints: Vec<&str> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("--- failure ")?.split(':').next())
        .collect();
    let is_required =
        |release: &&str| printed.contains(&format!("semver requires new {release} version"));
    let release = ["major", "minor"].into_iter().find(is_required);
    assert!(output.status.success() == release.is_none(), "{printed}");
    (release.unwrap_or("any").to_owned(), lints.join(", "))
}
