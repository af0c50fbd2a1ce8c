use std::borrow::Cow;

use super::{FieldReader, Json, Message, UnknownFields, values};

/// The value of a field, apart from the message that it belongs to: what a reader found, what a builder was given, or
/// a view of what a message holds.
///
/// Which table or element type it belongs to is known from the [`Kind`](super::Kind) of its field.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum FieldValue<'a> {
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
    String(Cow<'a, str>),
    /// JSON of undocumented shape.
    Json(Cow<'a, Json>),
    /// The values of a structure: its fields in the order of its table, then its unknown fields.
    Message(Vec<FieldValue<'a>>),
    /// The elements of an array. The values of structures stand one after the other in one vector.
    List(Vec<FieldValue<'a>>),
    /// The unknown fields of a message.
    Unknown(Cow<'a, UnknownFields>),
    /// What a reader found that does not fit the field.
    Misfit(Json),
}

impl FieldValue<'_> {
    /// The same value without borrowed parts.
    pub(crate) fn into_owned(self) -> FieldValue<'static> {
        let owned = |values: Vec<FieldValue<'_>>| {
            let values = values.into_iter().map(FieldValue::into_owned);
            values.collect::<Vec<_>>()
        };
        match self {
            Self::Absent => FieldValue::Absent,
            Self::Bool(value) => FieldValue::Bool(value),
            Self::I64(value) => FieldValue::I64(value),
            Self::U64(value) => FieldValue::U64(value),
            Self::F64(value) => FieldValue::F64(value),
            Self::String(text) => FieldValue::String(Cow::Owned(text.into_owned())),
            Self::Json(json) => FieldValue::Json(Cow::Owned(json.into_owned())),
            Self::Message(values) => FieldValue::Message(owned(values)),
            Self::List(values) => FieldValue::List(owned(values)),
            Self::Unknown(fields) => FieldValue::Unknown(Cow::Owned(fields.into_owned())),
            Self::Misfit(json) => FieldValue::Misfit(json),
        }
    }
}

/// A type that a field can have, without the `Option` around it.
pub trait FieldType: Sized + 'static {
    /// The field's content; `None` for a value of another kind.
    fn from_value(value: FieldValue<'static>) -> Option<Self>;

    /// A view of the field's content.
    fn to_value(&self) -> FieldValue<'_>;

    /// The field's content as a value of its own.
    fn into_value(self) -> FieldValue<'static> {
        self.to_value().into_owned()
    }

    /// The elements of an array.
    fn list_from_values(values: Vec<FieldValue<'static>>) -> Vec<Self> {
        values.into_iter().filter_map(Self::from_value).collect()
    }

    /// A view of the elements of an array.
    fn list_to_values(list: &[Self]) -> Vec<FieldValue<'_>> {
        list.iter().map(Self::to_value).collect()
    }
}

macro_rules! scalars {
    ($($type:ty: $variant:ident;)*) => {$(
        impl FieldType for $type {
            fn from_value(value: FieldValue<'static>) -> Option<Self> {
                match value {
                    FieldValue::$variant(value) => Some(value),
                    _ => None,
                }
            }

            fn to_value(&self) -> FieldValue<'_> {
                FieldValue::$variant(*self)
            }
        }
    )*};
}

scalars! {
    bool: Bool;
    i64: I64;
    u64: U64;
    f64: F64;
}

impl FieldType for String {
    fn from_value(value: FieldValue<'static>) -> Option<Self> {
        match value {
            FieldValue::String(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    fn to_value(&self) -> FieldValue<'_> {
        FieldValue::String(Cow::Borrowed(self))
    }

    fn into_value(self) -> FieldValue<'static> {
        FieldValue::String(Cow::Owned(self))
    }
}

impl FieldType for Json {
    fn from_value(value: FieldValue<'static>) -> Option<Self> {
        match value {
            FieldValue::Json(json) => Some(json.into_owned()),
            _ => None,
        }
    }

    fn to_value(&self) -> FieldValue<'_> {
        FieldValue::Json(Cow::Borrowed(self))
    }

    fn into_value(self) -> FieldValue<'static> {
        FieldValue::Json(Cow::Owned(self))
    }
}

impl<T: FieldType> FieldType for Vec<T> {
    fn from_value(value: FieldValue<'static>) -> Option<Self> {
        match value {
            FieldValue::List(values) => Some(T::list_from_values(values)),
            _ => None,
        }
    }

    fn to_value(&self) -> FieldValue<'_> {
        FieldValue::List(T::list_to_values(self))
    }
}

impl<T: Message> FieldType for T {
    fn from_value(value: FieldValue<'static>) -> Option<Self> {
        match value {
            FieldValue::Message(mut values) => Some(T::read(&mut FieldReader::new(&mut values))),
            _ => None,
        }
    }

    fn to_value(&self) -> FieldValue<'_> {
        FieldValue::Message(values(self))
    }

    fn list_from_values(mut values: Vec<FieldValue<'static>>) -> Vec<Self> {
        let messages = values.chunks_exact_mut(T::TABLE.width());
        messages
            .map(|values| T::read(&mut FieldReader::new(values)))
            .collect()
    }

    fn list_to_values(list: &[Self]) -> Vec<FieldValue<'_>> {
        list.iter().flat_map(values).collect()
    }
}
