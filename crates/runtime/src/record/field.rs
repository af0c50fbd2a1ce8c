use super::{Fill, Given, Held, Item, Place, Record, Slot};
use crate::Value;
use std::mem::ManuallyDrop;

/// A type that a field can have: scalars, [`Value`], records, boxed records, `Vec`s and `Option`s of
/// these.
///
/// [`Record`] is implemented by calling these for the field of an index.
pub trait Field {
    /// A field with nothing in it: absent, or empty where it can't be absent.
    fn vacant() -> Self
    where
        Self: Sized;

    /// Where its value stands.
    fn as_item(&self) -> Item<'_>;

    /// Where a value for the field goes.
    fn as_slot(&mut self) -> Slot<'_>;
}

/// A type that an array can hold: scalars, [`Value`], records, boxed records, `Vec`s of these.
pub trait Element: Field + Send + Sync + 'static {
    /// One with nothing in it but what is filled in.
    fn filled(fill: Fill<'_>) -> Self;
}

/// Fields that hold a `$type`, which have the variant of that name.
macro_rules! scalars {
    ($($type:ty: $variant:ident;)*) => {$(
        impl Field for $type {
            fn vacant() -> Self {
                Self::default()
            }

            fn as_item(&self) -> Item<'_> {
                Item::$variant(Held::Plain(self))
            }

            fn as_slot(&mut self) -> Slot<'_> {
                Slot::$variant(Place::Plain(self))
            }
        }

        impl Field for Option<$type> {
            fn vacant() -> Self {
                None
            }

            fn as_item(&self) -> Item<'_> {
                Item::$variant(Held::Optional(self))
            }

            fn as_slot(&mut self) -> Slot<'_> {
                Slot::$variant(Place::Optional(self))
            }
        }

        impl Element for $type {
            fn filled(fill: Fill<'_>) -> Self {
                let mut value = Self::default();
                fill(value.as_slot());
                value
            }
        }

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

impl<T: Record> Field for T {
    fn vacant() -> Self {
        T::empty()
    }

    fn as_item(&self) -> Item<'_> {
        Item::Record(self)
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::Record(self)
    }
}

impl<T: Record> Field for Option<T> {
    fn vacant() -> Self {
        None
    }

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
    fn filled(fill: Fill<'_>) -> Self {
        let mut record = ManuallyDrop::new(T::empty());
        fill(Slot::Record(&mut record));
        ManuallyDrop::into_inner(record)
    }
}

impl<T: Element> Field for Vec<T> {
    fn vacant() -> Self {
        Vec::new()
    }

    fn as_item(&self) -> Item<'_> {
        Item::List(self)
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Element> Field for Option<Vec<T>> {
    fn vacant() -> Self {
        None
    }

    fn as_item(&self) -> Item<'_> {
        match self {
            Some(list) => Item::List(list),
            None => Item::Absent,
        }
    }

    fn as_slot(&mut self) -> Slot<'_> {
        Slot::OptionalList(self)
    }
}

impl<T: Element> Element for Vec<T> {
    fn filled(fill: Fill<'_>) -> Self {
        let mut list = Vec::new();
        fill(Slot::List(&mut list));
        list
    }
}

impl<T: Record> From<T> for Given {
    fn from(record: T) -> Self {
        Self::Record(Box::new(record))
    }
}

impl<T: Element> From<Vec<T>> for Given {
    fn from(list: Vec<T>) -> Self {
        Self::List(Box::new(list))
    }
}
