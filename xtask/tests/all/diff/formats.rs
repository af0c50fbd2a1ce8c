//! The three output formats.

use serde_json::{Value, json};

use crate::command::write;
use crate::diff::shop::{TestFolder, field, spec};

/// Creates a folder with a spec before and after.
fn shop() -> TestFolder {
    let place = TestFolder::new();
    let old = json!([field("Name", "String"), field("Old_Name", "String")]);
    let mut old = spec("shop", "2021-03-31", old);
    old["actions"]["Order"]["rate_limit"] = 1.into();
    let new = json!([field("Count", "Integer"), field("Name", "Date")]);
    let mut new = spec("shop", "2021-03-31", new);
    new["actions"]["Order"]["rate_limit"] = 20.into();
    new["actions"]["Order"]["description"] = "Orders things.".into();
    place.put("old.json", &old);
    place.put("new.json", &new);
    place
}

#[test]
fn text_lists_breaking_changes_first() {
    let outcome = shop().diff(&["old.json", "new.json"]);
    assert_eq!(
        outcome.succeeded(),
        "\
shop: breaking
  2021-03-31  parameter Order.Old_Name was removed: its field is removed
shop: additions
  2021-03-31  parameter Order.Count is new: a field is added
shop: behaviour and documentation
  2021-03-31  action Order has the rate limit 20 requests per second, was 1 request per second: the client's rate limit changes
  2021-03-31  parameter Order.Name is of type Date, was String: its Rust type is the same
shop: wording and order only
  2021-03-31  action Order has a new description: only the wording changes
shop: 1 breaking, 1 addition, 2 of behaviour and documentation, 1 of wording and order
"
    );
    assert_eq!(outcome.err, "");
}

#[test]
fn json_has_an_object_per_change() {
    let outcome = shop().diff(&["old.json", "new.json", "--format", "json"]);
    let read: Value = serde_json::from_str(outcome.succeeded()).expect("JSON");
    let change = |place: &str, more: Value, consequence: &str, reason: &str, editorial: bool| {
        let mut change = json!({"version": "2021-03-31", "place": place, "action": "Order"});
        let object = change.as_object_mut().expect("an object");
        object.extend(more.as_object().cloned().expect("an object"));
        object.insert("consequence".to_owned(), consequence.into());
        object.insert("reason".to_owned(), reason.into());
        object.insert("editorial".to_owned(), editorial.into());
        change
    };
    let expect = json!({"services": [{
        "service": "shop",
        "consequence": "breaking",
        "version": null,
        "changes": [
            change(
                "action",
                json!({
                    "kind": "rate_limit",
                    "old": "1 request per second",
                    "new": "20 requests per second",
                }),
                "documentation",
                "the client's rate limit changes",
                false,
            ),
            change(
                "action",
                json!({"kind": "reworded", "old": "Orders something.", "new": "Orders things."}),
                "documentation",
                "only the wording changes",
                true,
            ),
            change(
                "parameter",
                json!({"name": "Old_Name", "kind": "removed"}),
                "breaking",
                "its field is removed",
                false,
            ),
            change(
                "parameter",
                json!({"name": "Count", "kind": "added"}),
                "addition",
                "a field is added",
                false,
            ),
            change(
                "parameter",
                json!({"name": "Name", "kind": "type", "old": "String", "new": "Date"}),
                "documentation",
                "its Rust type is the same",
                false,
            ),
        ],
    }]});
    assert_eq!(read, expect);
}

#[test]
fn markdown_links_the_pages() {
    let outcome = shop().diff(&["old.json", "new.json", "--format", "markdown"]);
    let page = "([page](<specs/shop/pages/2021-03-31/Order.txt>))";
    assert_eq!(
        outcome.succeeded(),
        format!(
            "\
## tencentcloud-shop

### Breaking

- 2021-03-31, parameter Order.Old\\_Name was removed: its field is removed {page}

### Added

- 2021-03-31, parameter Order.Count is new: a field is added {page}

### Behaviour and documentation

- 2021-03-31, action Order has the rate limit 20 requests per second, was 1 request per second: the client's rate limit changes {page}
- 2021-03-31, parameter Order.Name is of type Date, was String: its Rust type is the same {page}

### Wording and order only

- 2021-03-31, action Order has a new description: only the wording changes {page}
"
        )
    );
}

