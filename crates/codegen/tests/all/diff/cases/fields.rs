//! Fields of data types.

use serde_json::json;

use super::Add;
use super::shop::{
    KEY, KIND, LABEL, VALUE, data_type, field, list, push, required, same, set, unset,
};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| push(spec, "/types/Tag/fields", field("Colour", "String")),
        &["addition: field Tag.Colour: added: a field more"],
    );
    case(
        same,
        |spec| push(spec, "/types/Tag/fields", required("Colour", "String")),
        &["breaking: field Tag.Colour: added: what is built without it does not compile"],
    );
    case(
        same,
        |spec| push(spec, "/types/Item/fields", required("Colour", "String")),
        &["addition: field Item.Colour: added: a field more"],
    );
    // A builder that comes may ask for anything.
    case(
        same,
        |spec| {
            push(spec, "/types/Item/fields", required("Colour", "String"));
            push(spec, "/actions/Ping/request", field("Item", "Item"));
        },
        &[
            "addition: parameter Ping.Item: added: a field more",
            "breaking: type Item: builder_added: tests that build it leave out what its builder asks for now",
            "addition: field Item.Colour: added: a field more",
        ],
    );
    case(
        same,
        |spec| drop(list(spec, "/types/Item/fields").remove(1)),
        &["breaking: field Item.Price: removed: its field goes"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "required", true),
        &["breaking: field Tag.Value: required: what is built without it does not compile"],
    );
    case(
        |spec| unset(spec, LABEL, "required"),
        same,
        &[
            "documentation: field Item.Label: required: a builder of what the service answers asks for nothing",
        ],
    );
    case(
        same,
        |spec| unset(spec, KIND, "required"),
        &["breaking: field Tag.Kind: optional: the builder has a type parameter less"],
    );
    case(
        same,
        |spec| unset(spec, LABEL, "required"),
        &[
            "documentation: field Item.Label: optional: a builder of what the service answers asks for nothing",
        ],
    );
    case(
        same,
        |spec| {
            unset(spec, LABEL, "required");
            push(spec, "/actions/Ping/request", field("Item", "Item"));
        },
        &[
            "addition: parameter Ping.Item: added: a field more",
            "addition: type Item: builder_added: it is part of requests, or of nothing any more",
            "documentation: field Item.Label: optional: the change of its builder is judged with the type",
        ],
    );
    case(
        same,
        |spec| set(spec, KEY, "type", "Integer"),
        &["breaking: field Tag.Key: type: its type is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, LABEL, "type", "Integer"),
        &["breaking: field Item.Label: type: its type is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, KEY, "type", "Date"),
        &["documentation: field Tag.Key: type: its type in Rust is the same"],
    );
    case(
        same,
        |spec| set(spec, KIND, "format", "uint64"),
        &["breaking: field Tag.Kind: format: its integer is another in Rust"],
    );
    case(
        same,
        |spec| set(spec, KIND, "format", "int64"),
        &["documentation: field Tag.Kind: format: in Rust it is an i64 as before"],
    );
    case(
        |spec| set(spec, VALUE, "type", "Word"),
        |spec| {
            set(spec, VALUE, "type", "Word");
            set(spec, "/types", "Word", data_type(json!([])));
        },
        &[
            "breaking: field Tag.Value: typed: it was any JSON, and is a struct",
            "addition: type Word: added: a struct more",
        ],
    );
    case(
        same,
        |spec| unset(spec, "/types", "Right"),
        &[
            "breaking: type Right: removed: its struct goes",
            "breaking: field Left.Right: untyped: it was a struct, and is any JSON",
        ],
    );
    // Who holds itself needs a box.
    case(
        same,
        |spec| push(spec, "/types/Right/fields", field("Left", "Left")),
        &[
            "breaking: field Left.Right: boxed: its field is a Box now",
            "addition: field Right.Left: added: a field more",
        ],
    );
    case(
        |spec| push(spec, "/types/Right/fields", field("Left", "Left")),
        same,
        &[
            "breaking: field Left.Right: unboxed: its field is no Box any more",
            "breaking: field Right.Left: removed: its field goes",
        ],
    );
    case(
        same,
        |spec| push(spec, "/types/Right/fields", field("Lefts", "Array of Left")),
        &["addition: field Right.Lefts: added: a field more"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "nullable", true),
        &["documentation: field Tag.Value: nullable: null is understood in any case"],
    );
    case(
        |spec| set(spec, VALUE, "nullable", true),
        same,
        &["documentation: field Tag.Value: not_nullable: null is understood all the same"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "deprecated", true),
        &["addition: field Tag.Value: deprecated: what uses it still compiles, with a warning"],
    );
    case(
        |spec| set(spec, VALUE, "deprecated", true),
        same,
        &["documentation: field Tag.Value: undeprecated: the compiler's warning goes"],
    );
    case(
        same,
        |spec| set(spec, VALUE, "description", "The value."),
        &["documentation: field Tag.Value: reworded: the same in other words"],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").swap(1, 2),
        &["documentation: field Tag.Kind: moved: fields and setters are found by their names"],
    );
    case(
        same,
        |spec| list(spec, "/types/Item/fields").swap(0, 1),
        &["documentation: field Item.Label: moved: fields and setters are found by their names"],
    );
    case(
        same,
        |spec| list(spec, "/types/Tag/fields").swap(0, 1),
        &[
            "breaking: field Tag.Key: moved: type parameters of the builder change places, which stand for what must be given",
        ],
    );
}
