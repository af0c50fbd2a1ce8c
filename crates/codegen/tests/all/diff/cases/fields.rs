//! Changes of fields of data types.

use serde_json::json;

use super::Add;
use super::shop::{
    KEY, KIND, LABEL, VALUE, data_type, field, list, push, required, same, set, unset,
};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| push(spec, "/types/Tag/fields", field("Colour", "String")),
        &["addition: field Tag.Colour: added: a field is added"],
    );
    case(
        same,
        |spec| push(spec, "/types/Tag/fields", required("Colour", "String")),
        &[
            "breaking: field Tag.Colour: added: code that builds it without this field does not compile",
        ],
    );
    case(
        same,
        |spec| push(spec, "/types/Item/fields", required("Colour", "String")),
        &["addition: field Item.Colour: added: a field is added"],
    );
    // A new builder may require any field.
    case(
        same,
        |spec| {
            push(spec, "/types/Item/fields", required("Colour", "String"));
            push(spec, "/actions/Ping/request", field("Item", "Item"));
        },
        &[
            "addition: parameter Ping.Item: added: a field is added",
            "breaking: type Item: builder_added: tests that build it lack fields that its builder now requires",
            "addition: field Item.Colour: added: a field is added",
        ],
    );
    case(
        same,
        |spec| drop(list(spec, "/types/Item/fields").remove(1)),
        &["breaking: field Item.Price: removed: its field is removed"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "required", true),
        &[
            "breaking: field Tag.Value: required: code that builds it without this field does not compile",
        ],
    );
    case(
        |spec| unset(spec, LABEL, "required"),
        same,
        &["documentation: field Item.Label: required: response builders have no required fields"],
    );
    case(
        same,
        |spec| unset(spec, KIND, "required"),
        &["breaking: field Tag.Kind: optional: the builder has one type parameter less"],
    );
    case(
        same,
        |spec| unset(spec, LABEL, "required"),
        &["documentation: field Item.Label: optional: response builders have no required fields"],
    );
    case(
        same,
        |spec| {
            unset(spec, LABEL, "required");
            push(spec, "/actions/Ping/request", field("Item", "Item"));
        },
        &[
            "addition: parameter Ping.Item: added: a field is added",
            "addition: type Item: builder_added: it is now part of requests, or unused",
            "documentation: field Item.Label: optional: the change of its builder is reported with the type",
        ],
    );
    case(
        same,
        |spec| set(spec, KEY, "type", "Integer"),
        &["breaking: field Tag.Key: type: its Rust type changes"],
    );
    case(
        same,
        |spec| set(spec, LABEL, "type", "Integer"),
        &["breaking: field Item.Label: type: its Rust type changes"],
    );
    case(
        same,
        |spec| set(spec, KEY, "type", "Date"),
        &["documentation: field Tag.Key: type: its Rust type is the same"],
    );
    case(
        same,
        |spec| set(spec, KIND, "format", "uint64"),
        &["breaking: field Tag.Kind: format: its Rust integer type changes"],
    );
    case(
        same,
        |spec| set(spec, KIND, "format", "int64"),
        &["documentation: field Tag.Kind: format: its Rust type is still i64"],
    );
    case(
        |spec| set(spec, VALUE, "type", "Word"),
        |spec| {
            set(spec, VALUE, "type", "Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: field Tag.Value: typed: its type changes from any JSON to a struct",
            "addition: type Word: added: a struct is added",
        ],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Right"),
        &[
            "breaking: type Right: removed: its struct is removed",
            "breaking: field Left.Right: untyped: its type changes from a struct to any JSON",
        ],
    );
    // A recursive field needs a box.
    case(
        same,
        |spec| push(spec, "/types/Right/fields", field("Left", "Left")),
        &[
            "breaking: field Left.Right: boxed: its field is now boxed",
            "addition: field Right.Left: added: a field is added",
        ],
    );
    case(
        |spec| push(spec, "/types/Right/fields", field("Left", "Left")),
        same,
        &[
            "breaking: field Left.Right: unboxed: its field is no longer boxed",
            "breaking: field Right.Left: removed: its field is removed",
        ],
    );
    case(
        same,
        |spec| push(spec, "/types/Right/fields", field("Lefts", "Array of Left")),
        &["addition: field Right.Lefts: added: a field is added"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "nullable", true),
        &["documentation: field Tag.Value: nullable: null is accepted in any case"],
    );
    case(
        |spec| set(spec, VALUE, "nullable", true),
        same,
        &["documentation: field Tag.Value: not_nullable: null is still accepted"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "secret", true),
        &["documentation: field Tag.Value: secret: whether `Debug` hides the value may change"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "deprecated", true),
        &["addition: field Tag.Value: deprecated: uses still compile, with a warning"],
    );
    case(
        |spec| set(spec, VALUE, "deprecated", true),
        same,
        &["documentation: field Tag.Value: undeprecated: the compiler warning is removed"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "description", "The value."),
        &["documentation: field Tag.Value: reworded: only the wording changes"],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").swap(1, 2),
        &["documentation: field Tag.Kind: moved: the order of fields does not matter"],
    );
    case(
        same,
        |spec| list(spec, "/types/Item/fields").swap(0, 1),
        &["documentation: field Item.Label: moved: the order of fields does not matter"],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").swap(0, 1),
        &[
            "breaking: field Tag.Key: moved: type parameters of the builder for required fields are reordered",
        ],
    );
}
