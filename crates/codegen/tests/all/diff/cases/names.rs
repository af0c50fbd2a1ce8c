//! What comes and chooses its name in Rust first.

use serde_json::json;

use super::Add;
use super::shop::{at, code, data_type, field, list, push, same, set};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| set(spec, "/types", "OrderRequest", data_type(json!([]))),
        &["addition: type OrderRequest: added: a struct more"],
    );
    case(
        |spec| set(spec, "/types", "PongRequest", data_type(json!([]))),
        |spec| {
            let ping = at(spec, "/actions/Ping").clone();
            set(spec, "/actions", "Pong", ping);
            set(spec, "/types", "PongRequest", data_type(json!([])));
        },
        &[
            "addition: action Pong: added: a method more",
            "breaking: type PongRequest: renamed: its old name is gone, or means something else",
            "breaking: type PongRequest: renamed: its old name is gone, or means something else",
        ],
    );
    case(
        same,
        |spec| {
            let ping = at(spec, "/actions/Ping").clone();
            set(spec, "/actions", "PING", ping);
        },
        &[
            "addition: action PING: added: a method more",
            "breaking: action Ping: renamed: its old name is gone, or means something else",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/request").insert(0, field("note", "Integer")),
        &[
            "addition: parameter Order.note: added: a field more",
            "breaking: parameter Order.Note: renamed: its old name is gone, or means something else",
        ],
    );
    case(
        same,
        |spec| push(spec, "/actions/Order/request", field("note", "Integer")),
        &["addition: parameter Order.note: added: a field more"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/response").insert(0, field("ID", "Integer")),
        &[
            "addition: response field Order.ID: added: a field more",
            "breaking: response field Order.Id: renamed: its old name is gone, or means something else",
        ],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").insert(0, field("KEY", "Boolean")),
        &[
            "addition: field Tag.KEY: added: a field more",
            "breaking: field Tag.Key: renamed: its old name is gone, or means something else",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/errors").insert(0, code("Limit.Exceeded")),
        &[
            "addition: error code Limit.Exceeded of Order: added: a variant more, in an enum that may grow",
            "breaking: error code LimitExceeded of Order: renamed: its old name is gone, or means something else",
        ],
    );
    case(
        same,
        |spec| list(spec, "/errors").insert(0, code("Internal.Error")),
        &[
            "addition: error code Internal.Error of the service: added: a variant more, in an enum that may grow",
            "breaking: error code InternalError of the service: renamed: its old name is gone, or means something else",
        ],
    );
    case(
        |spec| list(spec, "/actions/Order/errors").insert(0, code("Limit.Exceeded")),
        same,
        &[
            "breaking: error code Limit.Exceeded of Order: removed: its variant goes",
            "breaking: error code LimitExceeded of Order: renamed: its old name is gone, or means something else",
        ],
    );
}
