//! Rust types of fields, and their conversion from and to field values.

use std::{borrow::Borrow, mem, slice};

use super::{
    FieldContent, FieldValue, FieldWriter, Json, JsonWriter, MessageContent, Table, UnknownFields,
    values,
};

/// A request, a response or a structure. Generated types implement it.
pub trait Message: Sized + Send + Sync + 'static {
    /// Name and fields of the type.
    const TABLE: &'static Table;

    /// Wire names of the required parameters of a request.
    const REQUIRED: &'static [&'static str] = &[];

    /// Returns the table, for the tables of other messages.
    fn table() -> &'static Table {
        Self::TABLE
    }

    /// Creates the message from the values of its fields. Takes each field in table order, then the unknown fields.
    fn read(fields: &mut FieldReader<'_>) -> Self;

    /// Passes the unknown fields, then the contents of the fields in table order.
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>);
}

/// Reader of the field values of a message, in table order.
//
// `take` and `take_or_default` are not inlined: a copy for each field takes 7 % more time to compile.
#[derive(Debug, Default)]
pub struct FieldReader<'a> {
    values: slice::IterMut<'a, FieldValue>,
}

impl<'a> FieldReader<'a> {
    /// Creates a reader that starts with the first field.
    pub fn new(values: &'a mut [FieldValue]) -> Self {
        Self {
            values: values.iter_mut(),
        }
    }

    /// Takes the content of the next field, if it has one.
    #[inline(never)]
    pub fn take<T: FieldType>(&mut self) -> Option<T> {
        T::take_from(self.values.next()?)
    }

    /// Takes the content of the next field, or the default if it has none.
    #[inline(never)]
    pub fn take_or_default<T: FieldType + Default>(&mut self) -> T {
        self.take().unwrap_or_default()
    }

    /// Takes the unknown fields, which follow the other fields.
    pub fn take_unknown(&mut self) -> UnknownFields {
        match self.values.next() {
            Some(FieldValue::Unknown(fields)) => mem::take(fields),
            _ => UnknownFields::new(),
        }
    }
}

/// Type of a field, without its `Option`.
pub trait FieldType: FieldContent + Sized + 'static {
    /// Takes the content out of a value. Returns `None` if the value is of another kind.
    fn take_from(value: &mut FieldValue) -> Option<Self>;

    /// Converts the content to a value.
    fn into_value(self) -> FieldValue {
        self.to_value()
    }

    /// Takes the elements of an array out of a value. Returns `None` if the value is of another kind.
    fn take_list_from(value: &mut FieldValue) -> Option<Vec<Self>> {
        let FieldValue::List(values) = value else {
            return None;
        };
        let mut list = Vec::new();
        // Iterator adapters would be compiled for each type.
        for value in values {
            list.extend(Self::take_from(value));
        }
        Some(list)
    }

    /// Converts the elements of an array to a value.
    fn list_into_value(list: impl IntoIterator<Item = Self>) -> FieldValue {
        let mut values = Vec::new();
        for element in list {
            values.push(element.into_value());
        }
        FieldValue::List(values)
    }

    /// Copies the elements of an array to a value.
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

        impl FieldContent for $type {
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

    fn into_value(self) -> FieldValue {
        T::list_into_value(self)
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
        let count = values.len() / T::TABLE.width();
        // Each message takes its own values.
        let mut fields = FieldReader::new(values);
        let mut list = Vec::new();
        for _ in 0..count {
            list.push(T::read(&mut fields));
        }
        Some(list)
    }

    fn list_into_value(list: impl IntoIterator<Item = Self>) -> FieldValue {
        messages::<T, _>(list)
    }

    fn list_to_value(list: &[Self]) -> FieldValue {
        messages::<T, _>(list)
    }
}

fn messages<T: Message, B: Borrow<T>>(list: impl IntoIterator<Item = B>) -> FieldValue {
    let mut all = Vec::new();
    for message in list {
        all.append(&mut values(message.borrow()));
    }
    FieldValue::Messages(all)
}

impl<T: FieldType> FieldContent for Option<T> {
    fn write_json(&self, json: &mut JsonWriter) -> bool {
        self.as_ref()
            .is_some_and(|content| content.write_json(json))
    }

    fn to_value(&self) -> FieldValue {
        self.as_ref().map(T::to_value).unwrap_or_default()
    }
}

impl<T: FieldType> FieldContent for Vec<T> {
    fn write_json(&self, json: &mut JsonWriter) -> bool {
        json.list(self.iter(), |json, element| element.write_json(json));
        true
    }

    fn to_value(&self) -> FieldValue {
        T::list_to_value(self)
    }
}

impl<T: Message> FieldContent for T {
    fn write_json(&self, json: &mut JsonWriter) -> bool {
        json.message(self, T::TABLE, None);
        true
    }

    fn to_value(&self) -> FieldValue {
        FieldValue::Message(values(self))
    }
}

impl<T: Message> MessageContent for T {
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        Message::write(self, fields);
    }
}
