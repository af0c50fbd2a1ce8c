use super::{Json, Table, UnknownFields};

/// Value of a field without its Rust type, as read by a reader or set by a builder.
///
/// The [`Kind`](super::Kind) of the field determines the table or element type of the value.
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
    /// The values of a structure: its fields in table order, then its unknown fields.
    Message(Vec<FieldValue>),
    /// The elements of an array.
    List(Vec<FieldValue>),
    /// The values of all structures of an array in one list, which saves an allocation for each structure.
    Messages(Vec<FieldValue>),
    /// The unknown fields of a message.
    Unknown(UnknownFields),
}

impl FieldValue {
    /// Returns the value of the field with this wire name among the values of a message.
    pub fn of<'v>(values: &'v [Self], table: &Table, name: &str) -> Option<&'v Self> {
        values.get(table.position(name)?)
    }

    /// Returns the unknown fields among the values of a message.
    pub fn unknown(values: &[Self]) -> Option<&UnknownFields> {
        match values.last()? {
            Self::Unknown(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns the content of a String that is not empty.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::String(text) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}
