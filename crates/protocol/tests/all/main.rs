//! Messages: reader, writer, serde and standard traits.

#[macro_use]
mod messages;

mod errors;
mod fuzz;
mod json;
mod kinds;
mod limits;
mod memory;
mod read;
mod secrets;
mod serde;
mod standard;
mod write;

use std::fmt::Debug;

use tc3_protocol::message::{Message, from_json, to_json};

/// Reads a message from a JSON object.
#[track_caller]
fn read<T: Message>(text: &str) -> T {
    from_json(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Writes a message as JSON.
#[track_caller]
fn written<T: Message>(message: &T) -> String {
    let json = to_json(message).expect("all numbers are finite");
    String::from_utf8(json).expect("JSON is UTF-8")
}

/// Asserts that a field is present with this value.
#[track_caller]
fn assert_field<T: Debug + PartialEq<U>, U: Debug>(field: Option<T>, expected: U) {
    assert_eq!(field.expect("the field is present"), expected);
}
