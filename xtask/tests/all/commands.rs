//! Tests output, written files and exit codes of the commands.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::command::{Outcome, run, shown, tree, workspace};

/// Returns the objects printed by `parse`.
fn pages(output: &Outcome) -> Vec<Value> {
    output
        .out
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect()
}

/// Creates a folder with the repository's pages only.
fn root() -> TempDir {
    folder_with(&["pages/2018-12-25", "pages/2021-03-31"])
}

/// Creates a folder with all sources of the repository's specs.
fn sources() -> TempDir {
    let root = folder_with(&["pages/2018-12-25", "pages/2021-03-31", "imports"]);
    for file in ["glossary.json", "fixups.json"] {
        let file = Path::new("specs/organization").join(file);
        fs::copy(workspace().join(&file), root.path().join(&file)).expect("a copy");
    }
    root
}

/// Copies these folders of the repository's service.
fn folder_with(folders: &[&str]) -> TempDir {
    let root = TempDir::new().expect("a folder");
    for folder in folders {
        let folder = Path::new("specs/organization").join(folder);
        fs::create_dir_all(root.path().join(&folder)).expect("a folder");
        for file in fs::read_dir(workspace().join(&folder)).expect("the files") {
            let file = file.expect("a file");
            fs::copy(
                file.path(),
                root.path().join(&folder).join(file.file_name()),
            )
            .expect("a copy");
        }
    }
    root
}

fn regenerate(root: &Path, more: &[&str]) -> Outcome {
    run(&[&["regenerate", "--root", shown(root)], more].concat())
}

const PAGE: &str = "specs/organization/pages/2021-03-31/AddOrganizationMemberEmail.txt";

#[test]
fn parse_prints_sorted_json_lines() {
    let output = run(&["parse", "specs/organization/pages"]);
    output.succeeded();
    assert_eq!(output.err, "");
    let names: Vec<_> = pages(&output)
        .iter()
        .map(|page| page["page"].as_str().expect("a path").to_owned())
        .collect();
    assert_eq!(
        names,
        [
            "specs/organization/pages/2018-12-25/SendOrganizationInvitation.txt",
            PAGE,
            "specs/organization/pages/2021-03-31/DescribeOrganizationMemberEmailBind.txt",
            "specs/organization/pages/2021-03-31/SendOrgMemberAccountBindEmail.txt",
            "specs/organization/pages/2021-03-31/UpdateOrganizationMemberEmailBind.txt",
        ]
    );
}

#[test]
fn parse_continues_after_a_bad_page() {
    let folder = TempDir::new().expect("a folder");
    let bad = folder.path().join("bad.txt");
    fs::write(&bad, "No page.\n").expect("a file");
    let output = run(&["parse", bad.to_str().expect("a path of letters"), PAGE]);
    output.failed();
    let pages = pages(&output);
    assert_eq!(pages.len(), 2);
    assert_eq!(pages[0]["diagnostics"][0]["severity"], "error");
    assert_eq!(
        (
            &pages[0]["diagnostics"][0]["line"],
            &pages[0]["diagnostics"][0]["column"]
        ),
        (&1.into(), &1.into())
    );
    assert!(pages[1]["actions"]["AddOrganizationMemberEmail"].is_object());
    let shown = &output.err;
    assert!(
        shown.starts_with("error: found no table of input parameters"),
        "{shown}"
    );
    assert!(shown.contains("bad.txt:1:1"), "{shown}");
}

#[test]
fn usage_error_prints_no_page() {
    for arguments in [
        &["parse"][..],
        &["parse", "no/such/page"],
        &["parse", PAGE, "no/such/page"],
        &["prase"],
        &[],
    ] {
        let output = run(arguments);
        assert_eq!(output.code, Some(2), "{arguments:?}");
        assert_eq!(output.out, "", "{arguments:?}");
        assert_ne!(output.err, "", "{arguments:?}");
    }
    for (arguments, argument) in [
        (&["parse", "none"][..], "<PATH>..."),
        (&["import", "none", "--all"], "<PACKAGE>"),
        (&["conformance", "none"], "<PACKAGE>"),
        (&["catalogue", "none"], "<PACKAGE>..."),
        (
            &["generate", "--specs", "none", "--out", "out"],
            "--specs <DIR>",
        ),
        (&["explain", "--specs", "none", "Item"], "--specs <DIR>"),
        (&["regenerate", "--root", "none"], "--root <DIR>"),
    ] {
        let output = run(arguments);
        let expect =
            format!("error: invalid value 'none' for '{argument}': No such file or directory");
        assert!(
            output.err.starts_with(&expect),
            "{arguments:?}: {}",
            output.err
        );
        assert_eq!(output.code, Some(2));
    }
}

