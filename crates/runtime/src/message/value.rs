use super::{Json, Table, UnknownFields};

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

impl FieldValue {
    /// The value of the field with this wire name, of a message with these values.
    pub(crate) fn of<'v>(values: &'v [Self], table: &Table, name: &str) -> Option<&'v Self> {
        values.get(table.position(name)?)
    }

    /// The unknown fields of a message with these values.
    pub(crate) fn unknown(values: &[Self]) -> Option<&UnknownFields> {
        match values.last()? {
            Self::Unknown(fields) => Some(fields),
            _ => None,
        }
    }

    /// A String that is not empty.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}
