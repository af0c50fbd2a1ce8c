//! Tests `conformance` with examples that are valid, deviate from their tables, or are invalid.

use std::path::Path;

use crate::command::{files, read, run, shown, write};
use serde_json::{Value, json};
use tempfile::TempDir;

const RELEASE: &str = "tccli/services/zoo/v20210331";

/// Returns metadata of an action whose response has a member of each kind.
fn api() -> Value {
    let member = |name: &str, kind: &str, of: &str| json!({"name": name, "type": kind, "member": of, "document": ""});
    json!({
        "metadata": {"apiVersion": "2021-03-31", "serviceShortName": "zoo"},
        "actions": {"Look": {"document": "", "input": "LookRequest", "output": "LookResponse"}},
        "objects": {
            "LookRequest": {"document": "", "members": []},
            "LookResponse": {"document": "", "members": [
                member("Count", "int", "uint64"),
                member("Open", "bool", "bool"),
                member("Names", "list", "string"),
                member("Cages", "list", "Cage"),
                {
                    "name": "Keeper", "type": "string", "member": "string", "document": "",
                    "value_allowed_null": true,
                },
                member("RequestId", "string", "string"),
            ]},
            "Cage": {"document": "", "members": [member("Size", "float", "float")]},
        },
    })
}

/// Writes a package with that action and these documented responses.
fn package(folder: &Path, responses: &[&str]) {
    let examples: Vec<Value> = responses
        .iter()
        .map(|output| json!({"title": "Look", "document": "", "input": "{}", "output": output}))
        .collect();
    // Examples of an unknown action are ignored.
    let examples = json!({"actions": {"Look": examples, "Gone.output": []}});
    write(&folder.join(RELEASE).join("api.json"), api().to_string());
    write(
        &folder.join(RELEASE).join("examples.json"),
        examples.to_string(),
    );
}

/// Returns the build folder, which these tests share so that the runtime is built once.
fn out() -> String {
    format!("{}/conformance", env!("CARGO_TARGET_TMPDIR"))
}

#[test]
fn deviations_are_listed() {
    let folder = TempDir::new().expect("a folder");
    package(
        folder.path(),
        &[
            r#"{"Response": {"Count": 1, "Open": true, "Names": ["a"], "Cages": [{"Size": 1.5}], "RequestId": "r"}}"#,
            r#"{"Response": {"Keeper": null, "RequestId": "r"}}"#,
            r#"{"Response": {"Count": null, "Names": ["a", null]}}"#,
            r#"{"Response": {"Count": 2.5, "Open": "yes", "Cages": [{"Size": "big"}, {"Size": "1.5"}]}}"#,
            r#"{"Response": {"Cages": [{"Size": 1, "Colour": [1, {"a": "b"}]}], "Guests": 3}}"#,
            r#"{"Response": {"Count": 18446744073709551615, "Names": "none"}}"#,
            r#"{"Response": {"Error": {"Code": "Closed", "Message": ""}, "RequestId": "r"}}"#,
            r#"{"Response": {"Count": 1,}}"#,
            r#"{"Count": 1}"#,
        ],
    );
    let outcome = run(&["conformance", shown(folder.path()), "--out", &out()]);
    assert_eq!(
        outcome.succeeded(),
        "\
unreadable zoo 2021-03-31 actions.Look[7].output: it is not JSON: trailing comma at line 1 column 26; ignored
unreadable zoo 2021-03-31 actions.Look[8].output: it has no `Response`; ignored
error      zoo 2021-03-31 Look[6]: an error of the service
null       zoo 2021-03-31 Look[2]: Count
null       zoo 2021-03-31 Look[2]: Names[1]
type       zoo 2021-03-31 Look[3]: Count is `Integer` in the table, but 2.5 here
type       zoo 2021-03-31 Look[3]: Open is `Boolean` in the table, but \"yes\" here
type       zoo 2021-03-31 Look[3]: Cages[0].Size is `Float` in the table, but \"big\" here
type       zoo 2021-03-31 Look[3]: Cages[1].Size is `Float` in the table, but \"1.5\" here
field      zoo 2021-03-31 Look[4]: Cages[0].Colour
field      zoo 2021-03-31 Look[4]: Guests
type       zoo 2021-03-31 Look[5]: Names is `Array of String` in the table, but \"none\" here
read  1 version of 1 service: 9 documented responses
      2 unreadable, 1 errors of the service, 6 well-formed
whole 6 of 6: decoded into the generated types and encoded again without loss
      2 contain nulls, 1 of them where the table does not allow it; 2 contain a value of the wrong type; 1 contain a field that is not in the table
"
    );
}

#[test]
fn unreadable_package_builds_nothing() {
    let folder = TempDir::new().expect("a folder");
    package(folder.path(), &[]);
    write(&folder.path().join(RELEASE).join("examples.json"), "{");
    let never = folder.path().join("out");
    let outcome = run(&["conformance", shown(folder.path()), "--out", shown(&never)]);
    let place = folder.path().join(RELEASE).join("examples.json");
    let expect = format!("error: {}:1:1: ", shown(&place));
    assert!(outcome.failed().starts_with(&expect), "{}", outcome.err);
    assert!(!never.exists());

    let outcome = run(&["conformance", shown(folder.path()), "--service", "zo"]);
    assert!(
        outcome
            .misused()
            .ends_with("has no service `zo`; did you mean `zoo`?\n"),
        "{}",
        outcome.err
    );
}

#[test]
fn foreign_file_is_not_overwritten() {
    for file in ["Cargo.toml", "zoo/src/main.rs"] {
        let folder = TempDir::new().expect("a folder");
        package(folder.path(), &[]);
        let own = folder.path().join("out").join(file);
        write(&own, "# Written by hand.\n");
        let out = folder.path().join("out");
        let outcome = run(&["conformance", shown(folder.path()), "--out", shown(&out)]);
        let expect = format!(
            "error: {} exists and was not generated by this command: ",
            own.display()
        );
        assert!(outcome.failed().starts_with(&expect), "{}", outcome.err);
        assert_eq!(files(&out), [file]);
        assert_eq!(read(&own), "# Written by hand.\n");
    }
}
