//! Contents of messages and fields without their types: writing and copying them.

use super::write::{Members, WriteError};
use super::{FieldValue, JsonWriter, Kind, Table, UnknownFields};

/// Content of a field or array element of any type.
pub trait FieldContent {
    /// Writes the content as JSON. If it is absent, writes nothing and returns `false`.
    fn write_json(&self, json: &mut JsonWriter) -> bool;

    /// Returns a copy.
    fn to_value(&self) -> FieldValue;
}

/// Content of a message of any type.
pub trait MessageContent {
    /// Passes the unknown fields, then the contents of the fields in table order.
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>);
}

/// Receiver of the content of a message: first its unknown fields, because they replace fields of the same name, then
/// its fields in table order.
pub struct FieldWriter<'a> {
    target: Target<'a>,
    unknown: Option<&'a UnknownFields>,
}

/// Destination of the contents.
enum Target<'a> {
    /// Members of a JSON object.
    Json(Members<'a>),
    /// Copies.
    Values(&'a mut Vec<FieldValue>),
}

impl<'a> FieldWriter<'a> {
    fn new(target: Target<'a>) -> Self {
        let unknown = None;
        Self { target, unknown }
    }

    /// Passes the unknown fields.
    pub fn put_unknown(&mut self, fields: &'a UnknownFields) {
        self.unknown = Some(fields).filter(|fields| !fields.is_empty());
    }

    /// Passes the contents of the next fields.
    pub fn put(&mut self, contents: &[&dyn FieldContent]) {
        for content in contents {
            match &mut self.target {
                Target::Json(members) => {
                    members.add(self.unknown, |json, _| content.write_json(json));
                }
                Target::Values(values) => values.push(content.to_value()),
            }
        }
    }

    /// Passes the values of the next fields.
    fn put_values(&mut self, values: &[FieldValue]) {
        for value in values {
            match &mut self.target {
                Target::Json(members) => {
                    members.add(self.unknown, |json, kind| json.value(value, kind));
                }
                Target::Values(copies) => copies.push(value.clone()),
            }
        }
    }

    /// Passes the content of a field whose type is recursive.
    pub fn put_boxed<T: FieldContent>(&mut self, content: &Option<Box<T>>) {
        match content.as_deref() {
            Some(content) => self.put(&[content]),
            None => self.put(&[&Absent]),
        }
    }
}

/// Copies the values of a message: its fields in table order, then its unknown fields.
pub fn values(message: &dyn MessageContent) -> Vec<FieldValue> {
    let mut values = Vec::new();
    let mut fields = FieldWriter::new(Target::Values(&mut values));
    message.write(&mut fields);
    let unknown = fields.unknown.cloned().map(FieldValue::Unknown);
    values.push(unknown.unwrap_or_default());
    values
}

/// No content.
struct Absent;

impl FieldContent for Absent {
    fn write_json(&self, _json: &mut JsonWriter) -> bool {
        false
    }

    fn to_value(&self) -> FieldValue {
        FieldValue::Absent
    }
}

/// Message without a Rust type, as in a reader or a builder.
pub struct Values<'v>(pub &'v [FieldValue]);

impl MessageContent for Values<'_> {
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        if let Some(unknown) = FieldValue::unknown(self.0) {
            fields.put_unknown(unknown);
        }
        // The last value holds the unknown fields.
        fields.put_values(&self.0[..self.0.len().saturating_sub(1)]);
    }
}

/// Writes a message as a JSON object. The text of a [`Json`](super::Json) is copied unchanged.
///
/// `default` is the wire name of a String field and its value if it is absent.
///
/// # Errors
/// Fails if a Float or Double is NaN or infinite.
pub fn write(
    message: &dyn MessageContent,
    table: &'static Table,
    default: Option<(&str, &str)>,
) -> Result<Vec<u8>, WriteError> {
    let mut json = JsonWriter::new();
    json.message(message, table, default);
    json.finish()
}

impl JsonWriter {
    /// Writes a message. `default` is a String field and its value if it is absent.
    pub(super) fn message(
        &mut self,
        message: &dyn MessageContent,
        table: &'static Table,
        default: Option<(&str, &str)>,
    ) {
        let members = self.object(table, default);
        let mut fields = FieldWriter::new(Target::Json(members));
        message.write(&mut fields);
        if let Target::Json(members) = fields.target {
            members.end(fields.unknown);
        }
    }

    /// Writes a value. If it is absent, writes nothing and returns `false`.
    pub(super) fn value(&mut self, value: &FieldValue, kind: Kind) -> bool {
        match (value, kind) {
            (FieldValue::Bool(value), _) => self.scalar(value),
            (FieldValue::I64(value), _) => self.scalar(value),
            (FieldValue::U64(value), _) => self.scalar(value),
            (FieldValue::F64(value), _) => self.double(value),
            (FieldValue::String(text), _) => self.scalar(text),
            (FieldValue::Json(value), _) => self.json(value),
            (FieldValue::Message(values), Kind::Message(table)) => {
                self.message(&Values(values), table(), None);
            }
            (FieldValue::Messages(values), Kind::List(Kind::Message(table))) => {
                let messages = values.chunks_exact(table().width());
                self.list(messages, |json, values| {
                    json.message(&Values(values), table(), None);
                    true
                });
            }
            (FieldValue::List(values), Kind::List(kind)) => {
                self.list(values.iter(), |json, value| json.value(value, *kind));
            }
            _ => return false,
        }
        true
    }
}
