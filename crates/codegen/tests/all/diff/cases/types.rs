//! Changes of data types.

use super::Add;
use super::shop::{field, push, same, set, unset};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        |spec| unset(spec, "/types", "Spare"),
        same,
        &["addition: type Spare: added: a struct is added"],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Spare"),
        &["breaking: type Spare: removed: its struct is removed"],
    );
    case(
        same,
        |spec| set(spec, "/types/Tag", "description", "A tag."),
        &["documentation: type Tag: reworded: only the wording changes"],
    );
    case(
        same,
        |spec| push(spec, "/actions/Ping/request", field("Item", "Item")),
        &[
            "addition: parameter Ping.Item: added: a field is added",
            "breaking: type Item: builder_added: tests that build it lack fields that its builder now requires",
        ],
    );
    case(
        |spec| push(spec, "/actions/Order/response", field("Spare", "Spare")),
        |spec| {
            push(spec, "/actions/Order/response", field("Spare", "Spare"));
            push(spec, "/actions/Ping/request", field("Spare", "Spare"));
        },
        &[
            "addition: parameter Ping.Spare: added: a field is added",
            "addition: type Spare: builder_added: it is now part of requests, or unused",
        ],
    );
    // A type that no action uses has a builder. If only responses use it, only tests have the builder.
    case(
        same,
        |spec| push(spec, "/actions/Order/response", field("Spare", "Spare")),
        &[
            "addition: response field Order.Spare: added: a field is added",
            "breaking: type Spare: builder_removed: only responses use it",
        ],
    );
}
