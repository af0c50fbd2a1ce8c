//! Changes of response fields.

use serde_json::json;

use super::Add;
use super::shop::{ID, ITEM, RESPONSE_COUNT, data_type, list, push, required, same, set, unset};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| {
            push(
                spec,
                "/actions/Order/response",
                required("Time", "Timestamp"),
            )
        },
        &["addition: response field Order.Time: added: a field is added"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/response").remove(0)),
        &["breaking: response field Order.Id: removed: its field is removed"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").truncate(0),
        &[
            "breaking: response field Order.Id: removed: its field is removed",
            "breaking: response field Order.Item: removed: its field is removed",
            "breaking: response field Order.Count: removed: its field is removed",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "required", true),
        &[
            "documentation: response field Order.Id: required: response builders have no required fields",
        ],
    );
    case(
        |spec| set(spec, ID, "required", true),
        same,
        &[
            "documentation: response field Order.Id: optional: response builders have no required fields",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "type", "Boolean"),
        &["breaking: response field Order.Id: type: its Rust type changes"],
    );
    case(
        same,
        |spec| set(spec, ITEM, "type", "Array of Item"),
        &["breaking: response field Order.Item: type: its Rust type changes"],
    );
    case(
        same,
        |spec| set(spec, ID, "type", "Date"),
        &["documentation: response field Order.Id: type: its Rust type is the same"],
    );
    case(
        |spec| set(spec, ID, "type", "Float"),
        |spec| set(spec, ID, "type", "Double"),
        &["documentation: response field Order.Id: type: its Rust type is the same"],
    );
    case(
        |spec| set(spec, ID, "type", "Binary"),
        |spec| set(spec, ID, "type", "Timestamp"),
        &["documentation: response field Order.Id: type: its Rust type is the same"],
    );
    case(
        same,
        |spec| set(spec, RESPONSE_COUNT, "format", "uint64"),
        &["breaking: response field Order.Count: format: its Rust integer type changes"],
    );
    case(
        |spec| set(spec, RESPONSE_COUNT, "format", "int64"),
        same,
        &["documentation: response field Order.Count: format: its Rust type is still i64"],
    );
    case(
        |spec| set(spec, ID, "type", "Array of Word"),
        |spec| {
            set(spec, ID, "type", "Array of Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: response field Order.Id: typed: its type changes from any JSON to a struct",
            "addition: type Word: added: a struct is added",
        ],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Item"),
        &[
            "breaking: response field DescribeItems.Items: untyped: its type changes from a struct to any JSON",
            "breaking: response field Order.Item: untyped: its type changes from a struct to any JSON",
            "breaking: type Item: removed: its struct is removed",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "nullable", true),
        &["documentation: response field Order.Id: nullable: null is accepted in any case"],
    );
    case(
        |spec| set(spec, ID, "nullable", true),
        same,
        &["documentation: response field Order.Id: not_nullable: null is still accepted"],
    );
    case(
        same,
        |spec| set(spec, ID, "secret", true),
        &[
            "documentation: response field Order.Id: secret: whether `Debug` hides the value may change",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "deprecated", true),
        &["addition: response field Order.Id: deprecated: uses still compile, with a warning"],
    );
    case(
        |spec| set(spec, ID, "deprecated", true),
        same,
        &["documentation: response field Order.Id: undeprecated: the compiler warning is removed"],
    );
    case(
        same,
        |spec| set(spec, ID, "description", "The number."),
        &["documentation: response field Order.Id: reworded: only the wording changes"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").swap(0, 1),
        &["documentation: response field Order.Id: moved: the order of fields does not matter"],
    );
}
