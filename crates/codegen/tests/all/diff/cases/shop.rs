//! The example spec of a shop, and helpers to edit it.

use serde_json::{Value, json};

/// Returns the example spec, which has every kind of item.
pub(crate) fn shop() -> Value {
    json!({
        "format": 1,
        "service": "shop",
        "version": "2021-03-31",
        "endpoint": "shop.intl.tencentcloudapi.com",
        "actions": {
            "DescribeItems": {
                "description": "Lists items.",
                "request": [
                    field("Offset", "Integer"),
                    field("Limit", "Integer"),
                    field("Filters", "Array of Filter"),
                ],
                "response": [
                    field("TotalCount", "Integer"),
                    field("Items", "Array of Item"),
                    field("Names", "Array of String"),
                ],
                "errors": [],
                "examples": [],
            },
            "Order": {
                "description": "Orders something.",
                "rate_limit": 20,
                "region": "optional",
                "request": [
                    required("Name", "String"),
                    required("Count", "Integer"),
                    field("Note", "String"),
                    field("Tag", "Tag"),
                    field("Tags", "Array of Tag"),
                    required("ClientToken", "String"),
                ],
                "response": [
                    field("Id", "String"),
                    field("Item", "Item"),
                    field("Count", "Integer"),
                ],
                "errors": [code("FailedOperation.Closed"), code("LimitExceeded")],
                "examples": [
                    {"title": "One", "request": {"Name": "a"}, "response": {"Id": "1"}},
                    {"title": "Two", "request": {"Name": "b"}, "response": {"Id": "2"}},
                ],
            },
            "Ping": {
                "description": "Does nothing.",
                "request": [],
                "response": [],
                "errors": [],
                "examples": [],
            },
        },
        "types": {
            "Filter": data_type(json!([field("Name", "String")])),
            "Item": data_type(json!([required("Label", "String"), field("Price", "Float")])),
            "Left": data_type(json!([field("Right", "Right")])),
            "Right": data_type(json!([field("Word", "String")])),
            "Spare": data_type(json!([field("Word", "String")])),
            "Tag": data_type(json!([
                required("Key", "String"),
                required("Kind", "Integer"),
                field("Value", "String"),
            ])),
        },
        "errors": [code("InternalError"), code("AuthFailure.Expired")],
    })
}

pub(super) fn field(name: &str, of: &str) -> Value {
    json!({"name": name, "type": of, "description": "Something."})
}

pub(super) fn required(name: &str, of: &str) -> Value {
    let mut field = field(name, of);
    field["required"] = true.into();
    field
}

pub(super) fn code(code: &str) -> Value {
    json!({"code": code, "description": "Something."})
}

pub(super) fn data_type(fields: Value) -> Value {
    json!({"description": "Something.", "fields": fields})
}

/// Returns the value at a path. Panics if it does not exist.
pub(super) fn at<'a>(spec: &'a mut Value, path: &str) -> &'a mut Value {
    spec.pointer_mut(path)
        .unwrap_or_else(|| panic!("no value at {path}"))
}

pub(super) fn list<'a>(spec: &'a mut Value, path: &str) -> &'a mut Vec<Value> {
    at(spec, path).as_array_mut().expect("a list")
}

pub(super) fn map<'a>(spec: &'a mut Value, path: &str) -> &'a mut serde_json::Map<String, Value> {
    at(spec, path).as_object_mut().expect("a map")
}

/// Sets a key of the object at a path.
pub(super) fn set(spec: &mut Value, path: &str, key: &str, value: impl Into<Value>) {
    map(spec, path).insert(key.to_owned(), value.into());
}

/// Removes a key of the object at a path.
pub(super) fn unset(spec: &mut Value, path: &str, key: &str) {
    map(spec, path).remove(key).expect("an existing key");
}

pub(super) fn push(spec: &mut Value, path: &str, value: Value) {
    list(spec, path).push(value);
}

pub(super) fn same(_: &mut Value) {}

/// Removes the version.
pub(super) fn none(spec: &mut Value) {
    *spec = Value::Null;
}

pub(super) const NAME: &str = "/actions/Order/request/0";
pub(super) const COUNT: &str = "/actions/Order/request/1";
pub(super) const NOTE: &str = "/actions/Order/request/2";
pub(super) const TOKEN: &str = "/actions/Order/request/5";
pub(super) const ID: &str = "/actions/Order/response/0";
pub(super) const ITEM: &str = "/actions/Order/response/1";
pub(super) const RESPONSE_COUNT: &str = "/actions/Order/response/2";
pub(super) const KEY: &str = "/types/Tag/fields/0";
pub(super) const KIND: &str = "/types/Tag/fields/1";
pub(super) const VALUE: &str = "/types/Tag/fields/2";
pub(super) const LABEL: &str = "/types/Item/fields/0";
pub(super) const ORDER: &str = "/actions/Order";
pub(super) const LISTS: &str = "/actions/DescribeItems";
