//! Valid and invalid sides of a comparison.

use serde_json::{Value, json};

use crate::diff::shop::{TestFolder, field, spec};

const NEW: &str = "parameter Order.Name is new";

fn old(version: &str) -> Value {
    spec("shop", version, json!([]))
}

fn new(version: &str) -> Value {
    spec("shop", version, json!([field("Name", "String")]))
}

/// Creates a folder with two services before and after.
fn mall() -> TestFolder {
    let place = TestFolder::new();
    for version in ["2020-01-01", "2021-03-31"] {
        place.put(&format!("old/shop/{version}.json"), &old(version));
        place.put(&format!("new/shop/{version}.json"), &new(version));
        place.put(&format!("old/shop/imports/{version}.json"), &old(version));
    }
    for side in ["old", "new"] {
        let spec = spec("bank", "2021-03-31", json!([]));
        place.put(&format!("{side}/bank/2021-03-31.json"), &spec);
    }
    place
}

#[test]
fn folders_of_one_or_many_services() {
    let place = mall();
    let changed =
        "shop: 0 breaking, 2 additions, 0 of behaviour and documentation, 0 of wording and order\n";
    let outcome = place.diff(&["old", "new"]);
    assert!(
        outcome
            .succeeded()
            .starts_with("bank: nothing changed for callers\nshop: additions\n")
    );
    assert!(outcome.out.ends_with(changed), "{}", outcome.out);
    for [old, new] in [
        ["old/shop", "new/shop"],
        ["old", "new/shop"],
        ["old/shop", "new"],
    ] {
        let outcome = place.diff(&[old, new]);
        assert!(
            outcome.succeeded().starts_with("shop: additions\n"),
            "{}",
            outcome.out
        );
        assert!(outcome.out.ends_with(changed), "{}", outcome.out);
    }
}

#[test]
fn file_covers_its_version() {
    let place = mall();
    let outcome = place.diff(&["old", "new/shop/2021-03-31.json"]);
    assert_eq!(
        outcome.succeeded(),
        format!(
            "shop: additions\n  2021-03-31  {NEW}: a field is added\n\
             shop: 0 breaking, 1 addition, 0 of behaviour and documentation, 0 of wording and order\n"
        )
    );
}

#[test]
fn added_and_removed_versions() {
    let place = mall();
    let outcome = place.diff(&["old/shop/2020-01-01.json", "old/shop/2021-03-31.json"]);
    assert_eq!(
        outcome.succeeded(),
        "shop: breaking\n  2020-01-01  the version was removed: its module is removed\n\
         shop: additions\n  2021-03-31  the version is new: its module is added\n\
         shop: 1 breaking, 1 addition, 0 of behaviour and documentation, 0 of wording and order\n"
    );
}

