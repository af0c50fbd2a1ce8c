use super::fields::values;
use super::{FieldType, FieldValue, FieldWriter, Json, Message};

/// A look at what a field holds.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// No value.
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
    String(&'a str),
    /// JSON of undocumented shape.
    Json(&'a Json),
    /// A structure.
    Message(&'a dyn Fields),
    /// The values of a structure, or of the structures in an array.
    Values(&'a [FieldValue]),
    /// An array.
    List(&'a dyn Elements),
}

/// What a field or an element of an array holds, whatever its type.
pub trait Content {
    /// A look at it.
    fn view(&self) -> View<'_>;
}

/// A message, whatever its type.
pub trait Fields {
    /// Gives its unknown fields, then the contents of its fields in the order of the table.
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a, '_>);
}

/// An array, whatever the type of its elements.
pub trait Elements {
    /// A look at the element with this index.
    fn get(&self, index: usize) -> Option<View<'_>>;
}

impl<'a> View<'a> {
    /// A copy of it.
    pub(super) fn to_value(self) -> FieldValue {
        match self {
            Self::Absent => FieldValue::Absent,
            Self::Bool(value) => FieldValue::Bool(value),
            Self::I64(value) => FieldValue::I64(value),
            Self::U64(value) => FieldValue::U64(value),
            Self::F64(value) => FieldValue::F64(value),
            Self::String(text) => FieldValue::String(text.to_owned()),
            Self::Json(json) => FieldValue::Json(json.clone()),
            Self::Message(message) => FieldValue::Message(values(message)),
            Self::Values(values) => FieldValue::Message(values.to_vec()),
            Self::List(list) => {
                let elements = (0..).map_while(|index| list.get(index));
                FieldValue::List(elements.map(View::to_value).collect())
            }
        }
    }
}

impl Content for FieldValue {
    fn view(&self) -> View<'_> {
        match self {
            // Unknown fields are no field's content.
            Self::Absent | Self::Unknown(_) => View::Absent,
            Self::Bool(value) => View::Bool(*value),
            Self::I64(value) => View::I64(*value),
            Self::U64(value) => View::U64(*value),
            Self::F64(value) => View::F64(*value),
            Self::String(text) => View::String(text),
            Self::Json(json) => View::Json(json),
            Self::Message(values) | Self::Messages(values) => View::Values(values),
            Self::List(values) => View::List(values),
        }
    }
}

impl<T: FieldType> Content for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, Content::view)
    }
}

impl<T: Message> Fields for T {
    fn write<'a>(&'a self, fields: &mut FieldWriter<'a, '_>) {
        Message::write(self, fields);
    }
}

impl<T: Content> Elements for Vec<T> {
    fn get(&self, index: usize) -> Option<View<'_>> {
        self.as_slice().get(index).map(Content::view)
    }
}
