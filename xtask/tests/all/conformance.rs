//! `conformance` as it is called, on metadata whose examples are as examples are: most are right, some contradict their
//! own tables, some cannot be read.

use std::path::Path;

use crate::command::{files, read, run, shown, write};
use serde_json::{Value, json};
use tempfile::TempDir;

const RELEASE: &str = "tccli/services/zoo/v20210331";

/// An action that answers with a member of each kind.
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

/// A package of that action with these documented responses, in a folder.
fn package(folder: &Path, responses: &[&str]) {
    let examples: Vec<Value> = responses
        .iter()
        .map(|output| json!({"title": "Look", "document": "", "input": "{}", "output": output}))
        .collect();
    // Examples of an action that is not there are none, whatever it is called.
    let examples = json!({"actions": {"Look": examples, "Gone.output": []}});
    write(&folder.join(RELEASE).join("api.json"), api().to_string());
    write(
        &folder.join(RELEASE).join("examples.json"),
        examples.to_string(),
    );
}

/// The folder that the crates of these tests are built in, so that the runtime is built once.
fn out() -> String {
    format!("{}/conformance", env!("CARGO_TARGET_TMPDIR"))
}

#[test]
fn every_response_is_told_that_deviates_and_none_is_lost() {
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
error      zoo 2021-03-31 Look[6]: the service answers that it failed
null       zoo 2021-03-31 Look[2]: Count
null       zoo 2021-03-31 Look[2]: Names[1]
type       zoo 2021-03-31 Look[3]: Count is `Integer` by the table, and here 2.5
type       zoo 2021-03-31 Look[3]: Open is `Boolean` by the table, and here \"yes\"
type       zoo 2021-03-31 Look[3]: Cages[0].Size is `Float` by the table, and here \"big\"
type       zoo 2021-03-31 Look[3]: Cages[1].Size is `Float` by the table, and here \"1.5\"
field      zoo 2021-03-31 Look[4]: Cages[0].Colour
field      zoo 2021-03-31 Look[4]: Guests
type       zoo 2021-03-31 Look[5]: Names is `Array of String` by the table, and here \"none\"
read  1 version of 1 service: 9 documented responses
      2 cannot be read, 1 are errors of the service, 6 are well-formed
whole 6 of 6: read into the generated types and written again, nothing of them is lost
      2 hold nulls, 1 of them where no table allows it; 2 hold a value of another type than the table's; 1 hold a field that no table has
"
    );
}

#[test]
fn a_package_that_cannot_be_read_is_told_and_nothing_is_built() {
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
            .failed()
            .ends_with("has no service `zo`; it has `zoo`\n"),
        "{}",
        outcome.err
    );
}

#[test]
fn a_file_that_is_not_generated_is_not_overwritten() {
    for file in ["Cargo.toml", "zoo/src/main.rs"] {
        let folder = TempDir::new().expect("a folder");
        package(folder.path(), &[]);
        let own = folder.path().join("out").join(file);
        write(&own, "# Written by hand.\n");
        let out = folder.path().join("out");
        let outcome = run(&["conformance", shown(folder.path()), "--out", shown(&out)]);
        let expect = format!(
            "error: {} is there already, and this command did not generate it: ",
            own.display()
        );
        assert!(outcome.failed().starts_with(&expect), "{}", outcome.err);
        assert_eq!(files(&out), [file]);
        assert_eq!(read(&own), "# Written by hand.\n");
    }
}
