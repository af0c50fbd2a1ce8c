//! Messages: what their reader tolerates, what is written, serde's formats, and builders.

#[macro_use]
mod types;

mod builder;
mod kinds;
mod properties;
mod serde;
mod tolerance;

use std::fmt::Debug;

use ::serde::de::DeserializeOwned;

/// Reads a message from JSON.
#[track_caller]
fn read<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_str(text).unwrap()
}

/// The text of a message that reads a text: with exact numbers, as requests are written.
#[track_caller]
fn echo(text: &str) -> String {
    let (written, _) = tc3::__private::echo::<kinds::Kinds>(text).unwrap();
    written
}

/// Why a text cannot be read.
#[track_caller]
fn problem(text: &str) -> String {
    tc3::__private::echo::<kinds::Kinds>(text).unwrap_err()
}

/// Checks that a value of a field is read as another, or kept as it is.
#[track_caller]
fn becomes<T: PartialEq + Debug>(found: T, expected: T) {
    assert_eq!(found, expected);
}
