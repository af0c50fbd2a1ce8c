//! The standard traits of messages, over their values, so that a type costs its users little to compile.

use std::fmt;

use super::write::MessageView;
use super::{FieldReader, FieldValue, Message, values};

/// A copy of a message.
pub fn clone<T: Message>(message: &T) -> T {
    let values = values(message).into_iter().map(FieldValue::into_owned);
    T::read(&mut FieldReader::new(&mut Vec::from_iter(values)))
}

/// A message without any value.
pub fn default<T: Message>() -> T {
    T::read(&mut FieldReader::default())
}

/// Whether two messages hold the same values.
pub fn eq<T: Message>(one: &T, other: &T) -> bool {
    values(one) == values(other)
}

/// Writes a message's name and the fields that are present, by their wire names, then the unknown fields.
pub fn debug<T: Message>(message: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let view = MessageView {
        values: &values(message),
        table: T::TABLE,
        exact: true,
    };
    fmt::Debug::fmt(&view, f)
}