#[test]
fn shared_items_link_their_page() {
    let place = shop();
    let mut old = spec("shop", "2021-03-31", json!([]));
    old["types"]["Tag"] = json!({"description": "", "fields": []});
    old["errors"] = json!([]);
    old["sources"] = json!({
        "types": [{"page": "pages/2021-03-31/DataTypes.txt"}],
        "errors": [{
            "page": "pages/2021-03-31/ErrorCodes.txt",
            "url": "https://example.org/document/1/3",
            "fetched": "2026-01-02T03:04:05Z",
        }],
    });
    place.put("old.json", &old);
    let mut new = old.clone();
    new["types"]["Tag"]["fields"] = json!([field("Key", "String")]);
    new["errors"] = json!([{"code": "Busy", "description": ""}]);
    // Links use the new pages, or the old ones if an item was removed.
    new["sources"]["types"][0]["page"] = "pages/2021-03-31/Types.txt".into();
    new["sources"]["errors"] = json!([]);
    place.put("new.json", &new);
    let outcome = place.diff(&["old.json", "new.json", "--format", "markdown"]);
    let out = outcome.succeeded();
    for linked in [
        "field Tag.Key is new: a field is added ([page](<specs/shop/pages/2021-03-31/Types.txt>))\n",
        "([page](<https://example.org/document/1/3>))\n",
    ] {
        assert!(out.contains(linked), "{out}");
    }
}

#[test]
fn fetched_page_links_its_url() {
    let place = shop();
    let mut old = spec("shop", "2021-03-31", json!([]));
    old["actions"]["Order"]["source"]["url"] = "https://example.org/document/1/2".into();
    place.put("old.json", &old);
    let mut new = old.clone();
    new["actions"]["Order"]["description"] = "Orders it.".into();
    place.put("new.json", &new);
    let outcome = place.diff(&["old.json", "new.json", "--format", "markdown"]);
    let out = outcome.succeeded();
    assert!(
        out.contains("([page](<https://example.org/document/1/2>))"),
        "{out}"
    );
}

#[test]
fn next_version_follows_the_crate() {
    let place = shop();
    let manifest = "[package]\nname = \"tencentcloud-shop\"\nversion = \"1.3.4\"\n";
    write(&place.path().join("generated/shop/Cargo.toml"), manifest);
    let mut more = spec("shop", "2021-03-31", json!([]));
    more["actions"]["Ping"] = more["actions"]["Order"].clone();
    place.put("less.json", &spec("shop", "2021-03-31", json!([])));
    place.put("more.json", &more);
    more["actions"]["Ping"]["description"] = "Does nothing.".into();
    place.put("reworded.json", &more);
    for (old, new, expect) in [
        ("more.json", "less.json", "2.0.0"),
        ("less.json", "more.json", "1.4.0"),
        ("more.json", "reworded.json", "1.3.5"),
    ] {
        let of = |more: &[&str]| {
            let outcome = place.diff(&[&[old, new, "--root", "."], more].concat());
            outcome.succeeded().to_owned()
        };
        let out = of(&[]);
        assert!(
            out.ends_with(&format!("; the next version is {expect}, after 1.3.4\n")),
            "{out}"
        );
        let out = of(&["--format", "markdown"]);
        assert!(
            out.starts_with(&format!("## tencentcloud-shop {expect}\n")),
            "{out}"
        );
        let read: Value = serde_json::from_str(&of(&["--format", "json"])).expect("JSON");
        let version = &read["services"][0]["version"];
        assert_eq!(*version, json!({"current": "1.3.4", "next": expect}));
    }
    let outcome = place.diff(&["less.json", "less.json", "--root", "."]);
    assert_eq!(outcome.succeeded(), "shop: nothing changed for callers\n");
    let outcome = place.diff(&["less.json", "less.json", "--format", "markdown"]);
    assert_eq!(outcome.succeeded(), "");
    write(
        &place.path().join("generated/shop/Cargo.toml"),
        "[package]\nversion = \"one\"\n",
    );
    let outcome = place.diff(&["less.json", "more.json", "--root", "."]);
    let expect = "error: ./generated/shop/Cargo.toml: `one` is not a version: ";
    assert!(outcome.failed().starts_with(expect), "{}", outcome.err);
}
