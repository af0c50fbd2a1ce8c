use std::mem;

use super::{Content, FieldReader, Json, JsonWriter, Message, UnknownFields, values};

/// The value of a field, apart from the message that it belongs to: what a reader found, or what a builder was given.
///
/// Which table or element type it belongs to is known from the [`Kind`](super::Kind) of its field.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FieldValue {
    /// No value.
    #[default]
    Absent,
    /// A Boolean.
    Bool(bool),
    /// A signed Integer.
    I64(i64),
    /// An unsigned Integer.
    U64(u64),
    /// A Float or Double.
    F64(f64),
    /// A String.
    String(String),
    /// JSON of undocumented shape.
    Json(Json),
    /// The values of a structure: its fields in the order of its table, then its unknown fields.
    Message(Vec<FieldValue>),
    /// The elements of an array.
    List(Vec<FieldValue>),
    /// The values of the structures in an array, one after the other: a reader needs no memory for each of them.
    Messages(Vec<FieldValue>),
    /// The unknown fields of a message.
    Unknown(UnknownFields),
}

impl FieldValue {
    /// The unknown fields of a message with these values.
    pub(crate) fn unknown(values: &[Self]) -> Option<&UnknownFields> {
        match values.last()? {
            Self::Unknown(fields) => Some(fields),
            _ => None,
        }
    }

    /// A String that is not empty.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

/// A type that a field can have, without the `Option` around it.
pub trait FieldType: Content + Sized + 'static {
    /// Takes the field's content out of a value; `None` from a value of another kind.
    fn take_from(value: &mut FieldValue) -> Option<Self>;

    /// The field's content as a value of its own.
    fn into_value(self) -> FieldValue {
        self.to_value()
    }

    /// Takes the elements of an array out of a value.
    fn take_list_from(value: &mut FieldValue) -> Option<Vec<Self>> {
        let FieldValue::List(values) = value else {
            return None;
        };
        let mut list = Vec::new();
        // An iterator's adapters would be compiled for each type.
        for value in values {
            list.extend(Self::take_from(value));
        }
        Some(list)
    }

    /// The elements of an array as a value of its own.
    fn list_to_value(list: &[Self]) -> FieldValue {
        FieldValue::List(list.iter().map(Self::to_value).collect())
    }
}

macro_rules! scalars {
    ($($type:ty: $variant:ident, $write:ident;)*) => {$(
        impl FieldType for $type {
            fn take_from(value: &mut FieldValue) -> Option<Self> {
                match value {
                    FieldValue::$variant(content) => Some(mem::take(content)),
                    _ => None,
                }
            }

            fn into_value(self) -> FieldValue {
                FieldValue::$variant(self)
            }
        }

        impl Content for $type {
            fn write_json(&self, json: &mut JsonWriter) -> bool {
                json.$write(self);
                true
            }

            fn to_value(&self) -> FieldValue {
                self.clone().into_value()
            }
        }
    )*};
}

scalars! {
    bool: Bool, scalar;
    i64: I64, scalar;
    u64: U64, scalar;
    f64: F64, double;
    String: String, scalar;
    Json: Json, json;
}

impl<T: FieldType> FieldType for Vec<T> {
    fn take_from(value: &mut FieldValue) -> Option<Self> {
        T::take_list_from(value)
    }
}

impl<T: Message> FieldType for T {
    fn take_from(value: &mut FieldValue) -> Option<Self> {
        match value {
            FieldValue::Message(values) => Some(T::read(&mut FieldReader::new(values))),
            _ => None,
        }
    }

    fn take_list_from(value: &mut FieldValue) -> Option<Vec<Self>> {
        let FieldValue::Messages(values) = value else {
            return None;
        };
        let mut list = Vec::new();
        for values in values.chunks_exact_mut(T::TABLE.width()) {
            list.push(T::read(&mut FieldReader::new(values)));
        }
        Some(list)
    }

    fn list_to_value(list: &[Self]) -> FieldValue {
        let mut all = Vec::new();
        for message in list {
            all.append(&mut values(message));
        }
        FieldValue::Messages(all)
    }
}
