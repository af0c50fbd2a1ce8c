use std::{mem, slice};

use super::write::Members;
use super::{Content, Contents, FieldType, FieldValue, Message, UnknownFields};

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

/// Takes the content of a message: its unknown fields first, since they replace fields of their names, then its fields
/// in table order.
pub struct FieldWriter<'a> {
    pub(super) target: Target<'a>,
    pub(super) unknown: Option<&'a UnknownFields>,
}

/// What is done with the contents.
pub(super) enum Target<'a> {
    /// They are written as members of a JSON object.
    Json(Members<'a>),
    /// They are copied.
    Values(&'a mut Vec<FieldValue>),
}

impl<'a> FieldWriter<'a> {
    pub(super) fn new(target: Target<'a>) -> Self {
        let unknown = None;
        Self { target, unknown }
    }

    /// Takes the unknown fields.
    pub fn put_unknown(&mut self, fields: &'a UnknownFields) {
        self.unknown = Some(fields).filter(|fields| !fields.is_empty());
    }

    /// Takes the contents of the next fields.
    pub fn put(&mut self, contents: &[&dyn Content]) {
        for content in contents {
            match &mut self.target {
                Target::Json(members) => {
                    members.add(self.unknown, |json, _| content.write_json(json));
                }
                Target::Values(values) => values.push(content.to_value()),
            }
        }
    }

    /// Takes the values of the next fields.
    pub(super) fn put_values(&mut self, values: &[FieldValue]) {
        for value in values {
            match &mut self.target {
                Target::Json(members) => {
                    members.add(self.unknown, |json, kind| json.value(value, kind));
                }
                Target::Values(copies) => copies.push(value.clone()),
            }
        }
    }

    /// Takes the content of a field whose type contains itself.
    pub fn put_boxed<T: Message>(&mut self, content: &Option<Box<T>>) {
        match content.as_deref() {
            Some(content) => self.put(&[content]),
            None => self.put(&[&None::<T>]),
        }
    }
}

/// Copies of the values of a message: its fields in the order of its table, then its unknown fields.
pub(crate) fn values(message: &dyn Contents) -> Vec<FieldValue> {
    let mut values = Vec::new();
    let mut fields = FieldWriter::new(Target::Values(&mut values));
    message.write(&mut fields);
    let unknown = fields.unknown.cloned().map(FieldValue::Unknown);
    values.push(unknown.unwrap_or_default());
    values
}
