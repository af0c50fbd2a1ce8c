//! What a value is documented to be.

use tc3_spec::{Field, IntegerFormat, TypeRef};

use crate::described::Described;

/// The documented type of a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape<'s> {
    /// A String, or a type that is written as one.
    Text,
    Integer(Option<IntegerFormat>),
    Number,
    Boolean,
    /// A structure with these fields.
    Structure(&'s str, &'s [Field]),
    /// A list of elements of this type.
    List(&'s TypeRef, Option<IntegerFormat>),
    /// JSON of undocumented shape.
    Any,
}

impl<'s> Shape<'s> {
    pub(crate) fn of(described: Described<'s>, field: &'s Field) -> Self {
        Self::of_type(described, &field.type_ref, field.format)
    }

    pub(crate) fn of_type(
        described: Described<'s>,
        type_ref: &'s TypeRef,
        format: Option<IntegerFormat>,
    ) -> Self {
        match type_ref {
            TypeRef::Integer => Self::Integer(format),
            TypeRef::Float | TypeRef::Double => Self::Number,
            TypeRef::Boolean => Self::Boolean,
            TypeRef::Array(element) => Self::List(element, format),
            TypeRef::Named(name) => match described.types.get_key_value(name) {
                Some((name, data_type)) => Self::Structure(name, &data_type.fields),
                None => Self::Any,
            },
            TypeRef::String
            | TypeRef::Date
            | TypeRef::Timestamp
            | TypeRef::TimestampIso8601
            | TypeRef::Binary => Self::Text,
        }
    }

    /// Returns the type with an article, for messages.
    pub(crate) fn article(self) -> String {
        match self {
            Self::Text => "a String".to_owned(),
            Self::Integer(_) => "an Integer".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Boolean => "a Boolean (true or false)".to_owned(),
            Self::Structure(name, _) => format!("a structure ({name})"),
            Self::List(element, _) => format!("a list (Array of {element})"),
            Self::Any => "JSON".to_owned(),
        }
    }
}
