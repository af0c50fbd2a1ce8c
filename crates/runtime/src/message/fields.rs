use std::slice;

use super::write::Members;
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

/// Takes the contents of a message's fields, one after the other.
pub struct FieldWriter<'a>(pub(super) Target<'a>);

/// What becomes of the contents.
pub(super) enum Target<'a> {
    /// They are written as JSON.
    Json(Members<'a>),
    /// They are copied.
    Values(Vec<FieldValue>),
    /// Only the unknown fields are looked for.
    Unknown(Option<&'a UnknownFields>),
}

impl<'a> FieldWriter<'a> {
    /// Adds the contents of the next fields; the unknown fields stand behind all others.
    pub fn put(&mut self, contents: &[&'a dyn Content]) {
        match &mut self.0 {
            Target::Json(members) => {
                for content in contents {
                    members.add(&content.view());
                }
            }
            Target::Values(values) => {
                values.extend(contents.iter().map(|content| content.view().to_value()));
            }
            Target::Unknown(unknown) => {
                if let Some(View::Unknown(fields)) = contents.last().map(|last| last.view()) {
                    *unknown = Some(fields);
                }
            }
        }
    }

    /// Adds the content of a field whose type contains itself.
    pub fn put_boxed<T: Message>(&mut self, content: &'a Option<Box<T>>) {
        match content.as_deref() {
            Some(content) => self.put(&[content]),
            None => self.put(&[&None::<T>]),
        }
    }
}

/// Copies of the values of a message: its fields in the order of its table, then its unknown fields.
pub(crate) fn values(message: &dyn Fields) -> Vec<FieldValue> {
    let mut fields = FieldWriter(Target::Values(Vec::new()));
    message.write(&mut fields);
    match fields.0 {
        Target::Values(values) => values,
        _ => Vec::new(),
    }
}
