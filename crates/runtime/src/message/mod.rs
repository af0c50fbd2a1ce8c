//! Messages: requests, responses and the structures that they are made of.
//!
//! A generated type says once what its fields are: its [`Table`] has their wire names and kinds, [`Message::read`] makes
//! the type from [field values](FieldValue) in the order of the table, and [`Message::write`] gives them back. JSON,
//! serde and `Debug` are implemented here once, over field values, so that a type costs its users little to compile.
//!
//! # What the reader tolerates
//! Services deviate from their own documentation. Text that is not JSON is an error with its place; all JSON is decoded
//! and nothing of it is lost:
//!
//! | on the wire | becomes |
//! |---|---|
//! | `null` | an absent field; a field that is not an `Option` becomes empty |
//! | a number or Boolean where a String is documented | its text, as it was sent |
//! | a String where an Integer, Double or Boolean is documented | the number or Boolean whose usual text it is: `"12"`, but not `"012"` or `" 12"` |
//! | `1.0` or `1e3` where an Integer is documented | `1`, `1000` |
//! | any other value that does not fit its field: `1.5` for an Integer, a number out of range, a Double with more digits than one holds, an object for an array | an entry of [`UnknownFields`] under the field's name |
//! | an array with an element that is `null` or does not fit | such an entry, with the whole array |
//! | a name without a field | such an entry |
//! | typed values that nest deeper than 128 levels | such an entry, where the depth is reached |
//! | a name twice in one object | the last one counts; of a service's `Error` any one that has a code |
//! | a member beside `Response` that has the name of a field, or of a member within | left out |
//! | half of a surrogate pair, or bytes that are not UTF-8 | U+FFFD |
//! | a control character inside a string | that character |
//!
//! Nesting is limited, so no text overflows the stack.

mod budget;
mod content;
mod debug;
mod exact;
mod fields;
mod fit;
mod json;
mod read;
mod read_error;
mod redact;
mod repair;
mod serde;
mod standard;
mod unknown;
mod value;
mod write;

pub(crate) use self::content::Values;
pub use self::content::{Content, Contents};
pub(crate) use self::fields::values;
pub use self::fields::{FieldReader, FieldWriter};
pub use self::json::Json;
pub(crate) use self::read::{Envelope, read_envelope};
pub(crate) use self::redact::{REDACTED, redact_json};
pub use self::serde::{deserialize, echo, from_json, serialize, to_json};
pub use self::standard::{clone, debug, default, eq};
pub use self::unknown::UnknownFields;
pub use self::value::{FieldType, FieldValue};
pub use self::write::JsonWriter;
pub(crate) use self::write::write;

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

/// The name and the fields of a message type.
#[derive(Debug)]
pub struct Table {
    /// The name in the documentation, as `Debug` and errors show it.
    pub name: &'static str,
    /// The fields in the documentation's order.
    pub fields: &'static [Field],
    /// The wire names of the fields without which a request is incomplete.
    pub required: &'static [&'static str],
}

/// A field of a message type: its name on the wire, and what it holds.
#[derive(Debug)]
pub struct Field(pub &'static str, pub Kind);

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A Boolean.
    Bool,
    /// A signed Integer.
    I64,
    /// An unsigned Integer.
    U64,
    /// A Float or Double.
    F64,
    /// A String, or what is written as one: dates, timestamps, binary content.
    String,
    /// A String that `Debug` does not show, whatever its name.
    Secret,
    /// A String that `Debug` shows, whatever its name.
    Public,
    /// JSON of undocumented shape.
    Json,
    /// A structure. A function gives its table, since structures can contain themselves.
    Message(fn() -> &'static Table),
    /// An array.
    List(&'static Kind),
}

impl Table {
    /// The index of the field with this wire name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        let mut fields = self.fields.iter();
        fields.position(|Field(field, _)| *field == name)
    }

    /// The value of the field with this wire name.
    pub(crate) fn value<'v>(&self, values: &'v [FieldValue], name: &str) -> Option<&'v FieldValue> {
        values.get(self.position(name)?)
    }

    /// How many values a message has: one for each field, then its unknown fields.
    pub(crate) fn width(&self) -> usize {
        self.fields.len() + 1
    }
}
