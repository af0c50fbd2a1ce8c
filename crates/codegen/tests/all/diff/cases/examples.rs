//! Changes of examples.

use serde_json::json;

use super::Add;
use super::shop::{list, push, same, set};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| {
            push(
                spec,
                "/actions/Order/examples",
                json!({"request": {"Name": "c"}}),
            )
        },
        &["documentation: an example of Order: added: examples are not part of the API"],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/examples").pop()),
        &["documentation: example `Two` of Order: removed: examples are not part of the API"],
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
        &["documentation: example `Two` of Order: example: examples are not part of the API"],
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
        &["documentation: example `Two` of Order: reworded: only the wording changes"],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/examples").swap(0, 1),
        &["documentation: example `One` of Order: moved: examples are not part of the API"],
    );
}
