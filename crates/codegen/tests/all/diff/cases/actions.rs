//! Actions, but for the rows of their tables.

use serde_json::json;

use super::Add;
use super::shop::{LISTS, ORDER, code, field, list, map, push, same, set, unset};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        |spec| unset(spec, "/actions", "Ping"),
        same,
        &["addition: action Ping: added: a method more"],
    );
    case(
        same,
        |spec| unset(spec, "/actions", "Ping"),
        &["breaking: action Ping: removed: its method and its types go"],
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
            "breaking: action DescribeItems: removed: its method and its types go",
            "addition: action ListItems: added: a method more",
        ],
    );
    case(
        same,
        |spec| set(spec, ORDER, "deprecated", true),
        &["addition: action Order: deprecated: what uses it still compiles, with a warning"],
    );
    case(
        |spec| set(spec, ORDER, "deprecated", true),
        same,
        &["documentation: action Order: undeprecated: the compiler's warning goes"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "description", "Orders things."),
        &["documentation: action Order: reworded: the same in other words"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "rate_limit", 1),
        &["documentation: action Order: rate_limit: calls keep to another rate"],
    );
    case(
        same,
        |spec| unset(spec, ORDER, "rate_limit"),
        &["documentation: action Order: rate_limit: calls keep to another rate"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "region", "required"),
        &[
            "documentation: action Order: region: calls compile as before, and fail without a region",
        ],
    );
    case(
        same,
        |spec| unset(spec, ORDER, "region"),
        &["documentation: action Order: region: calls compile as before"],
    );
    case(
        same,
        |spec| set(spec, ORDER, "access", "read"),
        &["documentation: action Order: access: a failed call is sent again in more cases"],
    );
    case(
        |spec| set(spec, LISTS, "pagination", false),
        same,
        &["addition: action DescribeItems: pages_added: the methods for pages and items come"],
    );
    case(
        same,
        |spec| set(spec, LISTS, "pagination", false),
        &["breaking: action DescribeItems: pages_removed: the methods for pages and items go"],
    );
    // An action that writes has no pages, whatever its tables say.
    case(
        same,
        |spec| set(spec, LISTS, "access", "write"),
        &[
            "documentation: action DescribeItems: access: a failed call is sent again in fewer cases",
            "breaking: action DescribeItems: pages_removed: the methods for pages and items go",
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
        &["documentation: action DescribeItems: pages: the items are of the same type"],
    );
    case(
        same,
        |spec| {
            let pages = json!({"by": "offset", "items": "Names", "total": "TotalCount"});
            set(spec, LISTS, "pagination", pages);
        },
        &["breaking: action DescribeItems: pages: the items are of another type"],
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
            "breaking: action DescribeItems: pages_removed: the methods for pages and items go",
            "addition: response field DescribeItems.Names: added: a field more",
            "addition: response field DescribeItems.Others: added: a field more",
        ],
    );
    case(
        same,
        |spec| push(spec, "/actions/Ping/response", field("Time", "Timestamp")),
        &[
            "breaking: action Ping: first_field: its response is the runtime's EmptyResponse no longer",
            "addition: response field Ping.Time: added: a field more",
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
            "addition: action Ping: first_code: the enum of its codes comes",
            "addition: error code FailedOperation of Ping: added: a variant more, in an enum that may grow",
        ],
    );
    case(
        |spec| push(spec, "/actions/Ping/errors", code("FailedOperation")),
        same,
        &[
            "breaking: action Ping: last_code: the enum of its codes goes",
            "breaking: error code FailedOperation of Ping: removed: its variant goes",
        ],
    );
}
