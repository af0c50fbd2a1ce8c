//! Changes of request parameters.

use serde_json::json;

use super::Add;
use super::shop::{
    COUNT, NAME, NOTE, TOKEN, data_type, field, list, push, required, same, set, unset,
};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| list(spec, "/actions/Order/request").insert(0, field("Address", "String")),
        &["addition: parameter Order.Address: added: a field is added"],
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
        &[
            "breaking: parameter Order.Address: added: code that builds it without this field does not compile",
        ],
    );
    // The runtime fills in the token, whether or not the page requires it.
    case(
        same,
        |spec| {
            push(
                spec,
                "/actions/Ping/request",
                required("ClientToken", "String"),
            )
        },
        &["addition: parameter Ping.ClientToken: added: a field is added"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/request").remove(2)),
        &["breaking: parameter Order.Note: removed: its field is removed"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "required", true),
        &[
            "breaking: parameter Order.Note: required: calls without it do not compile, and its field is no longer an Option",
        ],
    );
    case(
        same,
        |spec| unset(spec, COUNT, "required"),
        &[
            "breaking: parameter Order.Count: optional: its field is now an Option, and the builder has one type parameter less",
        ],
    );
    case(
        same,
        |spec| unset(spec, TOKEN, "required"),
        &[
            "documentation: parameter Order.ClientToken: optional: the runtime fills it in when it is omitted",
        ],
    );
    case(
        |spec| unset(spec, TOKEN, "required"),
        same,
        &[
            "documentation: parameter Order.ClientToken: required: the runtime fills it in when it is omitted",
        ],
    );
    case(
        same,
        |spec| set(spec, COUNT, "type", "String"),
        &["breaking: parameter Order.Count: type: its Rust type changes"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Array of String"),
        &["breaking: parameter Order.Note: type: its Rust type changes"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Filter"),
        &["breaking: parameter Order.Note: type: its Rust type changes"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Timestamp ISO8601"),
        &["documentation: parameter Order.Note: type: its Rust type is the same"],
    );
    case(
        |spec| set(spec, NOTE, "type", "Nowhere"),
        |spec| set(spec, NOTE, "type", "Elsewhere"),
        &["documentation: parameter Order.Note: type: its Rust type is still any JSON"],
    );
    case(
        same,
        |spec| set(spec, TOKEN, "type", "Binary"),
        &["breaking: parameter Order.ClientToken: type: whether the runtime fills it in changes"],
    );
    // A parameter that the runtime fills in may be omitted, and so may an optional one.
    case(
        same,
        |spec| {
            unset(spec, TOKEN, "required");
            set(spec, TOKEN, "type", "Binary");
        },
        &[
            "documentation: parameter Order.ClientToken: type: its Rust type is the same",
            "documentation: parameter Order.ClientToken: optional: it could already be omitted",
        ],
    );
    case(
        |spec| {
            unset(spec, TOKEN, "required");
        },
        |spec| {
            unset(spec, TOKEN, "required");
            set(spec, TOKEN, "type", "Binary");
        },
        &["documentation: parameter Order.ClientToken: type: its Rust type is the same"],
    );
    case(
        same,
        |spec| set(spec, COUNT, "format", "uint64"),
        &["breaking: parameter Order.Count: format: its Rust integer type changes"],
    );
    case(
        same,
        |spec| set(spec, COUNT, "format", "int64"),
        &["documentation: parameter Order.Count: format: its Rust type is still i64"],
    );
    case(
        |spec| set(spec, NOTE, "type", "Word"),
        |spec| {
            set(spec, NOTE, "type", "Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: parameter Order.Note: typed: its type changes from any JSON to a struct",
            "addition: type Word: added: a struct is added",
        ],
    );
    case(
        |spec| set(spec, NOTE, "type", "Spare"),
        |spec| {
            set(spec, NOTE, "type", "Spare");
            unset(spec, "/types", "Spare");
        },
        &[
            "breaking: parameter Order.Note: untyped: its type changes from a struct to any JSON",
            "breaking: type Spare: removed: its struct is removed",
        ],
    );
    case(
        same,
        |spec| set(spec, NOTE, "nullable", true),
        &["documentation: parameter Order.Note: nullable: null is accepted in any case"],
    );
    case(
        |spec| set(spec, NOTE, "nullable", true),
        same,
        &["documentation: parameter Order.Note: not_nullable: null is still accepted"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "secret", true),
        &[
            "documentation: parameter Order.Note: secret: whether `Debug` hides the value may change",
        ],
    );
    case(
        same,
        |spec| set(spec, NAME, "deprecated", true),
        &["addition: parameter Order.Name: deprecated: uses still compile, with a warning"],
    );
    case(
        |spec| set(spec, NAME, "deprecated", true),
        same,
        &["documentation: parameter Order.Name: undeprecated: the compiler warning is removed"],
    );
    case(
        same,
        |spec| set(spec, NAME, "description", "The name."),
        &["documentation: parameter Order.Name: reworded: only the wording changes"],
    );
    case(
        same,
        |spec| {
            let last = list(spec, "/actions/Order/request").remove(4);
            list(spec, "/actions/Order/request").insert(0, last);
        },
        &["documentation: parameter Order.Tags: moved: the order of fields does not matter"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/request").swap(0, 1),
        &[
            "breaking: parameter Order.Name: moved: type parameters of the builder for required fields are reordered",
        ],
    );
    // Pagination needs its parameters.
    case(
        same,
        |spec| set(spec, "/actions/DescribeItems/request/0", "deprecated", true),
        &[
            "breaking: action DescribeItems: pages_removed: the pagination methods are removed",
            "addition: parameter DescribeItems.Offset: deprecated: uses still compile, with a warning",
        ],
    );
}
