//! Descriptions of changes.

use std::path::Path;
use std::slice::from_ref;

use serde_json::{Value, json};
use tc3_spec::Spec;
use tc3_spec::diff::{Kind, changes};

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
        let parent = spec.pointer_mut(parent).expect("the parent exists");
        match (parent, value) {
            (Value::Array(list), value) => list.push(value.clone()),
            (Value::Object(map), Value::Null) => drop(map.remove(key)),
            (parent, value) => parent[key] = value.clone(),
        }
    }
    Spec::from_json(&spec.to_string(), Path::new("shop.json")).expect("a valid spec")
}

/// Checks the changes from one spec to the other, and in the other direction.
#[track_caller]
fn check(edits: &[(&str, Value)], forward: &[&str], backward: &[&str]) {
    let (old, new) = (shop(&[]), shop(edits));
    for (old, new, expect) in [(&old, &new, forward), (&new, &old, backward)] {
        let changes = changes(from_ref(old), from_ref(new));
        let texts = changes.iter();
        let texts: Vec<String> = texts
            .map(|change| format!("{} {}", change.place, change.description()))
            .collect();
        assert_eq!(texts, expect);
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
            "action List now may modify state",
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
        &["parameter List.Offset has the integer format uint64, was none"],
        &["parameter List.Offset has the integer format none, was uint64"],
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

/// Returns the changes of removed actions after `List` was replaced by these actions: copies of it, with some keys set.
/// `others` are copies that exist only in the old spec.
fn removals(others: &[&str], new: &[(&str, &[(&str, Value)])]) -> Vec<String> {
    let list = |edits| shop(edits).actions.remove("List").expect("the action");
    let (mut old_shop, mut new_shop) = (shop(&[]), shop(&[]));
    let copies = others.iter().map(|name| ((*name).to_owned(), list(&[])));
    old_shop.actions.extend(copies);
    new_shop.actions.clear();
    let copies = new
        .iter()
        .map(|(name, edits)| ((*name).to_owned(), list(edits)));
    new_shop.actions.extend(copies);
    let changes = changes(&[old_shop], &[new_shop]);
    let removed = changes.iter().filter(|change| change.kind == Kind::Removed);
    removed
        .map(|change| format!("{} {}", change.place, change.description()))
        .collect()
}

#[test]
fn renamed_action_is_suggested() {
    let description = "/actions/List/request/0/description";
    let required = "/actions/List/request/0/required";
    for edits in [
        &[][..],
        &[(description, "More words.".into())],
        &[(required, true.into())],
    ] {
        assert_eq!(
            removals(&[], &[("Enumerate", edits)]),
            ["action List was removed (Enumerate, which is new, has the same tables: renamed?)"]
        );
    }
}

#[test]
fn action_with_other_types_is_not_suggested() {
    for (path, name) in [
        ("/actions/List/request/0/type", "String"),
        ("/actions/List/response/1/type", "String"),
    ] {
        let edits = [(path, name.into())];
        assert_eq!(
            removals(&[], &[("Enumerate", &edits)]),
            ["action List was removed"]
        );
    }
}

#[test]
fn ambiguous_new_name_is_not_suggested() {
    assert_eq!(
        removals(&["Search"], &[("Enumerate", &[])]),
        ["action List was removed", "action Search was removed"]
    );
    assert_eq!(
        removals(&[], &[("Enumerate", &[]), ("Find", &[])]),
        ["action List was removed"]
    );
    // `Search` stays, so it is no new name of `List`.
    assert_eq!(
        removals(&["Search"], &[("Enumerate", &[]), ("Search", &[])]),
        ["action List was removed (Enumerate, which is new, has the same tables: renamed?)"]
    );
}