#[test]
fn folder_without_pages_is_a_usage_error() {
    let folder = TempDir::new().expect("a folder");
    fs::create_dir(folder.path().join("pages")).expect("a folder");
    fs::write(folder.path().join("pages/.hidden"), "No page.\n").expect("a file");
    let path = folder.path().to_str().expect("a path of letters");
    let output = run(&["parse", PAGE, path]);
    assert_eq!(output.code, Some(2));
    assert_eq!(output.out, "");
    assert_eq!(
        output.err,
        format!(
            "error: no pages in folder {path}\n\nUsage: cargo xtask parse <PATH>...\n\n\
             For more information, try '--help'.\n"
        )
    );
}

#[test]
fn specs_are_no_output_folder() {
    let output = run(&["generate", "--out", "specs"]);
    let expect = "error: specs is the folder of the specs: choose another folder for the crates with `--out`\n\n\
                  Usage: cargo xtask generate [OPTIONS] --out <DIR>\n\nFor more information, try '--help'.\n";
    assert_eq!(output.err, expect);
}

#[test]
fn leftovers_of_killed_run_are_removed() {
    let root = root();
    regenerate(root.path(), &[]);
    let kept = tree(root.path());
    let generated = root.path().join("generated");
    // Killed after removing the last file of a crate, and after writing a temporary file.
    fs::create_dir_all(generated.join("gone/src")).expect("a folder");
    fs::create_dir_all(generated.join("new")).expect("a folder");
    fs::write(generated.join("new/.page.half.tc3-tmp"), "[package]\n").expect("a file");
    regenerate(root.path(), &[]).succeeded();
    assert_eq!(tree(root.path()), kept);
    assert!(!generated.join("gone").exists() && !generated.join("new").exists());

    // The last crate is removed, but the locked folder is kept.
    fs::remove_dir_all(root.path().join("specs/organization")).expect("the service is there");
    fs::create_dir(root.path().join("specs/organization")).expect("a folder");
    let output = regenerate(root.path(), &["--allow-removal"]);
    output.succeeded();
    let left = fs::read_dir(&generated).expect("the folder stays");
    assert_eq!(left.count(), 0);
}

#[test]
fn parse_ignores_a_broken_pipe() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(workspace())
        .args(["parse", "specs/organization/pages"])
        .stdout(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn regenerate_is_idempotent() {
    let root = root();
    let first = regenerate(root.path(), &[]);
    first.succeeded();
    let summary = first.out;
    assert!(
        summary.starts_with(
            "read  5 pages of 1 service: 5 actions, 0 data types, 78 rows; 0 errors, 0 warnings\n"
        ),
        "{summary}"
    );
    let written = tree(root.path());
    let second = regenerate(root.path(), &[]).out;
    assert!(
        second.contains(": 0 new, 0 changed, 0 removed\n"),
        "{second}"
    );
    assert_eq!(tree(root.path()), written);
    regenerate(root.path(), &["--check"]).succeeded();
}

#[test]
fn repository_is_up_to_date() {
    let root = sources();
    let output = regenerate(root.path(), &[]);
    output.succeeded();
    let summary = &output.out;
    assert!(
        summary.starts_with(
            "read  5 pages of 1 service: 146 actions, 56 data types, 78 rows; 0 errors, 0 warnings\n"
        ),
        "{summary}"
    );
    for folder in ["specs", "generated"] {
        let generated = tree(&root.path().join(folder)).expect("a folder");
        let committed = tree(&workspace().join(folder)).expect("a folder");
        // A file that is no longer generated is also stale.
        for path in committed.keys().chain(generated.keys()) {
            assert!(
                committed.get(path) == generated.get(path),
                "{folder}/{} is stale: run `cargo xtask regenerate`",
                path.display()
            );
        }
    }
}

#[test]
fn check_prints_a_diff_and_writes_nothing() {
    let root = root();
    regenerate(root.path(), &[]);
    let spec = root.path().join("specs/organization/2018-12-25.json");
    let whole = fs::read_to_string(&spec).expect("a spec");
    fs::write(&spec, whole.replace("UIN of the invitee", "Somebody")).expect("a file");
    let stale = root.path().join("generated/organization/src/stale.rs");
    fs::create_dir_all(stale.parent().expect("a folder")).expect("a folder");
    fs::write(&stale, "// This file is @generated.\n").expect("a file");
    let own = root.path().join("generated/organization/src/own.rs");
    fs::write(&own, "// Handwritten.\n").expect("a file");
    let before = tree(root.path());
    let output = regenerate(root.path(), &["--check"]);
    output.failed();
    let diff = &output.out;
    assert!(
        diff.contains(
            "--- a/specs/organization/2018-12-25.json\n+++ b/specs/organization/2018-12-25.json\n"
        ),
        "{diff}"
    );
    assert!(diff.contains("-          \"description\": \"Somebody\"\n+          \"description\": \"UIN of the invitee\"\n"), "{diff}");
    assert!(
        diff.contains("--- a/generated/organization/src/stale.rs\n+++ /dev/null\n"),
        "{diff}"
    );
    assert!(output.err.contains("run `cargo xtask regenerate`"));
    assert_eq!(tree(root.path()), before);

    regenerate(root.path(), &[]).succeeded();
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), whole);
    assert!(
        !stale.exists(),
        "a generated file without a source is removed"
    );
    assert!(own.exists(), "a handwritten file is kept");
}

