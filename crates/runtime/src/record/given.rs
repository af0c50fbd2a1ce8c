use super::{Held, Item, List, Values};
use crate::Value;

/// A value that a caller gave for a field, apart from the record that it is for.
#[non_exhaustive]
pub enum Given {
    /// A Boolean.
    Bool(bool),
    /// An Integer.
    I64(i64),
    /// An Integer that the spec knows to be unsigned.
    U64(u64),
    /// A Float or Double.
    F64(f64),
    /// A String, or what is written as one.
    Str(String),
    /// JSON of no documented shape.
    Value(Value),
    /// A structure.
    Record(Box<dyn Values>),
    /// An array.
    List(Box<dyn List>),
}

impl Given {
    /// Where the value stands.
    pub fn as_item(&self) -> Item<'_> {
        match self {
            Self::Bool(value) => Item::Bool(Held::Plain(value)),
            Self::I64(value) => Item::I64(Held::Plain(value)),
            Self::U64(value) => Item::U64(Held::Plain(value)),
            Self::F64(value) => Item::F64(Held::Plain(value)),
            Self::Str(value) => Item::Str(Held::Plain(value)),
            Self::Value(value) => Item::Value(Held::Plain(value)),
            Self::Record(record) => Item::Record(&**record),
            Self::List(list) => Item::List(&**list),
        }
    }
}
