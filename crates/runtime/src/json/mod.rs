//! JSON: one reader and one writer for all types, over the field tables of [`record`](mod@crate::record).
//!
//! # What the reader tolerates
//! Services do not send quite what their tables promise. Text that is no JSON is a [`ReadError`] with the place;
//! all JSON is decoded, and nothing of it is lost:
//!
//! | on the wire | becomes |
//! |---|---|
//! | `null` | an absent field; a plain field is emptied |
//! | a number or Boolean where a String is documented | its text, as it stood there |
//! | a String where an Integer, Double or Boolean is documented | the number or Boolean of which it is the usual text: `"12"`, not `"012"` or `" 12"` |
//! | `1.0` or `1e3` where an Integer is documented | `1`, `1000` |
//! | any other value that does not fit its field: `1.5` for an Integer, a number out of range, a Double of more digits than one holds, an object for an array | an entry of [`Extra`](crate::Extra) under the field's name |
//! | an array of which one element does not fit, or is `null` | such an entry, the whole array |
//! | a name without a field | such an entry |
//! | a name twice in one object | the last one counts |
//! | an escaped surrogate without its other half | U+FFFD, as a Rust string can't hold it |
//! | bytes in a string that are not UTF-8 | U+FFFD for each broken sequence: a mangled name must not hide that a call was made |
//!
//! Objects and arrays nest up to 128 deep; more is a [`ReadError`], so that no text overflows the stack.
//!
//! # Values
//! What has no type is a [`Value`].
//! ```
//! let value: tc3::Value = r#"{"Uin": 100028582000, "Ratio": 1.50}"#.parse()?;
//! assert_eq!(value.get("Uin").and_then(tc3::Value::as_i64), Some(100_028_582_000));
//! assert_eq!(value.to_string(), r#"{"Uin":100028582000,"Ratio":1.50}"#);
//!
//! let error = "{\"Members\": [{}, {\"Uin\": 10O}]}".parse::<tc3::Value>().unwrap_err();
//! assert_eq!(
//!     error.to_string(),
//!     "expected `,` or `}`, found `O}]}` at line 1, column 28, in `Members[1]`"
//! );
//! # Ok::<(), tc3::json::ReadError>(())
//! ```

mod error;
mod members;
mod number;
mod object;
mod read;
#[cfg(feature = "serde")]
mod request;
mod scan;
#[cfg(feature = "serde")]
mod serde;
mod value;
mod write;

#[cfg(feature = "serde")]
use self::error::excerpt;
pub use self::error::{ReadError, WriteError};
pub(crate) use self::members::Members;
pub(crate) use self::number::Digits;
pub use self::number::Number;
pub use self::object::Object;
pub use self::read::read;
#[cfg(feature = "serde")]
pub(crate) use self::request::read_request;
pub(crate) use self::scan::Scanner;
#[cfg(feature = "serde")]
pub(crate) use self::serde::map_text;
pub use self::value::Value;
pub(crate) use self::write::write_view;
pub use self::write::{write, write_to};