#[test]
fn git_revisions() {
    let place = TestFolder::new();
    place.git(&["init", "--quiet"]);
    place.git(&["commit", "--quiet", "--allow-empty", "--message", "Empty"]);
    place.git(&["tag", "empty"]);
    place.put("specs/shop/2021-03-31.json", &old("2021-03-31"));
    // The sources of specs are not specs.
    place.put("specs/shop/imports/2021-03-31.json", &json!({}));
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "--message", "Old"]);
    place.git(&["tag", "before"]);
    place.put("specs/shop/2021-03-31.json", &new("2021-03-31"));
    place.put("elsewhere/notes.json", &json!({}));
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "--message", "New"]);
    place.put("elsewhere/2021-03-31.json", &old("2021-03-31"));
    for [old, new] in [
        ["before", "HEAD"],
        ["HEAD~1", "specs"],
        ["before:specs/shop", "HEAD:specs/shop/"],
        ["before:specs/shop/2021-03-31.json", "specs/shop"],
        ["elsewhere", "HEAD"],
    ] {
        let outcome = place.diff(&[old, new]);
        assert!(
            outcome.succeeded().contains(NEW),
            "{old} {new}: {}",
            outcome.out
        );
        let outcome = place.diff(&[new, old]);
        assert!(
            outcome
                .succeeded()
                .contains("parameter Order.Name was removed"),
            "{new} {old}"
        );
    }
    for (side, status, expect) in [
        (
            "nowhere",
            2,
            "`nowhere` is neither a path nor a git revision: unknown to git",
        ),
        (
            "--nowhere",
            2,
            "`--nowhere` is neither a path nor a git revision: ",
        ),
        (
            "HEAD:nowhere",
            2,
            "`HEAD:nowhere` is neither a path nor a git revision: unknown to git",
        ),
        ("HEAD:elsewhere", 1, "HEAD:elsewhere contains no spec: "),
        (
            "empty",
            2,
            "empty has no folder `specs`: choose another folder, as in `empty:path`",
        ),
        (
            "HEAD:specs/shop/imports/2021-03-31.json",
            1,
            "HEAD:specs/shop/imports/2021-03-31.json:1:2: missing field `format`",
        ),
    ] {
        let outcome = place.diff(&["--", side, "HEAD"]);
        let expect = format!("error: {expect}");
        assert_eq!(outcome.code, Some(status), "{}", outcome.err);
        assert!(outcome.err.starts_with(&expect), "{}", outcome.err);
        assert_eq!(outcome.out, "");
    }
}

/// All names that git resolves are accepted.
#[test]
fn git_names_with_colons() {
    let place = TestFolder::new();
    place.git(&["init", "--quiet"]);
    let shop = "specs/shop/2021-03-31.json";
    place.put(shop, &old("2021-03-31"));
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "--message", "Old: the first"]);
    place.git(&["tag", "--annotate", "before", "--message", "A tag"]);
    place.put(shop, &new("2021-03-31"));
    place.git(&["commit", "--quiet", "--all", "--message", "New: the second"]);
    for side in [
        "before",
        ":/Old: the",
        "HEAD^{/Old: the first}",
        "HEAD^{/Old: the first}:specs",
        "HEAD^{/Old: the}:specs/shop/2021-03-31.json",
        "before:specs/",
        "before:./specs",
        "before:./specs/shop/",
        "before:./specs/shop/2021-03-31.json",
        "before^{tree}:specs",
    ] {
        let outcome = place.diff(&[side, "HEAD"]);
        let out = outcome.succeeded();
        assert!(out.contains(NEW), "{side}: {out}");
    }
    // Staged specs are those of the index.
    let outcome = place.diff(&["before", ":specs/shop/2021-03-31.json"]);
    assert!(outcome.succeeded().contains(NEW), "{}", outcome.out);
    for (side, is_there) in [
        ("before:./shop", true),
        ("before:../specs", true),
        ("before:specs", true),
        ("before", true),
        ("before:./specs", false),
        ("before:shop", false),
    ] {
        let outcome = place.diff_in("specs", &[side, "shop"]);
        assert_eq!(outcome.code == Some(0), is_there, "{side}: {}", outcome.err);
        assert_eq!(outcome.out.contains(NEW), is_there, "{side}");
    }
    let outcome = place.diff(&["HEAD:specs/shop/", "HEAD:"]);
    let expect = "error: HEAD: contains no spec: ";
    assert!(outcome.failed().starts_with(expect), "{}", outcome.err);
    place.put("specs/shop/2022-01-01.json", &json!({}));
    place.git(&["add", "."]);
    for (side, shown) in [("HEAD", "HEAD:specs/"), ("HEAD:specs/", "HEAD:specs/")] {
        place.git(&["commit", "--quiet", "--allow-empty", "--message", "Broken"]);
        let outcome = place.diff(&["before", side]);
        let expect = format!("error: {shown}shop/2022-01-01.json:1:2: ");
        assert!(outcome.failed().starts_with(&expect), "{}", outcome.err);
    }
}

