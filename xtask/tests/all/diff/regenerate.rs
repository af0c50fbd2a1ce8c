//! Changes reported by `regenerate`.

use crate::command::{Outcome, read, run, shown, tree, workspace, write};
use crate::diff::shop::TestFolder;

const PAGE: &str = "specs/organization/pages/2021-03-31/AddOrganizationMemberEmail.txt";

/// Creates a folder with one page, and regenerates it.
fn place() -> TestFolder {
    let place = TestFolder::new();
    write(&place.path().join(PAGE), read(&workspace().join(PAGE)));
    regenerate(&place, &[]).succeeded();
    place
}

fn regenerate(place: &TestFolder, more: &[&str]) -> Outcome {
    let root = shown(place.path());
    run(&[&["regenerate", "--root", root], more].concat())
}

const CHANGES: &str = "\
organization: breaking
  2021-03-31  parameter AddOrganizationMemberEmail.Email became optional: its field is now an Option, and the builder has one type parameter less
organization: 1 breaking, 0 additions, 0 of behaviour and documentation, 0 of wording and order\n";

#[test]
fn changes_follow_the_written_files() {
    let place = place();
    let page = place.path().join(PAGE);
    write(
        &page,
        read(&page).replace("Email Yes String", "Email No String"),
    );
    let outcome = regenerate(&place, &[]);
    let (_, printed) = outcome
        .succeeded()
        .split_once("\nwrote ")
        .expect("a summary");
    let (_, lines) = printed.split_once('\n').expect("lines");
    assert_eq!(lines, CHANGES);
    let outcome = regenerate(&place, &[]);
    assert!(
        outcome.succeeded().ends_with("0 removed\n"),
        "{}",
        outcome.out
    );
}

#[test]
fn check_lists_changes_before_the_diff() {
    let place = place();
    let page = place.path().join(PAGE);
    write(
        &page,
        read(&page).replace("Email Yes String", "Email No String"),
    );
    let before = tree(place.path());
    let outcome = regenerate(&place, &["--check"]);
    assert_eq!(tree(place.path()), before);
    assert_eq!(outcome.code, Some(1));
    let at = |part: &str| {
        outcome
            .out
            .find(part)
            .unwrap_or_else(|| panic!("{part}: {}", outcome.out))
    };
    let changes = at(CHANGES);
    assert!(changes < at("--- a/generated/organization/src/v20210331/"));
    assert!(changes < at("--- a/specs/organization/2021-03-31.json"));
    let mends = "error: specs or generated code are stale: run `cargo xtask regenerate` and commit its changes\n";
    assert_eq!(outcome.err, mends);
}

/// The version comes from the manifest of the crate or its workspace, as in published clients.
#[test]
fn next_version_follows_the_crate() {
    let place = place();
    let page = place.path().join(PAGE);
    write(
        &place.path().join("Cargo.toml"),
        "[workspace]\nmembers = []\n[workspace.package]\nversion = \"1.4.2\"\n",
    );
    write(
        &page,
        read(&page).replace("Email Yes String", "Email No String"),
    );
    let outcome = regenerate(&place, &[]);
    assert!(
        outcome
            .succeeded()
            .ends_with("of wording and order; the next version is 2.0.0, after 1.4.2\n"),
        "{}",
        outcome.out
    );
}

#[test]
fn unreadable_spec_is_rebuilt() {
    let place = place();
    write(
        &place.path().join("specs/organization/2021-03-31.json"),
        "{}\n",
    );
    let outcome = regenerate(&place, &[]);
    outcome.succeeded();
    assert!(
        outcome.err.contains(
            "warning: the changes are unknown, because the previous spec cannot be read: "
        ),
        "{}",
        outcome.err
    );
    assert!(
        outcome.out.contains("the changes for callers are unknown"),
        "{}",
        outcome.out
    );
}

#[test]
fn lost_spec_is_not_a_new_version() {
    let place = place();
    let page = place.path().join(PAGE);
    write(
        &page,
        read(&page).replace("MemberUin Yes Integer", "MemberUin Yes String"),
    );
    let spec = place.path().join("specs/organization/2021-03-31.json");
    std::fs::remove_file(&spec).expect("the spec was there");
    let outcome = regenerate(&place, &[]);
    let expect = "\norganization: the changes for callers are unknown, because the previous spec of 2021-03-31 is \
                  missing or unreadable: run `cargo xtask diff REVISION specs` with a revision that has it\n";
    assert!(outcome.succeeded().ends_with(expect), "{}", outcome.out);
}

#[test]
fn removed_service_is_breaking() {
    let place = place();
    let foreign = place
        .path()
        .join("specs/shop/pages/2021-03-31/AddOrganizationMemberEmail.txt");
    let text = read(&place.path().join(PAGE)).replace("organization.intl", "shop.intl");
    write(&foreign, text);
    regenerate(&place, &[]).succeeded();
    std::fs::remove_dir_all(place.path().join("specs/shop")).expect("it was there");
    let outcome = regenerate(&place, &["--allow-removal"]);
    let expect = "\nshop: breaking\n  2021-03-31  the version was removed: its module is removed\nshop: 1 breaking, 0 additions, 0 of \
                  behaviour and documentation, 0 of wording and order\n";
    assert!(outcome.succeeded().ends_with(expect), "{}", outcome.out);
}
