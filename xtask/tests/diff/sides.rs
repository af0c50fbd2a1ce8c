//! What can be compared, and what is said where it cannot.

use serde_json::{Value, json};

use crate::shop::{Place, field, spec};

const NEW: &str = "parameter Order.Name is new";

fn old(version: &str) -> Value {
    spec("shop", version, json!([]))
}

fn new(version: &str) -> Value {
    spec("shop", version, json!([field("Name", "String")]))
}

/// A folder with two services before and after.
fn mall() -> Place {
    let place = Place::new();
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
fn folders_are_of_one_service_or_of_many() {
    let place = mall();
    let changed =
        "shop: 0 breaking, 2 additions, 0 of behaviour and documentation, 0 of words and order\n";
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
fn a_file_stands_for_its_version() {
    let place = mall();
    let outcome = place.diff(&["old", "new/shop/2021-03-31.json"]);
    assert_eq!(
        outcome.succeeded(),
        format!(
            "shop: additions\n  2021-03-31  {NEW}: a field more\n\
             shop: 0 breaking, 1 addition, 0 of behaviour and documentation, 0 of words and order\n"
        )
    );
}

#[test]
fn versions_come_and_go() {
    let place = mall();
    let outcome = place.diff(&["old/shop/2020-01-01.json", "old/shop/2021-03-31.json"]);
    assert_eq!(
        outcome.succeeded(),
        "shop: breaking\n  2020-01-01  the version is gone: its module goes\n\
         shop: additions\n  2021-03-31  the version is new: its module comes\n\
         shop: 1 breaking, 1 addition, 0 of behaviour and documentation, 0 of words and order\n"
    );
}

#[test]
fn revisions_are_those_of_the_repository() {
    let place = Place::new();
    place.git(&["init", "--quiet"]);
    place.put("specs/shop/2021-03-31.json", &old("2021-03-31"));
    // What specs are made of is no spec.
    place.put("specs/shop/imports/2021-03-31.json", &json!({}));
    place.git(&["add", "."]);
    place.git(&["commit", "--quiet", "--message", "Old"]);
    place.git(&["tag", "before"]);
    place.put("specs/shop/2021-03-31.json", &new("2021-03-31"));
    place.git(&["commit", "--quiet", "--all", "--message", "New"]);
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
            outcome.succeeded().contains("parameter Order.Name is gone"),
            "{new} {old}"
        );
    }
    for (side, expect) in [
        (
            "nowhere",
            "`nowhere` is neither a file or folder nor of a revision of this repository: git has no revision `nowhere`",
        ),
        (
            "--nowhere",
            "`--nowhere` is neither a file or folder nor of a revision of this repository: ",
        ),
        ("HEAD:nowhere", "HEAD:nowhere has no spec: "),
        (
            "HEAD:specs/shop/imports/2021-03-31.json",
            "HEAD:specs/shop/imports/2021-03-31.json:1:2: missing field `format`",
        ),
    ] {
        let outcome = place.diff(&["--", side, "HEAD"]);
        assert!(
            outcome.failed().starts_with(&format!("error: {expect}")),
            "{}",
            outcome.err
        );
        assert_eq!(outcome.out, "");
    }
}

#[test]
fn what_does_not_belong_together_is_not_compared() {
    let place = mall();
    place.put("mixed/2020-01-01.json", &old("2020-01-01"));
    place.put(
        "mixed/2021-03-31.json",
        &spec("bank", "2021-03-31", json!([])),
    );
    place.put("twice/2020-01-01.json", &old("2021-03-31"));
    place.put("twice/2021-03-31.json", &old("2021-03-31"));
    place.put(
        "only/bank/2021-03-31.json",
        &spec("bank", "2021-03-31", json!([])),
    );
    place.put("empty/notes.json", &json!({}));
    for (sides, expect) in [
        (
            ["old/shop", "new/bank"],
            "old/shop is of shop and new/bank of bank: compare two of one service",
        ),
        (
            ["old/shop", "only"],
            "old/shop is of shop, of which only has no spec",
        ),
        (
            ["mixed", "new"],
            "mixed has specs of bank and of shop: a folder is of one service",
        ),
        (
            ["twice", "new"],
            "twice/2021-03-31.json is a second spec of shop 2021-03-31 in twice",
        ),
        (
            ["empty", "new"],
            "empty has no spec: specs are files like 2021-03-31.json, in it or in the folders of its services",
        ),
        (
            ["old", "empty/notes.json"],
            "empty/notes.json:1:2: missing field `format`",
        ),
        (
            ["old", "nowhere.json"],
            "`nowhere.json` is neither a file or folder nor of a revision of this repository: ",
        ),
    ] {
        let outcome = place.diff(&sides);
        let expect = format!("error: {expect}");
        assert!(outcome.failed().starts_with(&expect), "{}", outcome.err);
        assert_eq!(outcome.out, "");
    }
    assert_eq!(place.diff(&["old"]).code, Some(2));
}
