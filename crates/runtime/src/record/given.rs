use super::{Element, Elements, Values, View};
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

/// An array, whatever its type.
pub trait List: Send + Sync {
    /// What it holds.
    fn elements(&self) -> Elements<'_>;
}

impl<T: Element> List for Vec<T> {
    fn elements(&self) -> Elements<'_> {
        Elements::of(self)
    }
}

impl Given {
    /// What a field holds for which this was given, or nothing.
    pub(crate) fn view_of(given: &Option<Self>) -> View<'_> {
        given.as_ref().map_or(View::Absent, Self::view)
    }

    fn view(&self) -> View<'_> {
        match self {
            Self::Bool(value) => View::Bool(*value),
            Self::I64(value) => View::I64(*value),
            Self::U64(value) => View::U64(*value),
            Self::F64(value) => View::F64(*value),
            Self::Str(value) => View::Str(value),
            Self::Value(value) => View::Value(value),
            Self::Record(record) => View::Record(record.fields()),
            Self::List(list) => View::List(list.elements()),
        }
    }
}

macro_rules! scalars {
    ($($type:ty: $variant:ident;)*) => {$(
        impl From<$type> for Given {
            fn from(value: $type) -> Self {
                Self::$variant(value)
            }
        }
    )*};
}

scalars! {
    bool: Bool;
    i64: I64;
    u64: U64;
    f64: F64;
    String: Str;
    Value: Value;
}

impl<T: super::Record> From<T> for Given {
    fn from(record: T) -> Self {
        Self::Record(Box::new(record))
    }
}

impl<T: Element> From<Vec<T>> for Given {
    fn from(list: Vec<T>) -> Self {
        Self::List(Box::new(list))
    }
}