#[test]
fn crate_of_removed_service_is_removed() {
    let root = root();
    regenerate(root.path(), &[]);
    let kept = tree(root.path());
    let gone = root.path().join("generated/gone");
    for (path, bytes) in kept.iter().flatten() {
        if let Ok(below) = path.strip_prefix("generated/organization")
            && root.path().join(path).is_file()
        {
            let path = gone.join(below);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
    }
    let before = tree(root.path());
    for arguments in [&["--check"][..], &[]] {
        let output = regenerate(root.path(), arguments);
        output.failed();
        let shown = &output.err;
        let expect = "error: would remove 4 actions of gone 2021-03-31 (`AddOrganizationMemberEmail`, \
                      `DescribeOrganizationMemberEmailBind`, `SendOrgMemberAccountBindEmail`, \
                      `UpdateOrganizationMemberEmailBind`): no longer in any spec, only in \
                      generated/gone/src/v20210331\n";
        assert!(shown.contains(expect), "{shown}");
        assert_eq!(tree(root.path()), before);
    }
    let output = regenerate(root.path(), &["--allow-removal"]);
    output.succeeded();
    assert_eq!(tree(root.path()), kept);
    assert!(
        !gone.exists(),
        "every folder in `generated` is a member of the workspace"
    );
}

#[test]
fn spec_without_pages_is_a_source() {
    let root = TempDir::new().expect("a folder");
    let service = root.path().join("specs/shop");
    fs::create_dir_all(&service).expect("a folder");
    let spec = include_str!("../../../crates/codegen/tests/specs/undefined.json");
    fs::write(service.join("2021-03-31.json"), spec).expect("a file");
    let output = regenerate(root.path(), &[]);
    let (shown, summary) = (output.err, output.out);
    assert_eq!(
        shown,
        "warning: the spec of `shop` 2021-03-31 does not define `Label`: actions.AddLabel.request.Label and other \
         fields of this type are untyped\n\n\
         warning: the spec of `shop` 2021-03-31 does not define `Price`: types.Item.fields.Price and other fields of this \
         type are untyped\n\n"
    );
    assert!(
        summary.starts_with(
            "read  0 pages of 1 service: 2 actions, 1 data type, 0 rows; 0 errors, 2 warnings\n"
        ),
        "{summary}"
    );
    let written = fs::read_to_string(service.join("2021-03-31.json")).expect("a spec");
    assert_eq!(written, spec);

    let twice = spec.replace("\"AddLabel\"", "\"CreateOrder\"");
    fs::write(service.join("2021-03-31.json"), &twice).expect("a file");
    let before = tree(root.path());
    let output = regenerate(root.path(), &[]);
    output.failed();
    let shown = &output.err;
    let expect = "2021-03-31.json:22:17: duplicate key `CreateOrder`\n";
    assert!(shown.ends_with(expect), "{shown}");
    assert_eq!(tree(root.path()), before);
}

#[test]
fn deleted_page_is_removed_from_the_spec() {
    let root = TempDir::new().expect("a folder");
    let file = root.path().join("specs/shop/2021-03-31.json");
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    let spec = include_str!("../../../crates/codegen/tests/specs/undefined.json");
    let mut old: Value = serde_json::from_str(spec).expect("JSON");
    let page = |name: &str| json!([{"page": format!("pages/2021-03-31/{name}.txt")}]);
    old["sources"] = json!({"types": page("DataTypes"), "errors": page("ErrorCodes")});
    fs::write(&file, old.to_string()).expect("a file");
    let output = regenerate(root.path(), &[]);
    output.succeeded();
    assert_eq!(fs::read_to_string(&file).expect("a spec"), spec);
}

#[test]
fn corrected_facts_are_kept() {
    let root = root();
    regenerate(root.path(), &[]);
    let spec = root.path().join("specs/organization/2021-03-31.json");
    let derived = fs::read_to_string(&spec).expect("a spec");
    let bind = derived
        .find("\"DescribeOrganizationMemberEmailBind\"")
        .expect("the action");
    let (before, action) = derived.split_at(bind);
    let corrected = before.to_owned() + &action.replacen("\"read\"", "\"write\"", 1);
    assert_ne!(corrected, derived);
    // Everything else in the file is rebuilt.
    fs::write(&spec, corrected.replace("\"format\": 1", "\"format\": 0")).expect("a file");

    let output = regenerate(root.path(), &[]);
    output.succeeded();
    let shown = &output.out;
    let line = "kept  organization 2021-03-31 actions.DescribeOrganizationMemberEmailBind.access: \
        the action writes, but its name implies that it reads\n";
    assert!(shown.contains(line), "{shown}");
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), corrected);
    let check = regenerate(root.path(), &["--check"]);
    check.succeeded();
    assert!(check.out.contains(line));

    let pages = r#""access": "read", "pagination": { "by": "token", "items": "Members" }"#;
    let mismatch = derived.replacen(r#""access": "read""#, pages, 1);
    fs::write(&spec, mismatch).expect("a file");
    let output = regenerate(root.path(), &[]);
    output.succeeded();
    let shown = &output.err;
    assert!(
        shown.contains("the response has no array `Members`; the derived value is used"),
        "{shown}"
    );
    assert_eq!(fs::read_to_string(&spec).expect("a spec"), derived);
}

