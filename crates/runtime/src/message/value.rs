use std::mem;

use super::{Content, FieldReader, Json, Message, UnknownFields};

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
        match value {
            FieldValue::List(values) => {
                Some(values.iter_mut().filter_map(Self::take_from).collect())
            }
            _ => None,
        }
    }
}

macro_rules! scalars {
    ($($type:ty: $variant:ident;)*) => {$(
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
    )*};
}

scalars! {
    bool: Bool;
    i64: I64;
    u64: U64;
    f64: F64;
    String: String;
    Json: Json;
}

impl<T: FieldType> FieldType for Vec<T> {
    fn take_from(value: &mut FieldValue) -> Option<Self> {
        T::take_list_from(value)
    }

    fn into_value(self) -> FieldValue {
        FieldValue::List(self.into_iter().map(T::into_value).collect())
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
        let messages = match value {
            FieldValue::Messages(values) => values.chunks_exact_mut(T::TABLE.width()),
            FieldValue::List(values) => {
                return Some(values.iter_mut().filter_map(Self::take_from).collect());
            }
            _ => return None,
        };
        let messages = messages.map(|values| T::read(&mut FieldReader::new(values)));
        Some(messages.collect())
    }
}
