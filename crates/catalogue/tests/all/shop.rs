//! A small catalogue, of a fictional shop.

use std::path::Path;

use tc3_catalogue::{BuildError, Catalogue, build};
use tc3_spec::{Imported, Site, Spec};

/// Returns the package of the shop's facts.
pub(crate) fn packages() -> Vec<Imported> {
    vec![Imported {
        package: "tccli-intl-en".to_owned(),
        version: Some("3.1.5".to_owned()),
    }]
}

/// Returns a spec with every kind of fact.
pub(crate) fn spec(service: &str, version: &str) -> Spec {
    let json = r#"{
        "format": 1, "service": "SERVICE", "version": "VERSION", "endpoint": "SERVICE.intl.tencentcloudapi.com",
        "actions": {
            "BuyGoods": {
                "description": "Buys.", "access": "write", "deprecated": true,
                "request": [
                    {"name": "Count", "type": "Integer", "format": "uint64", "required": true, "description": "How many."},
                    {"name": "ClientToken", "type": "String", "secret": false, "description": ""},
                    {"name": "_tags", "type": "Array of Array of Tag", "deprecated": true, "description": ""}
                ],
                "response": [], "errors": [], "examples": [{"title": "One", "request": {"Count": 1}}]
            },
            "ListGoods": {
                "description": "", "access": "read",
                "pagination": {"by": "offset", "items": "Result.Goods", "total": "Total", "multiple": true},
                "request": [
                    {"name": "Offset", "type": "Integer", "format": "int64", "description": ""},
                    {"name": "Limit", "type": "Integer", "description": ""}
                ],
                "response": [
                    {"name": "Result", "type": "Shelf", "nullable": true, "description": ""},
                    {"name": "Total", "type": "Integer", "description": ""}
                ],
                "errors": [], "examples": []
            },
            "ListOrders": {
                "description": "", "access": "read",
                "pagination": {"by": "number", "items": "Orders", "number": "Page", "first": 1, "size": "Size"},
                "request": [
                    {"name": "Page", "type": "Integer", "description": ""}, {"name": "Size", "type": "Integer", "description": ""}
                ],
                "response": [{"name": "Orders", "type": "Array of String", "description": ""}],
                "errors": [], "examples": []
            },
            "ListTags": {
                "description": "", "access": "read",
                "pagination": {"by": "token", "items": "Tags", "last": {"IsLast": true}},
                "request": [{"name": "NextToken", "type": "String", "description": ""}],
                "response": [
                    {"name": "Tags", "type": "Array of Tag", "description": ""},
                    {"name": "NextToken", "type": "String", "description": ""},
                    {"name": "IsLast", "type": "Boolean", "description": ""}
                ],
                "errors": [], "examples": []
            }
        },
        "types": {
            "Shelf": {"description": "", "fields": [{"name": "Goods", "type": "Array of Tag", "description": ""}]},
            "Tag": {"description": "A tag.", "fields": [
                {"name": "Key", "type": "String", "required": true, "secret": true, "description": ""},
                {"name": "Price", "type": "Float", "description": ""}, {"name": "Weight", "type": "Double", "description": ""},
                {"name": "Day", "type": "Date", "description": ""}, {"name": "At", "type": "Timestamp", "description": ""},
                {"name": "Since", "type": "Timestamp ISO8601", "description": ""}, {"name": "Image", "type": "Binary", "description": ""},
                {"name": "Inner", "type": "Tag", "description": ""}
            ]}
        },
        "errors": [{"code": "FailedOperation.SoldOut", "description": "Sold out."}]
    }"#;
    let json = json.replace("SERVICE", service).replace("VERSION", version);
    Spec::from_json(&json, Path::new("shop")).expect("a spec")
}

/// Builds the catalogue of two services, one with two versions.
pub(crate) fn file() -> Vec<u8> {
    let specs = vec![
        spec("shop", "2021-03-31"),
        spec("bank", "2020-01-01"),
        spec("shop", "2018-01-02"),
    ];
    build(Site::Intl, packages(), specs).expect("a catalogue")
}

#[test]
fn facts_are_kept_without_texts() {
    let catalogue = Catalogue::new(file()).expect("a catalogue");
    assert!(catalogue.services().eq(["bank", "shop"]));
    assert!(catalogue.versions("shop").eq(["2018-01-02", "2021-03-31"]));
    assert_eq!(catalogue.version("shop", None), Ok("2021-03-31"));
    let spec = spec("shop", "2021-03-31");
    let mut expect = spec.clone();
    expect.imported = packages().pop();
    expect.errors[0].description.clear();
    expect
        .types
        .get_mut("Tag")
        .expect("a type")
        .description
        .clear();
    let buy = expect.actions.get_mut("BuyGoods").expect("an action");
    buy.description.clear();
    buy.request[0].description.clear();
    buy.examples.clear();
    assert_eq!(
        catalogue.load("shop", "2021-03-31").expect("a spec"),
        expect
    );
}

#[test]
fn action_has_only_reachable_types() {
    let catalogue = Catalogue::new(file()).expect("a catalogue");
    let names = |action| {
        let spec = catalogue
            .action("shop", "2021-03-31", action)
            .expect("an action");
        assert!(spec.actions.into_keys().eq([action]));
        spec.types.into_keys().collect::<Vec<_>>()
    };
    assert_eq!(names("ListOrders"), [""; 0]);
    assert_eq!(names("BuyGoods"), ["Tag"]);
    assert_eq!(names("ListGoods"), ["Shelf", "Tag"]);
}

#[test]
fn order_of_specs_does_not_matter() {
    let specs = vec![
        spec("bank", "2020-01-01"),
        spec("shop", "2018-01-02"),
        spec("shop", "2021-03-31"),
    ];
    assert_eq!(build(Site::Intl, packages(), specs), Ok(file()));
}

#[test]
fn unfit_specs_are_refused() {
    let refusal = |specs: Vec<Spec>| build(Site::Intl, packages(), specs).expect_err("a refusal");
    let shop = || spec("shop", "2021-03-31");
    assert!(matches!(
        refusal(vec![shop(), shop()]),
        BuildError::Twice { .. }
    ));
    let mut limited = shop();
    limited
        .actions
        .get_mut("BuyGoods")
        .expect("an action")
        .rate_limit = Some(20);
    let message = refusal(vec![limited]).to_string();
    assert!(
        message.starts_with("the spec of `shop` 2021-03-31 has facts that a catalogue cannot hold")
    );
    let mut invalid = shop();
    let tag = invalid.types.remove("Tag").expect("a type");
    invalid.types.insert("a b".to_owned(), tag);
    let message = refusal(vec![invalid]).to_string();
    assert!(
        message.starts_with("the spec of `shop` 2021-03-31 is invalid: types.a b: "),
        "{message}"
    );
}
