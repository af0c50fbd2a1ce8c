//! The standard traits of messages, over their values, so that a type costs its users little to compile.

use std::fmt::{self, Debug as _};

use super::debug::MessageDebug;
use super::{FieldReader, Message, values};

/// A copy of a message.
pub fn clone<T: Message>(message: &T) -> T {
    T::read(&mut FieldReader::new(&mut values(message)))
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
    let (table, values) = (T::TABLE, &values(message));
    MessageDebug { table, values }.fmt(f)
}
