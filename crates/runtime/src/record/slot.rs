use super::{Element, Extra, ListSlots, Record, Slots};
use crate::Value;

/// Where the value of a field goes.
#[non_exhaustive]
pub enum Slot<'a> {
    /// Nowhere: there is no such field.
    Absent,
    /// A Boolean.
    Bool(Place<'a, bool>),
    /// An Integer.
    I64(Place<'a, i64>),
    /// An Integer that the spec knows to be unsigned.
    U64(Place<'a, u64>),
    /// A Float or Double.
    F64(Place<'a, f64>),
    /// A String, or what is written as one: dates, time stamps, binary content.
    Str(Place<'a, String>),
    /// JSON of no documented shape.
    Value(Place<'a, Value>),
    /// A structure that is always there.
    Record(&'a mut dyn Slots),
    /// A structure that may be absent.
    Optional(&'a mut dyn OptionalSlots),
    /// An array that is always there.
    List(&'a mut dyn ListSlots),
    /// An array that may be absent.
    OptionalList(&'a mut dyn ListSlots),
    /// No field: what the record carries besides its fields.
    Extra(&'a mut Extra),
}

/// Puts a value into the slot that it is given.
pub type Fill<'f> = &'f mut dyn FnMut(Slot<'_>);

/// A field of type `T` or `Option<T>`.
pub enum Place<'a, T> {
    /// A field that always holds a value.
    Plain(&'a mut T),
    /// A field that may be absent.
    Optional(&'a mut Option<T>),
}

impl<T: Default> Place<'_, T> {
    pub(crate) fn set(self, value: T) {
        match self {
            Self::Plain(place) => *place = value,
            Self::Optional(place) => *place = Some(value),
        }
    }

    fn clear(self) {
        match self {
            Self::Plain(place) => *place = T::default(),
            Self::Optional(place) => *place = None,
        }
    }
}

/// Where a structure goes that may be absent: a field of type `Option<T>`.
pub trait OptionalSlots: Send + Sync {
    /// Makes the record present.
    fn open(&mut self, fill: Fill<'_>);

    /// Makes it absent.
    fn clear(&mut self);
}

impl<T: Record> OptionalSlots for Option<T> {
    fn open(&mut self, fill: Fill<'_>) {
        *self = Some(T::filled(fill));
    }

    fn clear(&mut self) {
        *self = None;
    }
}

impl<'a> Slot<'a> {
    /// The text that stands there, where a text goes.
    pub(crate) fn text(self) -> Option<&'a str> {
        match self {
            Self::Str(Place::Plain(text) | Place::Optional(Some(text))) => Some(text),
            _ => None,
        }
    }

    /// Whether the field always holds a value, so that a request which does not name it lacks a parameter.
    #[cfg(feature = "serde")]
    pub(crate) fn is_plain(&self) -> bool {
        matches!(
            self,
            Self::Bool(Place::Plain(_))
                | Self::I64(Place::Plain(_))
                | Self::U64(Place::Plain(_))
                | Self::F64(Place::Plain(_))
                | Self::Str(Place::Plain(_))
                | Self::Value(Place::Plain(_))
                | Self::Record(_)
                | Self::List(_)
        )
    }

    /// Makes the field absent, or empty where it can't be absent.
    pub(crate) fn clear(self) {
        match self {
            Self::Absent | Self::Extra(_) => {}
            Self::Bool(place) => place.clear(),
            Self::I64(place) => place.clear(),
            Self::U64(place) => place.clear(),
            Self::F64(place) => place.clear(),
            Self::Str(place) => place.clear(),
            Self::Value(place) => place.clear(),
            Self::Record(record) => reset(record),
            Self::Optional(record) => record.clear(),
            Self::List(list) | Self::OptionalList(list) => list.begin(false),
        }
    }
}

/// Empties a record.
pub(crate) fn reset(record: &mut dyn Slots) {
    for index in 0..record.table().count() {
        record.place(index).clear();
    }
    record.extra_mut().clear();
}
