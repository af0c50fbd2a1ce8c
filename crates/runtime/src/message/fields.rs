use std::borrow::Cow;
use std::slice;

use super::{FieldType, FieldValue, Message, UnknownFields};

/// Gives the values of a message's fields, one after the other.
#[derive(Debug, Default)]
pub struct FieldReader<'a> {
    values: slice::IterMut<'a, FieldValue<'static>>,
}

impl<'a> FieldReader<'a> {
    /// Begins with the value of the first field.
    pub(crate) fn new(values: &'a mut [FieldValue<'static>]) -> Self {
        Self {
            values: values.iter_mut(),
        }
    }

    /// The content of the next field, if it has one.
    pub fn take<T: FieldType>(&mut self) -> Option<T> {
        T::from_value(self.next())
    }

    /// The unknown fields, which stand behind all others.
    pub fn take_unknown(&mut self) -> UnknownFields {
        match self.next() {
            FieldValue::Unknown(fields) => fields.into_owned(),
            _ => UnknownFields::new(),
        }
    }

    fn next(&mut self) -> FieldValue<'static> {
        self.values.next().map(std::mem::take).unwrap_or_default()
    }
}

/// What a field of a message holds, whatever its type.
pub trait Content {
    /// A view of it.
    fn to_value(&self) -> FieldValue<'_>;
}

impl<T: FieldType> Content for T {
    fn to_value(&self) -> FieldValue<'_> {
        FieldType::to_value(self)
    }
}

impl<T: FieldType> Content for Option<T> {
    fn to_value(&self) -> FieldValue<'_> {
        self.as_ref()
            .map_or(FieldValue::Absent, FieldType::to_value)
    }
}

impl Content for UnknownFields {
    fn to_value(&self) -> FieldValue<'_> {
        if self.is_empty() {
            FieldValue::Absent
        } else {
            FieldValue::Unknown(Cow::Borrowed(self))
        }
    }
}

/// Collects the values of a message's fields, one after the other.
pub struct FieldWriter<'a> {
    values: Vec<FieldValue<'a>>,
}

impl<'a> FieldWriter<'a> {
    /// Adds the values of the next fields; the unknown fields stand behind all others.
    pub fn put(&mut self, contents: &[&'a dyn Content]) {
        let values = contents.iter().map(|content| content.to_value());
        self.values.extend(values);
    }

    /// Adds the value of a field whose type contains itself.
    pub fn put_boxed<T: Message>(&mut self, content: &'a Option<Box<T>>) {
        let value = content.as_deref().map(FieldType::to_value);
        self.values.push(value.unwrap_or_default());
    }
}

/// The values of a message: its fields in the order of its table, then its unknown fields.
pub(crate) fn values<T: Message>(message: &T) -> Vec<FieldValue<'_>> {
    let values = Vec::with_capacity(T::TABLE.width());
    let mut fields = FieldWriter { values };
    message.write(&mut fields);
    fields.values
}