#[test]
fn invalid_correction_is_an_error() {
    let root = root();
    regenerate(root.path(), &[]);
    let spec = root.path().join("specs/organization/2021-03-31.json");
    let whole = fs::read_to_string(&spec).expect("a spec");
    fs::write(&spec, whole.replacen("\"read\"", "\"reed\"", 1)).expect("a file");
    let before = tree(root.path());
    let output = regenerate(root.path(), &[]);
    output.failed();
    let shown = &output.err;
    assert!(
        shown.contains("cannot keep the corrections in specs/organization/2021-03-31.json"),
        "{shown}"
    );
    assert!(
        shown.contains("unknown variant `reed`, expected `read` or `write` at line"),
        "{shown}"
    );
    assert_eq!(tree(root.path()), before);
}

#[test]
fn page_with_error_writes_nothing() {
    let root = root();
    regenerate(root.path(), &[]);
    let page = root.path().join(PAGE);
    let whole = fs::read_to_string(&page).expect("a page");
    fs::write(
        &page,
        whole
            .replace("Phone Yes String Mobile", "Yes String Mobile")
            .replace("mailbox", "box"),
    )
    .expect("a file");
    let before = tree(root.path());
    let output = regenerate(root.path(), &[]);
    output.failed();
    let shown = &output.err;
    assert!(shown.contains("error: the row has no name"), "{shown}");
    assert!(shown.contains(&format!("{PAGE}:33:1")), "{shown}");
    assert!(shown.contains("nothing was written"), "{shown}");
    assert_eq!(tree(root.path()), before);
}

#[test]
fn conflicting_pages_are_named() {
    let root = root();
    let other = root
        .path()
        .join("specs/organization/pages/2021-03-31/Other.txt");
    let whole = fs::read_to_string(root.path().join(PAGE)).expect("a page");
    fs::write(&other, whole.replace("Mobile number.", "Telephone.")).expect("a file");
    let misplaced = root
        .path()
        .join("specs/organization/pages/2018-12-25/Misplaced.txt");
    fs::write(
        &misplaced,
        whole.replace("AddOrganizationMemberEmail", "AddOther"),
    )
    .expect("a file");
    let output = regenerate(root.path(), &[]);
    output.failed();
    let shown = &output.err;
    let expect = "error: specs/organization/pages/2018-12-25/Misplaced.txt: the version is `2021-03-31` here and \
                  `2018-12-25` in the folder specs/organization/pages/2018-12-25\n";
    assert!(shown.contains(expect), "{shown}");
    assert!(
        !root
            .path()
            .join("specs/organization/2021-03-31.json")
            .exists()
    );
    fs::remove_file(misplaced).expect("the page is there");
    let shown = regenerate(root.path(), &[]).err;
    assert!(
        shown.contains("Other.txt: the action `AddOrganizationMemberEmail` differs from"),
        "{shown}"
    );
}

#[test]
fn missing_specs_are_an_error() {
    let root = TempDir::new().expect("a folder");
    let output = regenerate(root.path(), &[]);
    output.failed();
    assert!(
        output.err.starts_with("error: cannot list "),
        "{}",
        output.err
    );
}
