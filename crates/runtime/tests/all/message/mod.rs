//! Messages in calls: builders and envelopes.

mod builder;
mod envelope;
#[path = "../../../../protocol/tests/all/kinds.rs"]
mod kinds;

use tc3::__private::{Message, to_json};

/// Writes a message as JSON.
#[track_caller]
fn written<T: Message>(message: &T) -> String {
    let json = to_json(message).expect("all numbers are finite");
    String::from_utf8(json).expect("JSON is UTF-8")
}
