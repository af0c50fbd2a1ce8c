//! The Rust types that fields can have: how they are made of field values, and what they contain.

use std::{mem, slice};

use super::{
    Content, Contents, FieldValue, FieldWriter, Json, JsonWriter, Table, UnknownFields, values,
};

/// A request, a response or a structure. Generated types implement it.
pub trait Message: Sized + Send + Sync + 'static {
    /// The type's name and its fields.
    const TABLE: &'static Table;

    /// The table, as a function that other tables can name.
    fn table() -> &'static Table {
        Self::TABLE
    }

    /// Makes the message from the values of its fields, in the order of the table.
    fn read(fields: &mut FieldReader<'_>) -> Self;

    /// Gives its unknown fields, then the contents of its fields in the order of the table.
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>);
}

/// Gives the values of a message's fields, one after the other.
#[derive(Debug, Default)]
pub struct FieldReader<'a> {
    values: slice::IterMut<'a, FieldValue>,
}

impl<'a> FieldReader<'a> {
    /// Begins with the value of the first field.
    pub(crate) fn new(values: &'a mut [FieldValue]) -> Self {
        Self {
            values: values.iter_mut(),
        }
    }

    /// Returns the content of the next field, if it has one.
    pub fn take<T: FieldType>(&mut self) -> Option<T> {
        T::take_from(self.values.next()?)
    }

    /// Returns the unknown fields, which come after all others.
    pub fn take_unknown(&mut self) -> UnknownFields {
        match self.values.next() {
            Some(FieldValue::Unknown(fields)) => mem::take(fields),
            _ => UnknownFields::new(),
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

impl<T: FieldType> Content for Option<T> {
    fn write_json(&self, json: &mut JsonWriter) -> bool {
        self.as_ref()
            .is_some_and(|content| content.write_json(json))
    }

    fn to_value(&self) -> FieldValue {
        self.as_ref().map(T::to_value).unwrap_or_default()
    }
}

impl<T: FieldType> Content for Vec<T> {
    fn write_json(&self, json: &mut JsonWriter) -> bool {
        json.list(self.iter(), |json, element| element.write_json(json));
        true
    }

    fn to_value(&self) -> FieldValue {
        T::list_to_value(self)
    }
}

impl<T: Message> Content for T {
    fn write_json(&self, json: &mut JsonWriter) -> bool {
        json.message(self, T::TABLE, None);
        true
    }

    fn to_value(&self) -> FieldValue {
        FieldValue::Message(values(self))
    }
}

impl<T: Message> Contents for T {
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        Message::write(self, fields);
    }
}
