use super::{Item, Place, Record, Slot};
use crate::Value;

/// A type that a field can have: scalars, [`Value`], records, boxed records, `Vec`s and `Option`s of
/// these.
///
/// [`Record`] is implemented by calling these for the field of an index.
pub trait Field {
    /// What the field holds.
    fn as_item(&self) -> Item<'_>;

    /// Where a value for the field goes.
    fn as_slot(&mut self) -> Slot<'_>;
}

/// A type that an array can hold: scalars, [`Value`], records, boxed records, `Vec`s of these.
pub trait Element: Field + Send + Sync {
    /// An element with nothing in it.
    fn vacant() -> Self;
}

/// Fields that hold a `$type`: its variant and how to give the value of a reference to it.
macro_rules! scalars {
    ($($type:ty, $variant:ident, $reference:ident => $item:expr;)*) => {$(
        impl Field for $type {
            fn as_item(&self) -> Item<'_> {
                let $reference = self;
                Item::$variant($item)
            }

            fn as_slot(&mut self) -> Slot<'_> {
                Slot::$variant(Place::Plain(self))
            }
        }

        impl Field for Option<$type> {
            fn as_item(&self) -> Item<'_> {
                match self {
                    Some($reference) => Item::$variant($item),
                    None => Item::Absent,
                }
            }

            fn as_slot(&mut self) -> Slot<'_> {
                Slot::$variant(Place::Optional(self))
            }
        }

        impl Element for $type {
            fn vacant() -> Self {
                Self::default()
            }
        }
    )*};
}

scalars! {
    bool, Bool, value => *value;
    i64, I64, value => *value;
    u64, U64, value => *value;
    f64, F64, value => *value;
    String, Str, value => value;
    Value, Value, value => value;
}

impl<T: Record> Field for T {
    fn as_item(&self) -> Item<'_> {
        Item::Record(self)
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::Record(self)
    }
}

impl<T: Record> Field for Option<T> {
    fn as_item(&self) -> Item<'_> {
        match self {
            Some(record) => Item::Record(record),
            None => Item::Absent,
        }
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }
}

impl<T: Record> Element for T {
    fn vacant() -> Self {
        T::empty()
    }
}

impl<T: Element> Field for Vec<T> {
    fn as_item(&self) -> Item<'_> {
        Item::List(self)
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Element> Field for Option<Vec<T>> {
    fn as_item(&self) -> Item<'_> {
        match self {
            Some(_) => Item::List(self),
            None => Item::Absent,
        }
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Element> Element for Vec<T> {
    fn vacant() -> Self {
        Vec::new()
    }
}
