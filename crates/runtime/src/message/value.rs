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

/// A type that a field can have, without the `Option` around it.
pub trait FieldType: Content + Sized + 'static {
    /// The field's content; `None` for a value of another kind.
    fn from_value(value: FieldValue) -> Option<Self>;

    /// The field's content as a value of its own.
    fn into_value(self) -> FieldValue {
        self.to_value()
    }

    /// The elements of an array.
    fn list_from_value(value: FieldValue) -> Option<Vec<Self>> {
        match value {
            FieldValue::List(values) => {
                Some(values.into_iter().filter_map(Self::from_value).collect())
            }
            _ => None,
        }
    }
}

macro_rules! scalars {
    ($($type:ty: $variant:ident;)*) => {$(
        impl FieldType for $type {
            fn from_value(value: FieldValue) -> Option<Self> {
                match value {
                    FieldValue::$variant(content) => Some(content),
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
    fn from_value(value: FieldValue) -> Option<Self> {
        T::list_from_value(value)
    }

    fn into_value(self) -> FieldValue {
        FieldValue::List(self.into_iter().map(T::into_value).collect())
    }
}

impl<T: Message> FieldType for T {
    fn from_value(value: FieldValue) -> Option<Self> {
        match value {
            FieldValue::Message(mut values) => Some(T::read(&mut FieldReader::new(&mut values))),
            _ => None,
        }
    }

    fn list_from_value(value: FieldValue) -> Option<Vec<Self>> {
        match value {
            FieldValue::Messages(mut values) => {
                let messages = values.chunks_exact_mut(T::TABLE.width());
                Some(
                    messages
                        .map(|values| T::read(&mut FieldReader::new(values)))
                        .collect(),
                )
            }
            FieldValue::List(values) => {
                Some(values.into_iter().filter_map(Self::from_value).collect())
            }
            _ => None,
        }
    }
}
