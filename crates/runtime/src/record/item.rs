use super::{List, Record};
use crate::Value;

/// What a field holds.
#[derive(Clone, Copy)]
pub enum Item<'a> {
    /// Nothing: it is not written.
    Absent,
    /// A Boolean.
    Bool(bool),
    /// An Integer.
    I64(i64),
    /// An Integer that the spec knows to be unsigned.
    U64(u64),
    /// A Float or Double.
    F64(f64),
    /// A String, or what is written as one: dates, time stamps, binary content.
    Str(&'a str),
    /// JSON of no documented shape.
    Value(&'a Value),
    /// A structure.
    Record(&'a dyn Record),
    /// An array.
    List(&'a dyn List),
}
