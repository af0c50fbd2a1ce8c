use std::slice;

use super::{Content, FieldType, FieldValue, Fields, Message, UnknownFields, View};

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

    /// The content of the next field, if it has one.
    pub fn take<T: FieldType>(&mut self) -> Option<T> {
        T::from_value(self.next())
    }

    /// The unknown fields, which stand behind all others.
    pub fn take_unknown(&mut self) -> UnknownFields {
        match self.next() {
            FieldValue::Unknown(fields) => fields,
            _ => UnknownFields::new(),
        }
    }

    fn next(&mut self) -> FieldValue {
        self.values.next().map(std::mem::take).unwrap_or_default()
    }
}

/// Takes what a message holds: its unknown fields first, since they replace fields of their names, and then the contents
/// of its fields, one after the other.
pub struct FieldWriter<'m, 's> {
    /// Gets the content of each field, with the unknown fields.
    sink: &'s mut dyn FnMut(View<'_>, Option<&UnknownFields>),
    unknown: Option<&'m UnknownFields>,
}

impl<'m, 's> FieldWriter<'m, 's> {
    /// Passes a message's contents to a sink, and returns its unknown fields, if it has any.
    pub(super) fn write(
        message: &'m dyn Fields,
        sink: &'s mut dyn FnMut(View<'_>, Option<&UnknownFields>),
    ) -> Option<&'m UnknownFields> {
        let unknown = None;
        let mut fields = Self { sink, unknown };
        message.write(&mut fields);
        fields.unknown
    }

    /// Takes the unknown fields.
    pub fn put_unknown(&mut self, fields: &'m UnknownFields) {
        self.unknown = Some(fields).filter(|fields| !fields.is_empty());
    }

    /// Takes the contents of the next fields.
    pub fn put(&mut self, contents: &[&dyn Content]) {
        for content in contents {
            (self.sink)(content.view(), self.unknown);
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
pub(crate) fn values(message: &dyn Fields) -> Vec<FieldValue> {
    let mut values = Vec::new();
    let unknown = FieldWriter::write(message, &mut |content, _| values.push(content.to_value()));
    let unknown = unknown.cloned().map(FieldValue::Unknown);
    values.push(unknown.unwrap_or_default());
    values
}
