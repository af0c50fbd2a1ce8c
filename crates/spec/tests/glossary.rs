//! Descriptions of our own: what they are given to, what is missing, what is left over, and what is no glossary.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tc3_spec::{Glossary, LoadError, Spec};
use tempfile::TempDir;

/// A glossary as a file.
fn load(text: &str) -> (TempDir, PathBuf, Result<Glossary, LoadError>) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join(Glossary::FILE);
    fs::write(&path, text).expect("a file");
    let glossary = Glossary::load(&path);
    (folder, path, glossary)
}

#[track_caller]
fn glossary(actions: Value, types: Value, parameters: Value) -> Glossary {
    let text = json!({"actions": actions, "types": types, "parameters": parameters}).to_string();
    let (_folder, _, glossary) = load(&text);
    glossary.expect("a glossary")
}

/// The shop, with a parameter `Name` in every place that can have one; `texts` are their descriptions.
fn shop(texts: [&str; 5]) -> Spec {
    let [action, data_type, request, response, field] = texts;
    let name = |text: &str| json!([{"name": "Name", "type": "String", "description": text}]);
    let spec = json!({
        "format": 1,
        "service": "shop",
        "version": "2021-03-31",
        "endpoint": "shop.intl.tencentcloudapi.com",
        "actions": {"Name": {
            "description": action,
            "request": name(request),
            "response": name(response),
            "errors": [{"code": "Name", "description": ""}],
            "examples": [],
        }},
        "types": {"Name": {"description": data_type, "fields": name(field)}},
    });
    Spec::from_json(&spec.to_string(), Path::new("shop.json")).expect("the spec is right")
}

#[test]
fn what_has_no_description_gets_that_of_its_kind_and_name() {
    let glossary = glossary(
        json!({"Name": "Names something."}),
        json!({"Name": "A name in two languages."}),
        json!({"Name": "The name."}),
    );
    let mut spec = shop([""; 5]);
    assert_eq!(spec.describe(&glossary), [""; 0]);
    let expect = [
        "Names something.",
        "A name in two languages.",
        "The name.",
        "The name.",
        "The name.",
    ];
    assert_eq!(spec, shop(expect));
}

#[test]
fn what_has_a_description_keeps_it() {
    let glossary = glossary(
        json!({"Name": "Other."}),
        json!({"Name": "Other."}),
        json!({"Name": "The name."}),
    );
    let mut spec = shop(["Its own."; 5]);
    assert_eq!(spec.describe(&glossary), [""; 0]);
    assert_eq!(spec, shop(["Its own."; 5]));
    let mut spec = shop(["Its own.", "Its own.", "Its own.", "", "Its own."]);
    assert_eq!(spec.describe(&glossary), [""; 0]);
    assert_eq!(
        spec,
        shop(["Its own.", "Its own.", "Its own.", "The name.", "Its own."])
    );
}

#[test]
fn what_is_missing_is_told_once_by_kind_and_name() {
    let empty = glossary(json!({}), json!({}), json!({}));
    let mut spec = shop([""; 5]);
    assert_eq!(
        spec.describe(&empty),
        ["actions.Name", "parameters.Name", "types.Name"]
    );
    assert_eq!(spec, shop([""; 5]));
    // An entry is one of its kind alone.
    let actions = glossary(json!({"Name": "Names something."}), json!({}), json!({}));
    assert_eq!(spec.describe(&actions), ["parameters.Name", "types.Name"]);
    // An empty description is none, and the one that is missing is missing whoever has one.
    let mut spec = shop(["Text.", "Text.", "Text.", "Text.", ""]);
    assert_eq!(spec.describe(&empty), ["parameters.Name"]);
}

#[test]
fn entries_that_no_version_has_are_told() {
    let glossary = glossary(
        json!({"Name": "Used.", "Gone": "Unused."}),
        json!({"Name": "Used.", "Old": "Unused."}),
        json!({"Name": "Used.", "Lost": "Unused.", "RequestId": "In every response."}),
    );
    let spec = shop([""; 5]);
    let unused = ["actions.Gone", "types.Old", "parameters.Lost"];
    assert_eq!(glossary.unused([&spec]), unused);
    assert_eq!(glossary.unused([&spec, &spec]), unused);

    // One version that has it is enough.
    let mut other = shop([""; 5]);
    let gone = other.actions.remove("Name").expect("the action");
    other.actions.insert("Gone".to_owned(), gone);
    other.types.clear();
    assert_eq!(
        glossary.unused([&spec, &other]),
        ["types.Old", "parameters.Lost"]
    );
    assert_eq!(
        glossary.unused([]),
        [
            "actions.Gone",
            "actions.Name",
            "types.Name",
            "types.Old",
            "parameters.Lost",
            "parameters.Name"
        ]
    );
}

#[test]
fn what_is_no_glossary_is_told_with_its_place() {
    for (text, place, expect) in [
        ("", "1:1", "EOF while parsing a value"),
        ("{}", "1:2", "missing field `actions`"),
        (
            "{\n  \"actions\": {},\n  \"types\": {}\n}\n",
            "4:1",
            "missing field `parameters`",
        ),
        (
            "{\n  \"actions\": {\"Name\": 5}\n}\n",
            "2:23",
            "invalid type: integer `5`, expected a string",
        ),
        (
            "{\n  \"actions\": {}\n  \"types\": {}\n}\n",
            "3:3",
            "expected `,` or `}`",
        ),
        (
            "{\n  \"actions\": {},\n  \"errors\": {}\n}\n",
            "3:10",
            "unknown field `errors`, expected one of `actions`, `types`, `parameters`",
        ),
        (
            "{\n  \"actions\": {\n    \"Name\": \"One.\",\n    \"Name\": \"Two.\"\n  }\n}\n",
            "4:10",
            "the key `Name` stands here twice",
        ),
        (
            "{\n  \"actions\": {},\n  \"actions\": {}\n}\n",
            "3:11",
            "the key `actions` stands here twice",
        ),
    ] {
        let (_folder, path, glossary) = load(text);
        let message = glossary.expect_err("it is no glossary").to_string();
        assert_eq!(message, format!("{}:{place}: {expect}", path.display()));
    }
    let missing = Path::new("no/such/glossary.json");
    let error = Glossary::load(missing).expect_err("there is no file");
    assert_eq!(error.to_string(), "cannot read no/such/glossary.json");
}
