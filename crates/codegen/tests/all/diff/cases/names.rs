//! New items that take the Rust name of an existing item.

use serde_json::json;

use super::Add;
use super::shop::{at, code, data_type, field, list, push, same, set};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| set(spec, "/types", "OrderRequest", data_type(json!([]))),
        &["addition: type OrderRequest: added: a struct is added"],
    );
    case(
        |spec| set(spec, "/types", "PongRequest", data_type(json!([]))),
        |spec| {
            let ping = at(spec, "/actions/Ping").clone();
            set(spec, "/actions", "Pong", ping);
            set(spec, "/types", "PongRequest", data_type(json!([])));
        },
        &[
            "addition: action Pong: added: a method is added",
            "breaking: type PongRequest: renamed: its old name is removed or has another meaning",
            "breaking: type PongRequest: renamed: its old name is removed or has another meaning",
        ],
    );
    case(
        same,
        |spec| {
            let ping = at(spec, "/actions/Ping").clone();
            set(spec, "/actions", "PING", ping);
        },
        &[
            "addition: action PING: added: a method is added",
            "breaking: action Ping: renamed: its old name is removed or has another meaning",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/request").insert(0, field("note", "Integer")),
        &[
            "addition: parameter Order.note: added: a field is added",
            "breaking: parameter Order.Note: renamed: its old name is removed or has another meaning",
        ],
    );
    case(
        same,
        |spec| push(spec, "/actions/Order/request", field("note", "Integer")),
        &["addition: parameter Order.note: added: a field is added"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").insert(0, field("ID", "Integer")),
        &[
            "addition: response field Order.ID: added: a field is added",
            "breaking: response field Order.Id: renamed: its old name is removed or has another meaning",
        ],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").insert(0, field("KEY", "Boolean")),
        &[
            "addition: field Tag.KEY: added: a field is added",
            "breaking: field Tag.Key: renamed: its old name is removed or has another meaning",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/errors").insert(0, code("Limit.Exceeded")),
        &[
            "addition: error code Limit.Exceeded of Order: added: a variant is added to a non-exhaustive enum",
            "breaking: error code LimitExceeded of Order: renamed: its old name is removed or has another meaning",
        ],
    );
    case(
        same,
        |spec| list(spec, "/errors").insert(0, code("Internal.Error")),
        &[
            "addition: error code Internal.Error of the service: added: a variant is added to a non-exhaustive enum",
            "breaking: error code InternalError of the service: renamed: its old name is removed or has another meaning",
        ],
    );
    case(
        |spec| list(spec, "/actions/Order/errors").insert(0, code("Limit.Exceeded")),
        same,
        &[
            "breaking: error code Limit.Exceeded of Order: removed: its variant is removed",
            "breaking: error code LimitExceeded of Order: renamed: its old name is removed or has another meaning",
        ],
    );
}
