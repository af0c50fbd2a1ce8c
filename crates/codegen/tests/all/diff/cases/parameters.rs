//! Parameters of requests.

use serde_json::json;

use super::Add;
use super::shop::{
    COUNT, NAME, NOTE, TOKEN, data_type, field, list, push, required, same, set, unset,
};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| list(spec, "/actions/Order/request").insert(0, field("Address", "String")),
        &["addition: parameter Order.Address: added: a field more"],
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
        &["breaking: parameter Order.Address: added: what is built without it does not compile"],
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
        &["addition: parameter Ping.ClientToken: added: a field more"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/request").remove(2)),
        &["breaking: parameter Order.Note: removed: its field goes"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "required", true),
        &[
            "breaking: parameter Order.Note: required: calls without it do not compile, and its field is no Option any more",
        ],
    );
    case(
        same,
        |spec| unset(spec, COUNT, "required"),
        &[
            "breaking: parameter Order.Count: optional: its field is an Option now, and the builder has a type parameter less",
        ],
    );
    case(
        same,
        |spec| unset(spec, TOKEN, "required"),
        &[
            "documentation: parameter Order.ClientToken: optional: it is filled in where it is left out",
        ],
    );
    case(
        |spec| unset(spec, TOKEN, "required"),
        same,
        &[
            "documentation: parameter Order.ClientToken: required: it is filled in where it is left out",
        ],
    );
    case(
        same,
        |spec| set(spec, COUNT, "type", "String"),
        &["breaking: parameter Order.Count: type: its type is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Array of String"),
        &["breaking: parameter Order.Note: type: its type is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Filter"),
        &["breaking: parameter Order.Note: type: its type is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, NOTE, "type", "Timestamp ISO8601"),
        &["documentation: parameter Order.Note: type: its type in Rust is the same"],
    );
    case(
        |spec| set(spec, NOTE, "type", "Nowhere"),
        |spec| set(spec, NOTE, "type", "Elsewhere"),
        &["documentation: parameter Order.Note: type: in Rust it is any JSON as before"],
    );
    case(
        same,
        |spec| set(spec, TOKEN, "type", "Binary"),
        &["breaking: parameter Order.ClientToken: type: it is filled in no longer, or is so now"],
    );
    // What is filled in may be left out, and so may this.
    case(
        same,
        |spec| {
            unset(spec, TOKEN, "required");
            set(spec, TOKEN, "type", "Binary");
        },
        &[
            "documentation: parameter Order.ClientToken: type: its type in Rust is the same",
            "documentation: parameter Order.ClientToken: optional: it could be left out before as well",
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
        &["documentation: parameter Order.ClientToken: type: its type in Rust is the same"],
    );
    case(
        same,
        |spec| set(spec, COUNT, "format", "uint64"),
        &["breaking: parameter Order.Count: format: its integer is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, COUNT, "format", "int64"),
        &["documentation: parameter Order.Count: format: in Rust it is an i64 as before"],
    );
    case(
        |spec| set(spec, NOTE, "type", "Word"),
        |spec| {
            set(spec, NOTE, "type", "Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: parameter Order.Note: typed: it was any JSON, and is a struct",
            "addition: type Word: added: a struct more",
        ],
    );
    case(
        |spec| set(spec, NOTE, "type", "Spare"),
        |spec| {
            set(spec, NOTE, "type", "Spare");
            unset(spec, "/types", "Spare");
        },
        &[
            "breaking: parameter Order.Note: untyped: it was a struct, and is any JSON",
            "breaking: type Spare: removed: its struct goes",
        ],
    );
    case(
        same,
        |spec| set(spec, NOTE, "nullable", true),
        &["documentation: parameter Order.Note: nullable: null is understood in any case"],
    );
    case(
        |spec| set(spec, NOTE, "nullable", true),
        same,
        &["documentation: parameter Order.Note: not_nullable: null is understood all the same"],
    );
    case(
        same,
        |spec| set(spec, NAME, "deprecated", true),
        &[
            "addition: parameter Order.Name: deprecated: what uses it still compiles, with a warning",
        ],
    );
    case(
        |spec| set(spec, NAME, "deprecated", true),
        same,
        &["documentation: parameter Order.Name: undeprecated: the compiler's warning goes"],
    );
    case(
        same,
        |spec| set(spec, NAME, "description", "The name."),
        &["documentation: parameter Order.Name: reworded: the same in other words"],
    );
    case(
        same,
        |spec| {
            let last = list(spec, "/actions/Order/request").remove(4);
            list(spec, "/actions/Order/request").insert(0, last);
        },
        &[
            "documentation: parameter Order.Tags: moved: fields and setters are found by their names",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/request").swap(0, 1),
        &[
            "breaking: parameter Order.Name: moved: type parameters of the builder change places, which stand for what must be given",
        ],
    );
    // Parameters that page through a response are what its pages stand on.
    case(
        same,
        |spec| set(spec, "/actions/DescribeItems/request/0", "deprecated", true),
        &[
            "breaking: action DescribeItems: pages_removed: the methods for pages and items go",
            "addition: parameter DescribeItems.Offset: deprecated: what uses it still compiles, with a warning",
        ],
    );
}
