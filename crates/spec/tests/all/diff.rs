//! Descriptions of changes.

use std::path::Path;
use std::slice::from_ref;

use serde_json::{Value, json};
use tc3_spec::Spec;
use tc3_spec::diff::changes;

/// Returns the spec of a shop with a listing action, with some keys set.
fn shop(edits: &[(&str, Value)]) -> Spec {
    let field = |name: &str, of: &str| json!({"name": name, "type": of, "description": ""});
    let mut spec = json!({
        "format": 1,
        "service": "shop",
        "version": "2021-03-31",
        "endpoint": "shop.intl.tencentcloudapi.com",
        "actions": {"List": {
            "description": "",
            "access": "read",
            "request": [field("Offset", "Integer"), field("Limit", "Integer")],
            "response": [field("Items", "Array of Item"), field("Word", "Word")],
            "errors": [],
            "examples": [],
        }},
        "types": {
            "Item": {"description": "", "fields": [field("Of", "Shelf")]},
            "Shelf": {"description": "", "fields": []},
        },
    });
    for (path, value) in edits {
        let (parent, key) = path.rsplit_once('/').expect("a path");
        let parent = spec.pointer_mut(parent).expect("the parent is there");
        match (parent, value) {
            (Value::Array(list), value) => list.push(value.clone()),
            (Value::Object(map), Value::Null) => drop(map.remove(key)),
            (parent, value) => parent[key] = value.clone(),
        }
    }
    Spec::from_json(&spec.to_string(), Path::new("shop.json")).expect("the spec is right")
}

/// Checks the changes from one spec to the other, and in the other direction.
#[track_caller]
fn check(edits: &[(&str, Value)], there: &[&str], back: &[&str]) {
    let (old, new) = (shop(&[]), shop(edits));
    for (old, new, expect) in [(&old, &new, there), (&new, &old, back)] {
        let changes = changes(from_ref(old), from_ref(new));
        let said = changes.iter();
        let said: Vec<String> = said
            .map(|change| format!("{} {}", change.place, change.what()))
            .collect();
        assert_eq!(said, expect);
    }
}

#[test]
fn descriptions_have_old_and_new_values() {
    let list = "/actions/List";
    let at = |key: &str| format!("{list}/{key}");
    check(
        &[("/endpoint", "shop.tencentcloudapi.com".into())],
        &["the version is at shop.tencentcloudapi.com, was at shop.intl.tencentcloudapi.com"],
        &["the version is at shop.intl.tencentcloudapi.com, was at shop.tencentcloudapi.com"],
    );
    check(
        &[(&at("rate_limit"), 1.into())],
        &["action List has the rate limit 1 request per second, was none"],
        &["action List has the rate limit none, was 1 request per second"],
    );
    check(
        &[(&at("region"), "required".into())],
        &["action List has the region required, was not documented"],
        &["action List has the region not documented, was required"],
    );
    check(
        &[(&at("access"), "write".into())],
        &[
            "action List now changes something",
            "action List is no longer paginated",
        ],
        &[
            "action List now only reads",
            "action List is paginated (`Items` by offset)",
        ],
    );
    check(
        &[(&at("response/0/type"), "Array of Shelf".into())],
        &[
            "response field List.Items is of type Array of Shelf, was Array of Item",
            "type Item has a builder without the feature `testing`",
        ],
        &[
            "response field List.Items is of type Array of Item, was Array of Shelf",
            "type Item has a builder only with the feature `testing`",
        ],
    );
    check(
        &[(&at("request/0/format"), "uint64".into())],
        &["parameter List.Offset holds uint64, held integers"],
        &["parameter List.Offset holds integers, held uint64"],
    );
    check(
        &[("/types/Word", json!({"description": "", "fields": []}))],
        &[
            "response field List.Word is a Word, which is documented now",
            "type Word is new",
        ],
        &[
            "response field List.Word is a Word, which is no longer documented",
            "type Word was removed",
        ],
    );
    check(
        &[(
            "/types/Shelf/fields/0",
            json!({"name": "Item", "type": "Item", "description": ""}),
        )],
        &[
            "field Item.Of is a Shelf, which now contains this type",
            "field Shelf.Item is new",
        ],
        &[
            "field Item.Of is a Shelf, which no longer contains this type",
            "field Shelf.Item was removed",
        ],
    );
}

#[test]
fn renamed_action_is_suggested() {
    let mut new = shop(&[]);
    let mut list = new.actions.remove("List").expect("the action");
    for field in list.request.iter_mut().chain(&mut list.response) {
        field.description.push_str(" More words.");
    }
    new.actions.insert("Enumerate".to_owned(), list);
    let changes = changes(&[shop(&[])], &[new]);
    assert_eq!(
        changes[0].what(),
        "was removed (Enumerate, which is new, has the same tables: renamed?)"
    );
    assert_eq!(changes[0].new.as_deref(), Some("Enumerate"));
}
