//! A case for every kind of change: a shop before and after it, and what the comparison says of it.

use serde_json::{Value, json};

/// A change of the shop's spec.
pub(crate) struct Case {
    /// What makes the old spec of the shop's.
    pub(crate) old: Edit,
    /// What makes the new one.
    pub(crate) new: Edit,
    /// All that changed: the consequence, the place and the kind of each change.
    pub(crate) expect: &'static [&'static str],
}

type Edit = fn(&mut Value);

/// The shop's spec, with something of everything.
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

fn field(name: &str, of: &str) -> Value {
    json!({"name": name, "type": of, "description": "Something."})
}

fn required(name: &str, of: &str) -> Value {
    let mut field = field(name, of);
    field["required"] = true.into();
    field
}

fn code(code: &str) -> Value {
    json!({"code": code, "description": "Something."})
}

fn data_type(fields: Value) -> Value {
    json!({"description": "Something.", "fields": fields})
}

/// The value at a path, which is there.
fn at<'a>(spec: &'a mut Value, path: &str) -> &'a mut Value {
    spec.pointer_mut(path)
        .unwrap_or_else(|| panic!("nothing is at {path}"))
}

fn list<'a>(spec: &'a mut Value, path: &str) -> &'a mut Vec<Value> {
    at(spec, path).as_array_mut().expect("a list")
}

fn map<'a>(spec: &'a mut Value, path: &str) -> &'a mut serde_json::Map<String, Value> {
    at(spec, path).as_object_mut().expect("a map")
}

/// Puts a key of the object at a path.
fn set(spec: &mut Value, path: &str, key: &str, value: impl Into<Value>) {
    map(spec, path).insert(key.to_owned(), value.into());
}

/// Leaves out a key of the object at a path.
fn unset(spec: &mut Value, path: &str, key: &str) {
    map(spec, path).remove(key).expect("the key is there");
}

fn push(spec: &mut Value, path: &str, value: Value) {
    list(spec, path).push(value);
}

fn same(_: &mut Value) {}

/// Where there is no such version.
fn none(spec: &mut Value) {
    *spec = Value::Null;
}

const NAME: &str = "/actions/Order/request/0";
const COUNT: &str = "/actions/Order/request/1";
const NOTE: &str = "/actions/Order/request/2";
const TOKEN: &str = "/actions/Order/request/5";
const ID: &str = "/actions/Order/response/0";
const ITEM: &str = "/actions/Order/response/1";
const ANSWERED_COUNT: &str = "/actions/Order/response/2";
const KEY: &str = "/types/Tag/fields/0";
const KIND: &str = "/types/Tag/fields/1";
const VALUE: &str = "/types/Tag/fields/2";
const LABEL: &str = "/types/Item/fields/0";
const ORDER: &str = "/actions/Order";
const LISTS: &str = "/actions/DescribeItems";

/// All cases. The old caller compiles against what is new, where nothing is breaking; and does not, where something is.
pub(crate) fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |old, new, expect| cases.push(Case { old, new, expect });
    versions(&mut case);
    actions(&mut case);
    parameters(&mut case);
    response_fields(&mut case);
    types(&mut case);
    type_fields(&mut case);
    codes(&mut case);
    examples(&mut case);
    names(&mut case);
    cases
}

