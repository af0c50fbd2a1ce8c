//! Messages: what the reader tolerates and refuses, what is written, serde, the standard traits, and builders.

#[macro_use]
mod types;

mod builder;
mod envelope;
mod errors;
mod fuzz;
mod json;
mod kinds;
mod limits;
mod memory;
mod read;
mod serde;
mod standard;
mod write;

use std::fmt::Debug;

use tc3::__private::{Message, from_json, to_json};

/// Reads a text that is a JSON object.
#[track_caller]
fn read<T: Message>(text: &str) -> T {
    from_json(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Writes a message.
#[track_caller]
fn written<T: Message>(message: &T) -> String {
    let json = to_json(message).expect("all numbers are finite");
    String::from_utf8(json).expect("JSON is UTF-8")
}

/// Checks a field of a value that is present.
#[track_caller]
fn holds<T: Debug + PartialEq<U>, U: Debug>(field: Option<T>, expected: U) {
    assert_eq!(field.expect("it is present"), expected);
}
