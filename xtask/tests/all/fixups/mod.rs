//! Fixups as `regenerate` and `import` apply them.

use std::fs;
use std::path::PathBuf;

use crate::command::{Outcome, read, run, shown, tree, workspace, write};
use serde_json::{Value, json};
use tempfile::TempDir;

const ADD: &str = "AddOrganizationMemberEmail";
const VERSION: &str = "specs/organization/2021-03-31.json";
const FIXUPS: &str = "specs/organization/fixups.json";

/// A folder with one page of the repository, and fixups.
struct TestFolder(TempDir);

impl TestFolder {
    fn new(fixups: &Value) -> TestFolder {
        let place = TestFolder(TempDir::new().expect("a folder"));
        let page = format!("specs/organization/pages/2021-03-31/{ADD}.txt");
        let text = fs::read(workspace().join(&page)).expect("a page");
        write(&place.path(&page), text);
        place.fixups(fixups);
        place
    }

    fn fixups(&self, fixups: &Value) {
        let text = serde_json::to_string_pretty(fixups).expect("JSON");
        write(&self.path(FIXUPS), text);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn regenerate(&self, more: &[&str]) -> Outcome {
        run(&[&["regenerate", "--root", shown(self.0.path())], more].concat())
    }

    fn spec(&self, file: &str) -> Value {
        serde_json::from_str(&read(&self.path(file))).expect("a spec is JSON")
    }

    /// Checks that the command fails with this message about the fixups and writes nothing.
    #[track_caller]
    fn refuses(&self, outcome: &Outcome, before: &impl PartialEq<Tree>, expect: &str) {
        let expect =
            format!("error: {expect}\n\nerror: nothing was written, because fixups do not apply\n");
        assert_eq!(outcome.failed(), expect);
        assert!(*before == tree(self.0.path()), "nothing is written");
    }
}

type Tree = Option<std::collections::BTreeMap<PathBuf, Vec<u8>>>;

fn rate(from: u32, to: u32) -> Value {
    json!({
        "slower": {
            "reason": "More are refused.",
            "version": "2021-03-31",
            "at": format!("actions.{ADD}.rate_limit"),
            "from": from,
            "to": to,
        },
    })
}

#[test]
fn fixup_corrects_spec_and_client() {
    let place = TestFolder::new(&rate(20, 10));
    let outcome = place.regenerate(&[]);
    let line = format!(
        "\nfixed organization 2021-03-31 slower: actions.{ADD}.rate_limit is `10`, not `20`: More are refused.\nwrote "
    );
    assert!(outcome.succeeded().contains(&line), "{}", outcome.out);
    assert_eq!(place.spec(VERSION)["actions"][ADD]["rate_limit"], 10);
    let client = "generated/organization/src/v20210331/add_organization_member_email.rs";
    assert!(read(&place.path(client)).contains(".rate_limit(10)"));
    // The page is parsed each time: the corrected spec is not a source.
    let before = tree(place.0.path());
    place.regenerate(&["--check"]).succeeded();
    place.regenerate(&[]).succeeded();
    assert_eq!(tree(place.0.path()), before);
}

#[test]
fn fixup_added_action_is_kept() {
    let place = TestFolder::new(&json!({
        "more": {
            "reason": "Its page is missing.",
            "version": "2021-03-31",
            "at": "actions.More",
            "to": {"description": "", "request": [], "response": [], "errors": [], "examples": []},
        },
    }));
    place.regenerate(&[]).succeeded();
    let before = tree(place.0.path());
    place.regenerate(&[]).succeeded();
    assert_eq!(tree(place.0.path()), before);
    let action = place.spec(VERSION)["actions"][ADD].clone();
    place.fixups(&json!({
        "less": {
            "reason": "It is gone.",
            "version": "2021-03-31",
            "at": format!("actions.{ADD}"),
            "from": {"rate_limit": action["rate_limit"]},
        },
        "more": {
            "reason": "Its page is missing.",
            "version": "2021-03-31",
            "at": "actions.More",
            "to": {"description": "", "request": [], "response": [], "errors": [], "examples": []},
        },
    }));
    let outcome = place.regenerate(&[]);
    let expect = format!(
        "error: would remove action `{ADD}` of organization 2021-03-31: a fixup removes it\n"
    );
    assert!(
        outcome.failed().starts_with(&expect),
        "{}",
        outcome.failed()
    );
    place.regenerate(&["--allow-removal"]).succeeded();
    assert!(place.spec(VERSION)["actions"].get(ADD).is_none());
    place.regenerate(&[]).succeeded();
}

#[test]
fn obsolete_fixup_is_an_error() {
    let place = TestFolder::new(&rate(20, 10));
    place.regenerate(&[]).succeeded();
    let page = place.path(&format!("specs/organization/pages/2021-03-31/{ADD}.txt"));
    let text = read(&page);
    assert!(text.contains("maximum of 20 requests"), "{text}");
    write(
        &page,
        text.replace("maximum of 20 requests", "maximum of 10 requests"),
    );
    let before = tree(place.0.path());
    place.refuses(
        &place.regenerate(&[]),
        &before,
        "specs/organization/fixups.json:2: the fixup `slower`: the source is already correct: remove the fixup",
    );
    // The page has neither the old value nor the new one.
    write(
        &page,
        text.replace("maximum of 20 requests", "maximum of 30 requests"),
    );
    let before = tree(place.0.path());
    place.refuses(
        &place.regenerate(&[]),
        &before,
        "specs/organization/fixups.json:2: the fixup `slower`: the source has `30`, which is neither `from` nor `to`: correct or remove the fixup",
    );
}

#[test]
fn unknown_paths_are_errors() {
    let mut fixups = rate(20, 10);
    fixups["slower"]["version"] = "2021-03-30".into();
    let place = TestFolder::new(&fixups);
    let before = tree(place.0.path());
    place.refuses(
        &place.regenerate(&[]),
        &before,
        "specs/organization/fixups.json:2: the fixup `slower`: version 2021-03-30 does not exist, only 2021-03-31; correct \
         the fixup, or remove it",
    );
    let mut fixups = rate(20, 10);
    fixups["slower"]["at"] = "actions.AddOrganizationMemberMail.rate_limit".into();
    place.fixups(&fixups);
    let before = tree(place.0.path());
    place.refuses(
        &place.regenerate(&[]),
        &before,
        "specs/organization/fixups.json:2: the fixup `slower`: the action `AddOrganizationMemberMail` does not exist; did you \
         mean `AddOrganizationMemberEmail`?",
    );
    // The file is not valid.
    write(&place.path(FIXUPS), "{\n  \"slower\": {\"at\": \"x\"}\n}\n");
    let before = tree(place.0.path());
    let outcome = place.regenerate(&[]);
    let printed = outcome.failed();
    assert!(
        printed.ends_with("fixups.json:2:23: the fixup `slower`: missing field `reason`\n"),
        "{printed}"
    );
    assert_eq!(tree(place.0.path()), before);
}

/// Writes metadata of a service with one action.
fn package(place: &TestFolder, count: &str) {
    let count =
        json!([{"name": "Count", "type": count, "member": "int64", "document": "How many."}]);
    let api = json!({
        "metadata": {"apiVersion": "2021-03-31", "serviceShortName": "shop"},
        "actions": {"Order": {"document": "Orders.", "input": "In", "output": "Out"}},
        "objects": {"In": {"document": "", "members": count}, "Out": {"document": "", "members": []}},
    });
    write(
        &place.path("package/tccli/services/shop/v20210331/api.json"),
        api.to_string(),
    );
    write(
        &place.path("package/tccli_intl_en-3.1.5.dist-info/METADATA"),
        "Name: tccli-intl-en\nVersion: 3.1.5\n",
    );
}

fn import(place: &TestFolder) -> Outcome {
    let (package, specs) = (place.path("package"), place.path("specs"));
    run(&["import", shown(&package), "--specs", shown(&specs), "--all"])
}

#[test]
fn metadata_is_corrected_and_kept_unchanged() {
    let place = TestFolder(TempDir::new().expect("a folder"));
    package(&place, "int");
    import(&place).succeeded();
    let spec = "specs/shop/2021-03-31.json";
    let kept = "specs/shop/imports/2021-03-31.json";
    let plain = read(&place.path(spec));
    let fixups = json!({
        "count-may-be-left-out": {
            "reason": "One is taken\nthen.",
            "version": "2021-03-31",
            "at": "actions.Order.request.Count.description",
            "from": "How many.",
            "to": "How many; one if it is left out.",
        },
    });
    write(&place.path("specs/shop/fixups.json"), fixups.to_string());
    // Fixups added after the import, and a second import.
    let line = "fixed shop 2021-03-31 count-may-be-left-out: actions.Order.request.Count.description is `How many; one if it is \
                left out.`, not `How many.`: One is taken then.\n";
    for again in [false, true, false, true, false] {
        let outcome = match again {
            true => import(&place),
            false => place.regenerate(&[]),
        };
        assert!(outcome.succeeded().contains(line), "{}", outcome.out);
        let order = &place.spec(spec)["actions"]["Order"]["request"][0];
        assert_eq!(order["description"], "How many; one if it is left out.");
        let metadata = place.spec(kept);
        let order = &metadata["actions"]["Order"]["request"][0];
        assert_eq!(order["description"], "How many.");
    }
    // Without fixups, the result is as if there had never been any.
    fs::remove_file(place.path("specs/shop/fixups.json")).expect("the file goes");
    place.regenerate(&[]).succeeded();
    assert_eq!(read(&place.path(spec)), plain);

    let mut fixups = fixups;
    fixups["count-may-be-left-out"]["from"] = "How few.".into();
    write(&place.path("specs/shop/fixups.json"), fixups.to_string());
    let before = tree(place.0.path());
    let file = place.path("specs/shop/fixups.json");
    let expect = format!(
        "{}:1: the fixup `count-may-be-left-out`: the source has `How many.`, which is neither `from` nor `to`: correct or remove the fixup",
        file.display()
    );
    place.refuses(&import(&place), &before, &expect);
}

#[test]
fn fixups_precede_glossary_and_derivation() {
    let place = TestFolder(TempDir::new().expect("a folder"));
    package(&place, "int");
    let write = |name: &str, value: Value| {
        write(&place.path("specs/shop").join(name), value.to_string());
    };
    write(
        "glossary.json",
        json!({"items": {}, "shared": {"Amount: Integer": "How much."}}),
    );
    write(
        "fixups.json",
        json!({
            "amount": {
                "reason": "So it is called on the wire.",
                "version": "2021-03-31",
                "at": "actions.Order.request.Count.name",
                "from": "Count",
                "to": "Amount",
            },
            "amount-has-no-text": {
                "reason": "It is wrong.",
                "version": "2021-03-31",
                "at": "actions.Order.request.Count.description",
                "from": "How many.",
                "to": "",
            },
        }),
    );
    import(&place).succeeded();
    let order = &place.spec("specs/shop/2021-03-31.json")["actions"]["Order"]["request"][0];
    assert_eq!(order["name"], "Amount");
    assert_eq!(order["description"], "How much.");
}
