use std::marker::PhantomData;

use super::layout::{Holder, Kind, Layout};
use super::{Element, Extra, Field, Given, Record, Table};
use crate::Value;
use crate::builder::Parameters;

/// What a record holds, of whatever type, or what was given of one that is still to be made.
#[derive(Clone, Copy)]
pub enum Fields<'a> {
    /// A record.
    Typed(Typed<'a>),
    /// What was given so far.
    Given(&'a Parameters),
}

impl<'a> Fields<'a> {
    /// Its names.
    pub fn table(self) -> Table {
        match self {
            Self::Typed(record) => record.layout.table(),
            Self::Given(parameters) => parameters.table(),
        }
    }

    /// What the field of this index holds.
    #[inline]
    pub fn view(self, index: usize) -> View<'a> {
        match self {
            Self::Typed(record) => record.view(index),
            Self::Given(parameters) => parameters
                .given()
                .get(index)
                .map_or(View::Absent, Given::view_of),
        }
    }

    /// What came on the wire and has no field, or did not fit its field.
    pub fn extra(self) -> &'a Extra {
        static NOTHING: Extra = Extra::new();
        match self {
            Self::Typed(record) => record.extra(),
            Self::Given(..) => &NOTHING,
        }
    }
}

/// A record of whatever type.
#[derive(Clone, Copy)]
pub struct Typed<'a> {
    base: *const u8,
    layout: &'static Layout,
    record: PhantomData<&'a ()>,
}

// SAFETY: records are, and this is a reference to one.
unsafe impl Send for Typed<'_> {}
// SAFETY: as above.
unsafe impl Sync for Typed<'_> {}

impl<'a> Typed<'a> {
    #[inline]
    pub(super) fn of<T: Record>(record: &'a T) -> Self {
        // SAFETY: the layout is that of the type.
        unsafe { Self::new(std::ptr::from_ref(record).cast(), T::LAYOUT) }
    }

    /// # Safety
    /// There is a record of this layout, which nobody changes for as long.
    pub(super) unsafe fn new(base: *const u8, layout: &'static Layout) -> Self {
        // SAFETY: there is a record of this layout.
        let (base, layout) = unsafe { layout.follow(base) };
        Self {
            base,
            layout,
            record: PhantomData,
        }
    }

    #[inline]
    fn view(self, index: usize) -> View<'a> {
        match self.layout.rows.get(index) {
            // SAFETY: the row is one of this record.
            Some(row) => unsafe { View::new(self.base.add(row.at()), row.kind) },
            None => View::Absent,
        }
    }

    /// What its fields hold, in their order, and behind them nothing for what is extra.
    #[inline]
    pub(crate) fn views(self) -> impl Iterator<Item = View<'a>> {
        let rows = self.layout.rows.iter();
        // SAFETY: the rows are those of this record.
        rows.map(move |row| unsafe { View::new(self.base.add(row.at()), row.kind) })
    }

    #[inline]
    fn extra(self) -> &'a Extra {
        // SAFETY: that is where it lies in this record.
        unsafe { &*self.base.add(self.layout.extra()).cast() }
    }
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
    Record(Fields<'a>),
    /// An array.
    List(Elements<'a>),
}

impl<'a> View<'a> {
    /// # Safety
    /// There is a field of this kind, which nobody changes for as long.
    #[inline(always)]
    unsafe fn new(place: *const u8, kind: Kind) -> Self {
        // SAFETY: the kind says what there is.
        unsafe fn get<'a, T>(place: *const u8) -> &'a T {
            // SAFETY: the caller's.
            unsafe { &*place.cast() }
        }
        fn optional<'a, T>(value: &'a Option<T>, view: impl FnOnce(&'a T) -> View<'a>) -> View<'a> {
            value.as_ref().map_or(View::Absent, view)
        }
        // SAFETY: the kind says that there is such a value.
        unsafe {
            match kind {
                Kind::Bool => Self::Bool(*get(place)),
                Kind::OptionalBool => optional(get(place), |value| Self::Bool(*value)),
                Kind::I64 => Self::I64(*get(place)),
                Kind::OptionalI64 => optional(get(place), |value| Self::I64(*value)),
                Kind::U64 => Self::U64(*get(place)),
                Kind::OptionalU64 => optional(get(place), |value| Self::U64(*value)),
                Kind::F64 => Self::F64(*get(place)),
                Kind::OptionalF64 => optional(get(place), |value| Self::F64(*value)),
                Kind::Str => Self::Str(get::<String>(place)),
                Kind::OptionalStr => optional(get(place), |value: &'a String| Self::Str(value)),
                Kind::Value => Self::Value(get(place)),
                Kind::OptionalValue => optional(get(place), Self::Value),
                Kind::Record(layout) => Self::record(place, layout),
                Kind::Boxed(layout) => Self::record(*get(place), layout),
                Kind::Optional(holder) => {
                    let contents = (holder.get)(place);
                    match (contents.count, holder.element) {
                        (1, Kind::Record(layout)) => Self::record(contents.first, layout),
                        _ => Self::Absent,
                    }
                }
                Kind::List(holder) | Kind::OptionalList(holder) => {
                    let contents = (holder.get)(place);
                    if contents.first.is_null() {
                        Self::Absent
                    } else {
                        Self::List(Elements {
                            first: contents.first,
                            count: contents.count,
                            holder,
                            list: PhantomData,
                        })
                    }
                }
                Kind::Extra => Self::Absent,
            }
        }
    }

    /// # Safety
    /// There is a record of this layout, which nobody changes for as long.
    #[inline]
    unsafe fn record(base: *const u8, layout: fn() -> &'static Layout) -> Self {
        // SAFETY: the caller's.
        Self::Record(Fields::Typed(unsafe { Typed::new(base, layout()) }))
    }
}

/// What an array holds, of whatever type its elements are.
#[derive(Clone, Copy)]
pub struct Elements<'a> {
    first: *const u8,
    count: usize,
    holder: &'static Holder,
    list: PhantomData<&'a ()>,
}

// SAFETY: elements are, and this is a reference to some.
unsafe impl Send for Elements<'_> {}
// SAFETY: as above.
unsafe impl Sync for Elements<'_> {}

impl<'a> Elements<'a> {
    /// Those of a list.
    pub(crate) fn of<T: Element>(list: &'a [T]) -> Self {
        match <Vec<T> as Field>::KIND {
            Kind::List(holder) => Self {
                first: list.as_ptr().cast(),
                count: list.len(),
                holder,
                list: PhantomData,
            },
            _ => unreachable!("a `Vec` is a list"),
        }
    }

    /// How many there are.
    pub(crate) fn count(self) -> usize {
        self.count
    }

    /// What each of them holds.
    pub(crate) fn views(self) -> impl Iterator<Item = View<'a>> {
        // SAFETY: there are as many elements of this type.
        self.places()
            .map(move |element| unsafe { View::new(element, self.holder.element) })
    }

    /// Each of them, if they are records: what is the same for all is then looked up once, and they need not be told
    /// apart from scalars one by one.
    pub(crate) fn records(self) -> Option<impl Iterator<Item = Typed<'a>>> {
        let Kind::Record(layout) = self.holder.element else {
            return None;
        };
        let layout = layout();
        // SAFETY: there are as many records of this layout.
        Some(
            self.places()
                .map(move |element| unsafe { Typed::new(element, layout) }),
        )
    }

    fn places(self) -> impl Iterator<Item = *const u8> {
        (0..self.count).map(move |index| {
            // SAFETY: there are as many elements of this size.
            unsafe { self.first.add(index * self.holder.size) }
        })
    }
}
