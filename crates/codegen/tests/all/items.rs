//! Generated items are declared at their reported places.

use std::collections::BTreeMap;
use std::path::Path;

use tc3_codegen::{Declaration, GeneratedItem, generate_crate, generated_items};
use tc3_spec::Spec;

fn spec(text: &str) -> Spec {
    Spec::from_json(text, Path::new("spec.json")).expect("a valid spec")
}

/// Returns the items of a spec with their declarations, by full name.
#[track_caller]
fn declared(spec: &Spec) -> BTreeMap<String, (GeneratedItem, Declaration)> {
    let files = generate_crate(std::slice::from_ref(spec))
        .expect("a crate")
        .files;
    let mut declared = BTreeMap::new();
    for item in generated_items(spec).expect("a valid spec") {
        let text = files.get(&item.file).unwrap_or_else(|| panic!("{item:?}"));
        let found = item
            .find(text)
            .unwrap_or_else(|| panic!("{item:?} in {text}"));
        let line = text.lines().nth(found.line - 1).expect("a line");
        // A response without own fields is an alias of the runtime's type, which has the field.
        let is_alias = item.name == "request_id" && line.starts_with("pub type ");
        assert!(line.contains(&item.name) || is_alias, "{item:?}: {line}");
        let before = declared.insert(item.full_name(), (item, found));
        assert!(before.is_none(), "{before:?}");
    }
    declared
}

#[test]
fn repository_items_are_found() {
    for version in ["2018-12-25", "2021-03-31"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/organization");
        let spec = Spec::load(&path.join(format!("{version}.json"))).expect("a spec");
        let declared = declared(&spec);
        // Every item of the spec is generated, except fields that all responses have.
        for item in spec.items() {
            let path = item.path();
            assert!(declared.values().any(|(of, _)| of.path == path), "{path}");
        }
        assert!(declared.contains_key("ServiceError") || spec.errors.is_empty());
    }
}

#[test]
fn hostile_items_are_found() {
    let spec = spec(
        r#"{
  "format": 1, "service": "shop", "version": "2020-01-02", "endpoint": "shop.tencentcloudapi.com",
  "actions": {
    "Order": {
      "description": "pub struct OrderRequest {",
      "request": [
        {"name": "Type", "type": "String", "required": true, "description": "pub r#type: u8,"},
        {"name": "Types", "type": "Array of Price", "description": ""}
      ],
      "response": [
        {"name": "Type", "type": "Price", "description": ""},
        {"name": "type", "type": "Integer", "description": ""},
        {"name": "RequestId", "type": "String", "description": ""}
      ],
      "errors": [
        {"code": "Sold.Out", "description": "SoldOut,"},
        {"code": "SoldOut", "description": ""}
      ],
      "examples": []
    },
    "OrderAVeryLongNameOfAnActionThatDoesNotFitOnOneLineOfTheSourceAtAllWhateverElse": {
      "description": "",
      "request": [
        {"name": "AParameterOfAVeryLongNameIndeed", "type": "String", "required": true, "description": ""},
        {"name": "AnotherParameterOfAVeryLongNameIndeed", "type": "String", "required": true, "description": ""}
      ],
      "response": [], "errors": [], "examples": []
    }
  },
  "types": {
    "Price": {"description": "", "fields": [{"name": "Self", "type": "Float", "required": true, "description": ""}]},
    "PriceBuilder": {"description": "", "fields": [{"name": "Self", "type": "Float", "description": ""}]}
  },
  "errors": [{"code": "Sold.Out", "description": ""}]
}"#,
    );
    let declared = declared(&spec);
    let item = |name: &str| {
        let (item, found) = declared
            .get(name)
            .unwrap_or_else(|| panic!("{name} {:?}", declared.keys()));
        (item.path.as_str(), found.text.as_str())
    };
    assert_eq!(
        item("OrderRequest::type"),
        ("actions.Order.request.Type", "pub r#type: String")
    );
    assert_eq!(
        item("OrderBuilder::type").1,
        "pub fn r#type(self, value: impl Into<String>) -> OrderBuilder<C, Set>"
    );
    assert_eq!(
        item("OrderResponse::type"),
        (
            "actions.Order.response.Type",
            "pub r#type: Option<types::Price>"
        )
    );
    assert_eq!(
        item("OrderResponse::type_"),
        ("actions.Order.response.type", "pub type_: Option<i64>")
    );
    assert_eq!(
        item("OrderError::SoldOut"),
        ("actions.Order.errors.Sold.Out", "SoldOut")
    );
    assert_eq!(
        item("OrderError::SoldOutCode"),
        ("actions.Order.errors.SoldOut", "SoldOutCode")
    );
    assert_eq!(
        item("ServiceError::SoldOut"),
        ("errors.Sold.Out", "SoldOut")
    );
    assert_eq!(item("ServiceError"), ("errors", "pub enum ServiceError"));
    assert_eq!(
        item("PriceBuilder"),
        ("types.PriceBuilder", "pub struct PriceBuilder")
    );
    assert_eq!(
        item("PriceBuilder::self_").0,
        "types.PriceBuilder.fields.Self"
    );
    assert_eq!(
        item("Client::order"),
        (
            "actions.Order",
            "pub fn order(&self) -> OrderBuilder<::tc3::Client>"
        )
    );
    let long = "order_a_very_long_name_of_an_action_that_does_not_fit_on_one_line_of_the_source_at_all_whatever_else";
    let (path, text) = item(&format!("Client::{long}"));
    assert!(
        spec.actions
            .contains_key(path.strip_prefix("actions.").unwrap_or_default())
    );
    assert!(
        text.starts_with(&format!("pub fn {long}(&self) -> ")),
        "{text}"
    );
}

#[test]
fn item_is_not_in_other_files() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/organization/2021-03-31.json");
    let spec = Spec::load(&path).expect("a spec");
    for item in generated_items(&spec).expect("a valid spec") {
        assert_eq!(item.find(""), None);
        assert_eq!(item.find("pub struct Other {\n"), None);
    }
}
