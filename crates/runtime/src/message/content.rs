use super::write::JsonWriter;
use super::{FieldType, FieldValue, FieldWriter, Message, values};

/// The content of a field or array element of any type.
pub trait Content {
    /// Writes it as JSON. If it is absent, writes nothing and returns `false`.
    fn write_json(&self, json: &mut JsonWriter) -> bool;

    /// Returns a copy.
    fn to_value(&self) -> FieldValue;
}

/// The content of a message of any type.
pub trait Contents {
    /// Passes on its unknown fields, then the contents of its fields in table order.
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>);
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

/// A message of which only the values are known, as in a reader or a builder.
pub(crate) struct Values<'v>(pub(crate) &'v [FieldValue]);

impl Contents for Values<'_> {
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        if let Some(unknown) = FieldValue::unknown(self.0) {
            fields.put_unknown(unknown);
        }
        // The last value is that of the unknown fields.
        fields.put_values(&self.0[..self.0.len().saturating_sub(1)]);
    }
}
