//! Messages: requests, responses and the structures that they are made of.
//!
//! A generated type has a [`Table`] with the wire names and kinds of its fields. [`Message::read`] creates the type from
//! [field values](FieldValue) in table order, and [`Message::write`] passes its contents on in the same order. JSON, serde
//! and `Debug` are implemented here once, over field values, so that generated types compile fast.
//!
//! # What the reader tolerates
//! Services deviate from their own documentation. Text that is not JSON is an error with its position. All JSON is decoded,
//! and no value of the response is lost:
//!
//! | on the wire | becomes |
//! |---|---|
//! | `null` | an absent field; a field that is not an `Option` becomes empty |
//! | a number or Boolean where a String is documented | its text, as it was sent |
//! | a String where an Integer, Double or Boolean is documented | the number or Boolean, if the String is its canonical text: `"12"`, but not `"012"` or `" 12"` |
//! | `1.0` or `1e3` where an Integer is documented | `1`, `1000` |
//! | any other value that does not fit its field: `1.5` for an Integer, a number out of range, a Double with too many digits, an object for an array | an entry of [`UnknownFields`] with the field's name |
//! | an array with an element that is `null` or does not fit | such an entry, with the whole array |
//! | a name without a field | such an entry |
//! | typed values nested deeper than 128 levels | such an entry at level 128 |
//! | a repeated name in one object | the last one counts; for `Error`, the last one with a code |
//! | a member beside `Response` with the name of a field or of a member of `Response` | ignored |
//! | half of a surrogate pair, or bytes that are not UTF-8 | U+FFFD |
//! | a control character inside a string | that character |
//!
//! Nesting is limited, so no text can overflow the stack.

mod budget;
mod content;
mod debug;
mod empty;
mod exact;
mod fit;
mod json;
mod number;
mod read;
mod read_error;
mod redact;
mod repair;
mod serde;
mod standard;
mod table;
mod types;
mod unknown;
mod value;
mod write;

pub use self::content::{FieldContent, FieldWriter, MessageContent, Values, values, write};
pub use self::empty::{EmptyResponse, EmptyResponseBuilder};
pub use self::json::Json;
pub use self::read::{Envelope, ServiceError, read, read_envelope};
pub use self::read_error::ReadError;
pub use self::redact::{REDACTED, redact_json};
pub use self::serde::{deserialize, echo, from_json, serialize, to_json};
pub use self::standard::{clone, debug, default, eq};
pub use self::table::{Field, Kind, Table};
pub use self::types::{FieldReader, FieldType, Message};
pub use self::unknown::UnknownFields;
pub use self::value::FieldValue;
pub use self::write::{JsonWriter, WriteError};
