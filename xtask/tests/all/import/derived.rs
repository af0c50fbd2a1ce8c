//! Derived facts and their corrections.

use serde_json::json;

use crate::import::place::{INTL, INTL_TEXT, TestFolder, api, member, place};

/// Returns metadata of a paginated listing.
fn listing() -> Vec<(String, String)> {
    let number = |name: &str| member(name, "int", "int64", json!({}));
    let request = json!([number("Offset"), number("Limit")]);
    let response = json!([
        number("TotalCount"),
        member("Items", "list", "Item", json!({})),
        member("Shelves", "list", "Item", json!({})),
    ]);
    let actions = [
        ("DescribeItems", request, response),
        ("Order", json!([]), json!([])),
    ];
    let types = [("Item", json!([number("Id")]))];
    let text = api("shop", "2021-03-31", &actions, &types);
    vec![
        (place("shop", "2021-03-31", "api.json"), text),
        (INTL.to_owned(), INTL_TEXT.to_owned()),
    ]
}

#[test]
fn correction_survives_import() {
    let place = TestFolder::with(&listing());
    place.import(&["--all"]).succeeded();
    let file = "shop/2021-03-31.json";
    let by_offset = json!({"by": "offset", "items": "Items", "total": "TotalCount"});
    place.correct(file, |spec| {
        assert_eq!(spec["actions"]["Order"]["access"], "write");
        spec["actions"]["Order"]["access"] = "read".into();
        spec["actions"]["DescribeItems"]["pagination"] = by_offset.clone();
    });
    let outcome = place.import(&["--all"]);
    let out = outcome.succeeded();
    assert!(
        out.contains(
            "kept  shop 2021-03-31 actions.Order.access: the action reads, but its name implies that it writes\n"
        ),
        "{out}"
    );
    let spec = place.spec(file);
    assert_eq!(spec["actions"]["Order"]["access"], "read");
    assert_eq!(spec["actions"]["DescribeItems"]["pagination"], by_offset);

    // Also if the metadata has changed.
    let mut files = listing();
    files[0].1 = files[0].1.replace("\"Id\"", "\"Identifier\"");
    place.pack(&files);
    place.import(&["--all"]).succeeded();
    let spec = place.spec(file);
    assert_eq!(spec["types"]["Item"]["fields"][0]["name"], "Identifier");
    assert_eq!(spec["actions"]["Order"]["access"], "read");
    assert_eq!(spec["actions"]["DescribeItems"]["pagination"], by_offset);
}

#[test]
fn facts_are_derived_from_new_metadata() {
    let mut files = listing();
    // A single list is certainly the paginated one.
    files[0].1 = files[0].1.replace("\"Shelves\"", "\"RequestId\"");
    let grown = files.clone();
    files[0].1 = files[0].1.replace("\"TotalCount\"", "\"Age\"");
    let place = TestFolder::with(&files);
    place.import(&["--all"]).succeeded();
    let pagination =
        || place.spec("shop/2021-03-31.json")["actions"]["DescribeItems"]["pagination"].clone();
    assert_eq!(pagination(), json!({"by": "offset", "items": "Items"}));

    place.pack(&grown);
    let outcome = place.import(&["--all"]);
    assert!(!outcome.succeeded().contains("kept "), "{}", outcome.out);
    assert_eq!(
        pagination(),
        json!({"by": "offset", "items": "Items", "total": "TotalCount"})
    );
}
