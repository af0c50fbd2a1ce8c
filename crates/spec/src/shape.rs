//! Documented types of values.

use std::collections::BTreeMap;

use crate::{DataType, Field, IntegerFormat, TypeRef};

/// The documented type of a value, with the data types looked up.
#[derive(Clone, Copy, Debug)]
pub enum Shape<'s> {
    /// A String, or a type that is written as one.
    Text,
    /// An Integer.
    Integer(Option<IntegerFormat>),
    /// A Float or Double.
    Number,
    /// A Boolean.
    Boolean,
    /// A structure with this name and these fields.
    Structure(&'s str, &'s [Field]),
    /// A list of elements of this type.
    List(&'s TypeRef, Option<IntegerFormat>),
    /// JSON of undocumented shape.
    Any,
}

impl<'s> Shape<'s> {
    /// Returns the shape of a field's value.
    pub fn of(types: &'s BTreeMap<String, DataType>, field: &'s Field) -> Self {
        Self::of_type(types, &field.type_ref, field.format)
    }

    /// Returns the shape of a type.
    pub fn of_type(
        types: &'s BTreeMap<String, DataType>,
        type_ref: &'s TypeRef,
        format: Option<IntegerFormat>,
    ) -> Self {
        match type_ref {
            TypeRef::Integer => Self::Integer(format),
            TypeRef::Float | TypeRef::Double => Self::Number,
            TypeRef::Boolean => Self::Boolean,
            TypeRef::Array(element) => Self::List(element, format),
            TypeRef::Named(name) => match types.get_key_value(name) {
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
    pub fn article(self) -> String {
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