type Add<'a> = dyn FnMut(Edit, Edit, &'static [&'static str]) + 'a;

fn versions(case: &mut Add<'_>) {
    case(none, same, &["addition: the version: added"]);
    case(same, none, &["breaking: the version: removed"]);
    case(
        same,
        |spec| set(spec, "", "endpoint", "shop.tencentcloudapi.com"),
        &["documentation: the version: endpoint"],
    );
    case(
        |spec| unset(spec, "", "errors"),
        same,
        &[
            "addition: the version: first_code",
            "addition: error code InternalError of the service: added",
            "addition: error code AuthFailure.Expired of the service: added",
        ],
    );
    case(
        same,
        |spec| unset(spec, "", "errors"),
        &[
            "breaking: the version: last_code",
            "breaking: error code InternalError of the service: removed",
            "breaking: error code AuthFailure.Expired of the service: removed",
        ],
    );
    // Where facts come from, and derived facts that are written down, are no change.
    case(
        same,
        |spec| {
            set(spec, ORDER, "source", json!({"page": "pages/Order.txt"}));
            set(
                spec,
                "",
                "imported",
                json!({"package": "tccli", "version": "1"}),
            );
            set(spec, ORDER, "access", "write");
            let pages = json!({"by": "offset", "items": "Items", "total": "TotalCount"});
            set(spec, LISTS, "pagination", pages);
        },
        &[],
    );
}

fn actions(case: &mut Add<'_>) {
    case(
        |spec| unset(spec, "/actions", "Ping"),
        same,
        &["addition: action Ping: added"],
    );
    case(
        same,
        |spec| unset(spec, "/actions", "Ping"),
        &["breaking: action Ping: removed"],
    );
    case(
        same,
        |spec| {
            let list = map(spec, "/actions")
                .remove("DescribeItems")
                .expect("it is there");
            set(spec, "/actions", "ListItems", list);
        },
        &[
            "breaking: action DescribeItems: removed",
            "addition: action ListItems: added",
        ],
    );
    case(
        same,
        |spec| set(spec, ORDER, "deprecated", true),
        &["addition: action Order: deprecated"],
    );
    case(
        |spec| set(spec, ORDER, "deprecated", true),
        same,
        &["documentation: action Order: undeprecated"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "description", "Orders things."),
        &["documentation: action Order: reworded"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "rate_limit", 1),
        &["documentation: action Order: rate_limit"],
    );
    case(
        same,
        |spec| unset(spec, ORDER, "rate_limit"),
        &["documentation: action Order: rate_limit"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "region", "required"),
        &["documentation: action Order: region"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "access", "read"),
        &["documentation: action Order: access"],
    );
    case(
        |spec| set(spec, LISTS, "pagination", false),
        same,
        &["addition: action DescribeItems: pages_added"],
    );
    case(
        same,
        |spec| set(spec, LISTS, "pagination", false),
        &["breaking: action DescribeItems: pages_removed"],
    );
    // An action that writes has no pages, whatever its tables say.
    case(
        same,
        |spec| set(spec, LISTS, "access", "write"),
        &[
            "documentation: action DescribeItems: access",
            "breaking: action DescribeItems: pages_removed",
        ],
    );
    case(
        same,
        |spec| {
            set(
                spec,
                LISTS,
                "pagination",
                json!({"by": "offset", "items": "Items"}),
            )
        },
        &["documentation: action DescribeItems: pages"],
    );
    case(
        same,
        |spec| {
            let pages = json!({"by": "offset", "items": "Names", "total": "TotalCount"});
            set(spec, LISTS, "pagination", pages);
        },
        &["breaking: action DescribeItems: pages"],
    );
    // One list that is no list of structures more, and it is in doubt which is meant.
    case(
        |spec| drop(list(spec, "/actions/DescribeItems/response").pop()),
        |spec| {
            push(
                spec,
                "/actions/DescribeItems/response",
                field("Others", "Array of Item"),
            )
        },
        &[
            "breaking: action DescribeItems: pages_removed",
            "addition: response field DescribeItems.Names: added",
            "addition: response field DescribeItems.Others: added",
        ],
    );
    case(
        same,
        |spec| push(spec, "/actions/Ping/response", field("Time", "Timestamp")),
        &[
            "breaking: action Ping: first_field",
            "addition: response field Ping.Time: added",
        ],
    );
    // What every response has is no field of its own.
    case(
        same,
        |spec| push(spec, "/actions/Ping/response", field("RequestId", "String")),
        &[],
    );
    case(
        same,
        |spec| push(spec, "/actions/Ping/errors", code("FailedOperation")),
        &[
            "addition: action Ping: first_code",
            "addition: error code FailedOperation of Ping: added",
        ],
    );
    case(
        |spec| push(spec, "/actions/Ping/errors", code("FailedOperation")),
        same,
        &[
            "breaking: action Ping: last_code",
            "breaking: error code FailedOperation of Ping: removed",
        ],
    );
}

fn parameters(case: &mut Add<'_>) {
    case(
        same,
        |spec| list(spec, "/actions/Order/request").insert(0, field("Address", "String")),
        &["addition: parameter Order.Address: added"],
    );
    case(
        same,
        |spec| {
            push(
                spec,
                "/actions/Order/request",
                required("Address", "String"),
            )
        },
        &["breaking: parameter Order.Address: added"],
    );
    // The token is filled in, whatever the page says.
    case(
        same,
        |spec| {
            push(
                spec,
                "/actions/Ping/request",
                required("ClientToken", "String"),
            )
        },
        &["addition: parameter Ping.ClientToken: added"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/request").remove(2)),
        &["breaking: parameter Order.Note: removed"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "required", true),
        &["breaking: parameter Order.Note: required"],
    );
    case(
        same,
        |spec| unset(spec, COUNT, "required"),
        &["breaking: parameter Order.Count: optional"],
    );
    case(
        same,
        |spec| unset(spec, TOKEN, "required"),
        &["documentation: parameter Order.ClientToken: optional"],
    );
    case(
        |spec| unset(spec, TOKEN, "required"),
        same,
        &["documentation: parameter Order.ClientToken: required"],
    );
    case(
        same,
        |spec| set(spec, COUNT, "type", "String"),
        &["breaking: parameter Order.Count: type"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Array of String"),
        &["breaking: parameter Order.Note: type"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Filter"),
        &["breaking: parameter Order.Note: type"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Timestamp ISO8601"),
        &["documentation: parameter Order.Note: type"],
    );
    case(
        |spec| set(spec, NOTE, "type", "Nowhere"),
        |spec| set(spec, NOTE, "type", "Elsewhere"),
        &["documentation: parameter Order.Note: type"],
    );
    case(
        same,
        |spec| set(spec, TOKEN, "type", "Binary"),
        &["breaking: parameter Order.ClientToken: type"],
    );
    case(
        |spec| {
            unset(spec, TOKEN, "required");
        },
        |spec| {
            unset(spec, TOKEN, "required");
            set(spec, TOKEN, "type", "Binary");
        },
        &["documentation: parameter Order.ClientToken: type"],
    );
    case(
        same,
        |spec| set(spec, COUNT, "format", "uint64"),
        &["breaking: parameter Order.Count: format"],
    );
    case(
        same,
        |spec| set(spec, COUNT, "format", "int64"),
        &["documentation: parameter Order.Count: format"],
    );
    case(
        |spec| set(spec, NOTE, "type", "Word"),
        |spec| {
            set(spec, NOTE, "type", "Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: parameter Order.Note: typed",
            "addition: type Word: added",
        ],
    );
    case(
        |spec| set(spec, NOTE, "type", "Spare"),
        |spec| {
            set(spec, NOTE, "type", "Spare");
            unset(spec, "/types", "Spare");
        },
        &[
            "breaking: parameter Order.Note: untyped",
            "breaking: type Spare: removed",
        ],
    );
    case(
        same,
        |spec| set(spec, NOTE, "nullable", true),
        &["documentation: parameter Order.Note: nullable"],
    );
    case(
        |spec| set(spec, NOTE, "nullable", true),
        same,
        &["documentation: parameter Order.Note: not_nullable"],
    );
    case(
        same,
        |spec| set(spec, NAME, "deprecated", true),
        &["addition: parameter Order.Name: deprecated"],
    );
    case(
        |spec| set(spec, NAME, "deprecated", true),
        same,
        &["documentation: parameter Order.Name: undeprecated"],
    );
    case(
        same,
        |spec| set(spec, NAME, "description", "The name."),
        &["documentation: parameter Order.Name: reworded"],
    );
    case(
        same,
        |spec| {
            let last = list(spec, "/actions/Order/request").remove(4);
            list(spec, "/actions/Order/request").insert(0, last);
        },
        &["documentation: parameter Order.Tags: moved"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/request").swap(0, 1),
        &["breaking: parameter Order.Name: moved"],
    );
    // Parameters that page through a response are what its pages stand on.
    case(
        same,
        |spec| set(spec, "/actions/DescribeItems/request/0", "deprecated", true),
        &[
            "breaking: action DescribeItems: pages_removed",
            "addition: parameter DescribeItems.Offset: deprecated",
        ],
    );
}

fn response_fields(case: &mut Add<'_>) {
    case(
        same,
        |spec| {
            push(
                spec,
                "/actions/Order/response",
                required("Time", "Timestamp"),
            )
        },
        &["addition: response field Order.Time: added"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/response").remove(0)),
        &["breaking: response field Order.Id: removed"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").truncate(0),
        &[
            "breaking: response field Order.Id: removed",
            "breaking: response field Order.Item: removed",
            "breaking: response field Order.Count: removed",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "required", true),
        &["documentation: response field Order.Id: required"],
    );
    case(
        |spec| set(spec, ID, "required", true),
        same,
        &["documentation: response field Order.Id: optional"],
    );
    case(
        same,
        |spec| set(spec, ID, "type", "Boolean"),
        &["breaking: response field Order.Id: type"],
    );
    case(
        same,
        |spec| set(spec, ITEM, "type", "Array of Item"),
        &["breaking: response field Order.Item: type"],
    );
    case(
        same,
        |spec| set(spec, ID, "type", "Date"),
        &["documentation: response field Order.Id: type"],
    );
    case(
        |spec| set(spec, ID, "type", "Float"),
        |spec| set(spec, ID, "type", "Double"),
        &["documentation: response field Order.Id: type"],
    );
    case(
        |spec| set(spec, ID, "type", "Binary"),
        |spec| set(spec, ID, "type", "Timestamp"),
        &["documentation: response field Order.Id: type"],
    );
    case(
        same,
        |spec| set(spec, ANSWERED_COUNT, "format", "uint64"),
        &["breaking: response field Order.Count: format"],
    );
    case(
        |spec| set(spec, ANSWERED_COUNT, "format", "int64"),
        same,
        &["documentation: response field Order.Count: format"],
    );
    case(
        |spec| set(spec, ID, "type", "Array of Word"),
        |spec| {
            set(spec, ID, "type", "Array of Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: response field Order.Id: typed",
            "addition: type Word: added",
        ],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Item"),
        &[
            "breaking: response field DescribeItems.Items: untyped",
            "breaking: response field Order.Item: untyped",
            "breaking: type Item: removed",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "nullable", true),
        &["documentation: response field Order.Id: nullable"],
    );
    case(
        |spec| set(spec, ID, "nullable", true),
        same,
        &["documentation: response field Order.Id: not_nullable"],
    );
    case(
        same,
        |spec| set(spec, ID, "deprecated", true),
        &["addition: response field Order.Id: deprecated"],
    );
    case(
        |spec| set(spec, ID, "deprecated", true),
        same,
        &["documentation: response field Order.Id: undeprecated"],
    );
    case(
        same,
        |spec| set(spec, ID, "description", "The number."),
        &["documentation: response field Order.Id: reworded"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").swap(0, 1),
        &["documentation: response field Order.Id: moved"],
    );
}

fn types(case: &mut Add<'_>) {
    case(
        |spec| unset(spec, "/types", "Spare"),
        same,
        &["addition: type Spare: added"],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Spare"),
        &["breaking: type Spare: removed"],
    );
    case(
        same,
        |spec| set(spec, "/types/Tag", "description", "A tag."),
        &["documentation: type Tag: reworded"],
    );
    case(
        same,
        |spec| push(spec, "/actions/Ping/request", field("Item", "Item")),
        &[
            "addition: parameter Ping.Item: added",
            "addition: type Item: builder_added",
        ],
    );
    // What no action uses can be built. Once a response is made of it, only the service makes it.
    case(
        same,
        |spec| push(spec, "/actions/Order/response", field("Spare", "Spare")),
        &[
            "addition: response field Order.Spare: added",
            "breaking: type Spare: builder_removed",
        ],
    );
}

fn type_fields(case: &mut Add<'_>) {
    case(
        same,
        |spec| push(spec, "/types/Tag/fields", field("Colour", "String")),
        &["addition: field Tag.Colour: added"],
    );
    case(
        same,
        |spec| push(spec, "/types/Tag/fields", required("Colour", "String")),
        &["breaking: field Tag.Colour: added"],
    );
    case(
        same,
        |spec| push(spec, "/types/Item/fields", required("Colour", "String")),
        &["addition: field Item.Colour: added"],
    );
    // A builder that comes may ask for anything.
    case(
        same,
        |spec| {
            push(spec, "/types/Item/fields", required("Colour", "String"));
            push(spec, "/actions/Ping/request", field("Item", "Item"));
        },
        &[
            "addition: parameter Ping.Item: added",
            "addition: type Item: builder_added",
            "addition: field Item.Colour: added",
        ],
    );
    case(
        same,
        |spec| drop(list(spec, "/types/Item/fields").remove(1)),
        &["breaking: field Item.Price: removed"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "required", true),
        &["breaking: field Tag.Value: required"],
    );
    case(
        |spec| unset(spec, LABEL, "required"),
        same,
        &["documentation: field Item.Label: required"],
    );
    case(
        same,
        |spec| unset(spec, KIND, "required"),
        &["breaking: field Tag.Kind: optional"],
    );
    case(
        same,
        |spec| unset(spec, LABEL, "required"),
        &["documentation: field Item.Label: optional"],
    );
    case(
        same,
        |spec| {
            unset(spec, LABEL, "required");
            push(spec, "/actions/Ping/request", field("Item", "Item"));
        },
        &[
            "addition: parameter Ping.Item: added",
            "addition: type Item: builder_added",
            "documentation: field Item.Label: optional",
        ],
    );
    case(
        same,
        |spec| set(spec, KEY, "type", "Integer"),
        &["breaking: field Tag.Key: type"],
    );
    case(
        same,
        |spec| set(spec, LABEL, "type", "Integer"),
        &["breaking: field Item.Label: type"],
    );
    case(
        same,
        |spec| set(spec, KEY, "type", "Date"),
        &["documentation: field Tag.Key: type"],
    );
    case(
        same,
        |spec| set(spec, KIND, "format", "uint64"),
        &["breaking: field Tag.Kind: format"],
    );
    case(
        same,
        |spec| set(spec, KIND, "format", "int64"),
        &["documentation: field Tag.Kind: format"],
    );
    case(
        |spec| set(spec, VALUE, "type", "Word"),
        |spec| {
            set(spec, VALUE, "type", "Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: field Tag.Value: typed",
            "addition: type Word: added",
        ],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Right"),
        &[
            "breaking: type Right: removed",
            "breaking: field Left.Right: untyped",
        ],
    );
    // Who holds itself needs a box.
    case(
        same,
        |spec| push(spec, "/types/Right/fields", field("Left", "Left")),
        &[
            "breaking: field Left.Right: boxed",
            "addition: field Right.Left: added",
        ],
    );
    case(
        |spec| push(spec, "/types/Right/fields", field("Left", "Left")),
        same,
        &[
            "breaking: field Left.Right: unboxed",
            "breaking: field Right.Left: removed",
        ],
    );
    case(
        same,
        |spec| push(spec, "/types/Right/fields", field("Lefts", "Array of Left")),
        &["addition: field Right.Lefts: added"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "nullable", true),
        &["documentation: field Tag.Value: nullable"],
    );
    case(
        |spec| set(spec, VALUE, "nullable", true),
        same,
        &["documentation: field Tag.Value: not_nullable"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "deprecated", true),
        &["addition: field Tag.Value: deprecated"],
    );
    case(
        |spec| set(spec, VALUE, "deprecated", true),
        same,
        &["documentation: field Tag.Value: undeprecated"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "description", "The value."),
        &["documentation: field Tag.Value: reworded"],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").swap(1, 2),
        &["documentation: field Tag.Kind: moved"],
    );
    case(
        same,
        |spec| list(spec, "/types/Item/fields").swap(0, 1),
        &["documentation: field Item.Label: moved"],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").swap(0, 1),
        &["breaking: field Tag.Key: moved"],
    );
}

fn codes(case: &mut Add<'_>) {
    case(
        same,
        |spec| push(spec, "/actions/Order/errors", code("FailedOperation")),
        &["addition: error code FailedOperation of Order: added"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/errors").pop()),
        &["breaking: error code LimitExceeded of Order: removed"],
    );
    case(
        same,
        |spec| {
            set(
                spec,
                "/actions/Order/errors/0",
                "description",
                "It is closed.",
            )
        },
        &["documentation: error code FailedOperation.Closed of Order: reworded"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/errors").swap(0, 1),
        &["documentation: error code FailedOperation.Closed of Order: moved"],
    );
    case(
        same,
        |spec| push(spec, "/errors", code("FailedOperation")),
        &["addition: error code FailedOperation of the service: added"],
    );
    case(
        same,
        |spec| drop(list(spec, "/errors").pop()),
        &["breaking: error code AuthFailure.Expired of the service: removed"],
    );
    case(
        same,
        |spec| set(spec, "/errors/0", "description", "It broke."),
        &["documentation: error code InternalError of the service: reworded"],
    );
    case(
        same,
        |spec| list(spec, "/errors").swap(0, 1),
        &["documentation: error code InternalError of the service: moved"],
    );
}

fn examples(case: &mut Add<'_>) {
    case(
        same,
        |spec| {
            push(
                spec,
                "/actions/Order/examples",
                json!({"request": {"Name": "c"}}),
            )
        },
        &["documentation: an example of Order: added"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/examples").pop()),
        &["documentation: example `Two` of Order: removed"],
    );
    case(
        same,
        |spec| {
            set(
                spec,
                "/actions/Order/examples/1",
                "request",
                json!({"Name": "c"}),
            )
        },
        &["documentation: example `Two` of Order: example"],
    );
    case(
        same,
        |spec| {
            set(
                spec,
                "/actions/Order/examples/1",
                "description",
                "Orders c.",
            )
        },
        &["documentation: example `Two` of Order: reworded"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/examples").swap(0, 1),
        &["documentation: example `One` of Order: moved"],
    );
}

/// What comes and chooses its name first.
fn names(case: &mut Add<'_>) {
    case(
        same,
        |spec| set(spec, "/types", "OrderRequest", data_type(json!([]))),
        &["addition: type OrderRequest: added"],
    );
    case(
        |spec| set(spec, "/types", "PongRequest", data_type(json!([]))),
        |spec| {
            let ping = at(spec, "/actions/Ping").clone();
            set(spec, "/actions", "Pong", ping);
            set(spec, "/types", "PongRequest", data_type(json!([])));
        },
        &[
            "addition: action Pong: added",
            "breaking: type PongRequest: renamed",
            "breaking: type PongRequest: renamed",
        ],
    );
    case(
        same,
        |spec| {
            let ping = at(spec, "/actions/Ping").clone();
            set(spec, "/actions", "PING", ping);
        },
        &[
            "addition: action PING: added",
            "breaking: action Ping: renamed",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/request").insert(0, field("note", "Integer")),
        &[
            "addition: parameter Order.note: added",
            "breaking: parameter Order.Note: renamed",
        ],
    );
    case(
        same,
        |spec| push(spec, "/actions/Order/request", field("note", "Integer")),
        &["addition: parameter Order.note: added"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").insert(0, field("ID", "Integer")),
        &[
            "addition: response field Order.ID: added",
            "breaking: response field Order.Id: renamed",
        ],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").insert(0, field("KEY", "Boolean")),
        &[
            "addition: field Tag.KEY: added",
            "breaking: field Tag.Key: renamed",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/errors").insert(0, code("Limit.Exceeded")),
        &[
            "addition: error code Limit.Exceeded of Order: added",
            "breaking: error code LimitExceeded of Order: renamed",
        ],
    );
    case(
        same,
        |spec| list(spec, "/errors").insert(0, code("Internal.Error")),
        &[
            "addition: error code Internal.Error of the service: added",
            "breaking: error code InternalError of the service: renamed",
        ],
    );
    case(
        |spec| list(spec, "/actions/Order/errors").insert(0, code("Limit.Exceeded")),
        same,
        &[
            "breaking: error code Limit.Exceeded of Order: removed",
            "breaking: error code LimitExceeded of Order: renamed",
        ],
    );
}
