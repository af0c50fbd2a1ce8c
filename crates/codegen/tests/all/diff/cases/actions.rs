//! Changes of actions, except the rows of their tables.

use serde_json::json;

use super::Add;
use super::shop::{LISTS, ORDER, code, field, list, map, push, same, set, unset};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        |spec| unset(spec, "/actions", "Ping"),
        same,
        &["addition: action Ping: added: a method is added"],
    );
    case(
        same,
        |spec| unset(spec, "/actions", "Ping"),
        &["breaking: action Ping: removed: its method and types are removed"],
    );
    case(
        same,
        |spec| {
            let list = map(spec, "/actions")
                .remove("DescribeItems")
                .expect("the value exists");
            set(spec, "/actions", "ListItems", list);
        },
        &[
            "breaking: action DescribeItems: removed: its method and types are removed",
            "addition: action ListItems: added: a method is added",
        ],
    );
    case(
        same,
        |spec| set(spec, ORDER, "deprecated", true),
        &["addition: action Order: deprecated: uses still compile, with a warning"],
    );
    case(
        |spec| set(spec, ORDER, "deprecated", true),
        same,
        &["documentation: action Order: undeprecated: the compiler warning is removed"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "description", "Orders things."),
        &["documentation: action Order: reworded: only the wording changes"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "rate_limit", 1),
        &["documentation: action Order: rate_limit: the client's rate limit changes"],
    );
    case(
        same,
        |spec| unset(spec, ORDER, "rate_limit"),
        &["documentation: action Order: rate_limit: the client's rate limit changes"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "region", "required"),
        &["documentation: action Order: region: calls still compile, but fail without a region"],
    );
    case(
        same,
        |spec| unset(spec, ORDER, "region"),
        &["documentation: action Order: region: calls still compile"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "access", "read"),
        &["documentation: action Order: access: failed calls are retried in more cases"],
    );
    case(
        |spec| set(spec, LISTS, "pagination", false),
        same,
        &["addition: action DescribeItems: pages_added: the pagination methods are added"],
    );
    case(
        same,
        |spec| set(spec, LISTS, "pagination", false),
        &["breaking: action DescribeItems: pages_removed: the pagination methods are removed"],
    );
    // A write action is not paginated, whatever its tables say.
    case(
        same,
        |spec| set(spec, LISTS, "access", "write"),
        &[
            "documentation: action DescribeItems: access: failed calls are retried in fewer cases",
            "breaking: action DescribeItems: pages_removed: the pagination methods are removed",
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
        &["documentation: action DescribeItems: pages: the item type is the same"],
    );
    case(
        same,
        |spec| {
            let pages = json!({"by": "offset", "items": "Names", "total": "TotalCount"});
            set(spec, LISTS, "pagination", pages);
        },
        &["breaking: action DescribeItems: pages: the item type changes"],
    );
    // A second list of structures makes the pagination ambiguous.
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
            "breaking: action DescribeItems: pages_removed: the pagination methods are removed",
            "addition: response field DescribeItems.Names: added: a field is added",
            "addition: response field DescribeItems.Others: added: a field is added",
        ],
    );
    case(
        same,
        |spec| push(spec, "/actions/Ping/response", field("Time", "Timestamp")),
        &[
            "breaking: action Ping: first_field: its response is no longer the runtime's EmptyResponse",
            "addition: response field Ping.Time: added: a field is added",
        ],
    );
    // Fields of every response are not fields of the action.
    case(
        same,
        |spec| push(spec, "/actions/Ping/response", field("RequestId", "String")),
        &[],
    );
    case(
        same,
        |spec| push(spec, "/actions/Ping/errors", code("FailedOperation")),
        &[
            "addition: action Ping: first_code: its error enum is added",
            "addition: error code FailedOperation of Ping: added: a variant is added to a non-exhaustive enum",
        ],
    );
    case(
        |spec| push(spec, "/actions/Ping/errors", code("FailedOperation")),
        same,
        &[
            "breaking: action Ping: last_code: its error enum is removed",
            "breaking: error code FailedOperation of Ping: removed: its variant is removed",
        ],
    );
}
