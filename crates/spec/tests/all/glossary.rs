//! Glossary: used, missing, unused and invalid entries.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tc3_spec::{Glossary, LoadError, Segment, Spec};
use tempfile::TempDir;

/// Loads a glossary from a temporary file.
fn load(text: &str) -> (TempDir, PathBuf, Result<Glossary, LoadError>) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join(Glossary::FILE);
    fs::write(&path, text).expect("a file");
    let glossary = Glossary::load(&path);
    (folder, path, glossary)
}

#[track_caller]
fn glossary(items: Value, shared: Value) -> Glossary {
    let (_folder, _, glossary) = load(&json!({"items": items, "shared": shared}).to_string());
    glossary.expect("a glossary")
}

/// Returns a spec with a parameter `Name` in every possible place; `texts` are their descriptions.
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
    Spec::from_json(&spec.to_string(), Path::new("shop.json")).expect("a valid spec")
}

#[test]
fn own_entry_precedes_shared_one() {
    let glossary = glossary(
        json!({
            "actions.Name": "Names something.",
            "actions.Name.request.Name": "New name.",
            "types.Name": "Name in two languages.",
        }),
        json!({"Name: String": "Unique name.", "Name: Integer": "Number."}),
    );
    let mut spec = shop([""; 5]);
    spec.describe(&glossary);
    let expect = [
        "Names something.",
        "Name in two languages.",
        "New name.",
        "Unique name.",
        "Unique name.",
    ];
    assert_eq!(spec, shop(expect));
}

#[test]
fn entry_is_found_with_its_steps() {
    let glossary = glossary(
        json!({"actions.Name.request.Name": "New name."}),
        json!({"Name: String": "Unique name."}),
    );
    let spec = shop([""; 5]);
    let entries = spec.items().into_iter().map(|item| {
        let entry = glossary.entry(&item);
        let entry = entry.map(|(steps, text)| format!("{} = {text}", path_of(&steps)));
        (item.path(), entry.unwrap_or_default())
    });
    let entries: Vec<_> = entries.collect();
    let expect = [
        ("actions.Name", ""),
        (
            "actions.Name.request.Name",
            "items/actions.Name.request.Name = New name.",
        ),
        (
            "actions.Name.response.Name",
            "shared/Name: String = Unique name.",
        ),
        ("actions.Name.errors.Name", ""),
        ("types.Name", ""),
        (
            "types.Name.fields.Name",
            "shared/Name: String = Unique name.",
        ),
    ];
    assert_eq!(
        entries,
        expect.map(|(path, entry)| (path.to_owned(), entry.to_owned()))
    );
}

fn path_of(steps: &[Segment]) -> String {
    let steps = steps.iter().map(|step| match step {
        Segment::Key(key) => key.clone(),
        Segment::Index(index) => index.to_string(),
    });
    steps.collect::<Vec<_>>().join("/")
}

#[test]
fn descriptions_of_the_sources_are_kept() {
    let glossary = glossary(
        json!({"actions.Name": "Other.", "types.Name": "Other.", "types.Name.fields.Name": "Other."}),
        json!({"Name: String": "Unique name."}),
    );
    let mut spec = shop(["Its own."; 5]);
    spec.describe(&glossary);
    assert_eq!(spec, shop(["Its own."; 5]));
    let mut spec = shop(["Its own.", "Its own.", "Its own.", "", "Its own."]);
    spec.describe(&glossary);
    assert_eq!(
        spec,
        shop([
            "Its own.",
            "Its own.",
            "Its own.",
            "Unique name.",
            "Its own."
        ])
    );
}

#[test]
fn item_without_entry_stays_undescribed() {
    let mut spec = shop([""; 5]);
    spec.describe(&glossary(json!({}), json!({})));
    assert_eq!(spec, shop([""; 5]));
}

#[test]
fn unused_entries_are_reported() {
    let glossary = glossary(
        json!({
            "actions.Gone": "Unused.",
            "actions.Name": "Used.",
            "actions.Name.request.Lost": "Unused.",
            "actions.Name.request.Name": "Used.",
        }),
        json!({"Lost: String": "Unused.", "Name: Integer": "Unused.", "Name: String": "Used."}),
    );
    let spec = shop([""; 5]);
    let shared = ["shared.Lost: String", "shared.Name: Integer"];
    let unused = [
        &["items.actions.Gone", "items.actions.Name.request.Lost"][..],
        &shared,
    ];
    assert_eq!(glossary.unused([&spec]), unused.concat());

    // One version that has the item is enough.
    let mut other = shop([""; 5]);
    let gone = other.actions.remove("Name").expect("the action");
    other.actions.insert("Gone".to_owned(), gone);
    let unused = [&["items.actions.Name.request.Lost"][..], &shared];
    assert_eq!(glossary.unused([&spec, &other]), unused.concat());
    assert_eq!(glossary.unused([]).len(), 7);
}

#[test]
fn invalid_glossary_is_rejected_with_position() {
    for (text, place, expect) in [
        ("", "1:1", "EOF while parsing a value"),
        ("{}", "1:2", "missing field `items`"),
        ("{\n  \"items\": {}\n}\n", "3:1", "missing field `shared`"),
        (
            "{\n  \"items\": {\"Name\": 5}\n}\n",
            "2:21",
            "invalid type: integer `5`, expected a string",
        ),
        (
            "{\n  \"items\": {}\n  \"shared\": {}\n}\n",
            "3:3",
            "expected `,` or `}`",
        ),
        (
            "{\n  \"items\": {},\n  \"errors\": {}\n}\n",
            "3:10",
            "unknown field `errors`, expected `items` or `shared`",
        ),
        (
            "{\n  \"items\": {\n    \"Name\": \"One.\",\n    \"Name\": \"Two.\"\n  }\n}\n",
            "4:10",
            "duplicate key `Name`",
        ),
        (
            "{\n  \"items\": {},\n  \"items\": {}\n}\n",
            "3:9",
            "duplicate key `items`",
        ),
    ] {
        let (_folder, path, glossary) = load(text);
        let message = glossary.expect_err("an invalid glossary").to_string();
        assert_eq!(message, format!("{}:{place}: {expect}", path.display()));
    }
    let missing = Path::new("no/such/glossary.json");
    let error = Glossary::load(missing).expect_err("there is no file");
    assert!(
        error
            .to_string()
            .starts_with("cannot read no/such/glossary.json: "),
        "{error}"
    );
}