#[test]
fn service_on_one_side_only() {
    let place = mall();
    place.put(
        "less/bank/2021-03-31.json",
        &spec("bank", "2021-03-31", json!([])),
    );
    let summary = |breaking: usize, additions: &str| {
        format!(
            "shop: {breaking} breaking, {additions}, 0 of behaviour and documentation, 0 of wording and order\n"
        )
    };
    let file = "new/shop/2021-03-31.json";
    let (both, one) = (summary(0, "2 additions"), summary(0, "1 addition"));
    for (named, expect) in [("new/shop", &both), (file, &one)] {
        let outcome = place.diff(&["less", named]);
        let out = outcome.succeeded();
        assert!(
            out.starts_with("shop: additions\n")
                && out.contains("  2021-03-31  the version is new: "),
            "{out}"
        );
        assert!(out.ends_with(expect), "{out}");
    }
    let (both, one) = (summary(2, "0 additions"), summary(1, "0 additions"));
    for (named, expect) in [("new/shop", &both), (file, &one)] {
        let outcome = place.diff(&[named, "less"]);
        let out = outcome.succeeded();
        assert!(
            out.starts_with("shop: breaking\n")
                && out.contains("  2021-03-31  the version was removed: "),
            "{out}"
        );
        assert!(out.ends_with(expect), "{out}");
    }
    // The other side may have the service without this version.
    place.put("old/shop/2022-01-01.json", &old("2022-01-01"));
    let outcome = place.diff(&["new/shop", "old/shop/2022-01-01.json"]);
    let expect = "shop: additions\n  2022-01-01  the version is new: its module is added\n"
        .to_owned()
        + &summary(0, "1 addition");
    assert_eq!(outcome.succeeded(), expect);
    let outcome = place.diff(&["old/shop/2022-01-01.json", "new"]);
    let expect = "shop: breaking\n  2022-01-01  the version was removed: its module is removed\n"
        .to_owned()
        + &summary(1, "0 additions");
    assert_eq!(outcome.succeeded(), expect);
}

#[test]
fn different_services_are_rejected() {
    let place = mall();
    place.put("mixed/2020-01-01.json", &old("2020-01-01"));
    place.put(
        "mixed/2021-03-31.json",
        &spec("bank", "2021-03-31", json!([])),
    );
    place.put("twice/2020-01-01.json", &old("2021-03-31"));
    place.put("twice/2021-03-31.json", &old("2021-03-31"));
    place.put("empty/notes.json", &json!({}));
    for (sides, status, expect) in [
        (
            ["old/shop", "new/bank"],
            2,
            "old/shop is of shop, but new/bank is of bank: compare specs of the same service",
        ),
        (
            ["old/shop/2021-03-31.json", "new/bank/2021-03-31.json"],
            2,
            "old/shop/2021-03-31.json is of shop, but new/bank/2021-03-31.json is of bank: compare specs of the same \
             service",
        ),
        (
            ["mixed", "new"],
            1,
            "mixed contains specs of bank and of shop: expected one service",
        ),
        (
            ["twice", "new"],
            1,
            "twice/2021-03-31.json is a duplicate spec of shop 2021-03-31 in twice",
        ),
        (
            ["empty", "new"],
            1,
            "empty contains no spec: expected files like 2021-03-31.json, in it or in the folders of its services",
        ),
        (
            ["old", "empty/notes.json"],
            1,
            "empty/notes.json:1:2: missing field `format`",
        ),
        (
            ["old", "nowhere.json"],
            2,
            "`nowhere.json` is neither a path nor a git revision: ",
        ),
    ] {
        let outcome = place.diff(&sides);
        let expect = format!("error: {expect}");
        assert_eq!(outcome.code, Some(status), "{}", outcome.err);
        assert!(outcome.err.starts_with(&expect), "{}", outcome.err);
        assert_eq!(outcome.out, "");
    }
    assert_eq!(place.diff(&["old"]).code, Some(2));
}
