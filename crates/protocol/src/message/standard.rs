//! Standard traits of messages, implemented over field values, so that generated types compile fast.

use std::fmt::{self, Debug as _};

use super::debug::MessageDebug;
use super::{FieldReader, Message, values};

/// Returns a copy of a message.
pub fn clone<T: Message>(message: &T) -> T {
    T::read(&mut FieldReader::new(&mut values(message)))
}

/// Returns a message without values.
pub fn default<T: Message>() -> T {
    T::read(&mut FieldReader::default())
}

/// Returns whether two messages have the same values.
pub fn eq<T: Message>(one: &T, other: &T) -> bool {
    values(one) == values(other)
}

/// Writes the name of a message, the fields that are present, by wire name, and the unknown fields.
pub fn debug<T: Message>(message: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (table, values) = (T::TABLE, &values(message));
    MessageDebug { table, values }.fmt(f)
}
