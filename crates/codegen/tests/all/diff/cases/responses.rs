//! Fields of responses.

use serde_json::json;

use super::Add;
use super::shop::{ANSWERED_COUNT, ID, ITEM, data_type, list, push, required, same, set, unset};

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
        &["addition: response field Order.Time: added: a field more"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/response").remove(0)),
        &["breaking: response field Order.Id: removed: its field goes"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").truncate(0),
        &[
            "breaking: response field Order.Id: removed: its field goes",
            "breaking: response field Order.Item: removed: its field goes",
            "breaking: response field Order.Count: removed: its field goes",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "required", true),
        &[
            "documentation: response field Order.Id: required: a builder of what the service answers asks for nothing",
        ],
    );
    case(
        |spec| set(spec, ID, "required", true),
        same,
        &[
            "documentation: response field Order.Id: optional: a builder of what the service answers asks for nothing",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "type", "Boolean"),
        &["breaking: response field Order.Id: type: its type is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, ITEM, "type", "Array of Item"),
        &["breaking: response field Order.Item: type: its type is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, ID, "type", "Date"),
        &["documentation: response field Order.Id: type: its type in Rust is the same"],
    );
    case(
        |spec| set(spec, ID, "type", "Float"),
        |spec| set(spec, ID, "type", "Double"),
        &["documentation: response field Order.Id: type: its type in Rust is the same"],
    );
    case(
        |spec| set(spec, ID, "type", "Binary"),
        |spec| set(spec, ID, "type", "Timestamp"),
        &["documentation: response field Order.Id: type: its type in Rust is the same"],
    );
    case(
        same,
        |spec| set(spec, ANSWERED_COUNT, "format", "uint64"),
        &["breaking: response field Order.Count: format: its integer is another in Rust"],
    );
    case(
        |spec| set(spec, ANSWERED_COUNT, "format", "int64"),
        same,
        &["documentation: response field Order.Count: format: in Rust it is an i64 as before"],
    );
    case(
        |spec| set(spec, ID, "type", "Array of Word"),
        |spec| {
            set(spec, ID, "type", "Array of Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: response field Order.Id: typed: it was any JSON, and is a struct",
            "addition: type Word: added: a struct more",
        ],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Item"),
        &[
            "breaking: response field DescribeItems.Items: untyped: it was a struct, and is any JSON",
            "breaking: response field Order.Item: untyped: it was a struct, and is any JSON",
            "breaking: type Item: removed: its struct goes",
        ],
    );
    case(
        same,
        |spec| set(spec, ID, "nullable", true),
        &["documentation: response field Order.Id: nullable: null is understood in any case"],
    );
    case(
        |spec| set(spec, ID, "nullable", true),
        same,
        &["documentation: response field Order.Id: not_nullable: null is understood all the same"],
    );
    case(
        same,
        |spec| set(spec, ID, "deprecated", true),
        &[
            "addition: response field Order.Id: deprecated: what uses it still compiles, with a warning",
        ],
    );
    case(
        |spec| set(spec, ID, "deprecated", true),
        same,
        &["documentation: response field Order.Id: undeprecated: the compiler's warning goes"],
    );
    case(
        same,
        |spec| set(spec, ID, "description", "The number."),
        &["documentation: response field Order.Id: reworded: the same in other words"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").swap(0, 1),
        &[
            "documentation: response field Order.Id: moved: fields and setters are found by their names",
        ],
    );
}
