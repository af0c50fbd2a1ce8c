use super::{Extra, List, Values};
use crate::Value;

/// Where the value of a field stands.
///
/// That it is a reference to the field itself, present or not, keeps what is compiled per field down to an address;
/// [`view`](Self::view) looks.
#[non_exhaustive]
pub enum Item<'a> {
    /// Nowhere: there is no such field, or it is absent.
    Absent,
    /// A Boolean.
    Bool(Held<'a, bool>),
    /// An Integer.
    I64(Held<'a, i64>),
    /// An Integer that the spec knows to be unsigned.
    U64(Held<'a, u64>),
    /// A Float or Double.
    F64(Held<'a, f64>),
    /// A String, or what is written as one: dates, time stamps, binary content.
    Str(Held<'a, String>),
    /// JSON of no documented shape.
    Value(Held<'a, Value>),
    /// A structure.
    Record(&'a dyn Values),
    /// An array.
    List(&'a dyn List),
    /// No field: what the record carries besides its fields.
    Extra(&'a Extra),
}

/// A field of type `T` or `Option<T>`.
pub enum Held<'a, T> {
    /// A field that always holds a value.
    Plain(&'a T),
    /// A field that may be absent.
    Optional(&'a Option<T>),
}

/// What a field holds.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
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
    /// A String, or what is written as one.
    Str(&'a str),
    /// JSON of no documented shape.
    Value(&'a Value),
    /// A structure.
    Record(&'a dyn Values),
    /// An array.
    List(&'a dyn List),
}

impl<'a> Item<'a> {
    /// What the field holds.
    #[inline]
    pub fn view(self) -> View<'a> {
        match self {
            Self::Absent | Self::Extra(_) => View::Absent,
            Self::Bool(held) => held.view(|value| View::Bool(*value)),
            Self::I64(held) => held.view(|value| View::I64(*value)),
            Self::U64(held) => held.view(|value| View::U64(*value)),
            Self::F64(held) => held.view(|value| View::F64(*value)),
            Self::Str(held) => held.view(|value| View::Str(value)),
            Self::Value(held) => held.view(View::Value),
            Self::Record(record) => View::Record(record),
            Self::List(list) => View::List(list),
        }
    }
}

impl<'a, T> Held<'a, T> {
    fn view(self, view: impl FnOnce(&'a T) -> View<'a>) -> View<'a> {
        match self {
            Self::Plain(value) | Self::Optional(Some(value)) => view(value),
            Self::Optional(None) => View::Absent,
        }
    }
}
