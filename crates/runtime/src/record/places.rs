use std::alloc::dealloc;
use std::marker::PhantomData;

use super::layout::{self, Contents, Holder, Kind, Layout};
use super::{Extra, Record, Table};
use crate::Value;

/// A record to be filled, of whatever type.
pub struct Places<'a> {
    base: *mut u8,
    layout: &'static Layout,
    record: PhantomData<&'a mut ()>,
}

// SAFETY: records are, and this is a reference to one.
unsafe impl Send for Places<'_> {}
// SAFETY: as above.
unsafe impl Sync for Places<'_> {}

impl<'a> Places<'a> {
    #[inline]
    pub(super) fn of<T: Record>(record: &'a mut T) -> Self {
        // SAFETY: the layout is that of the type.
        unsafe { Self::new(std::ptr::from_mut(record).cast(), T::LAYOUT) }
    }

    /// # Safety
    /// There is a record of this layout, which nobody else uses for as long.
    pub(super) unsafe fn new(base: *mut u8, layout: &'static Layout) -> Self {
        // SAFETY: there is a record of this layout.
        let (base, layout) = unsafe { layout.follow(base) };
        Self {
            base: base.cast_mut(),
            layout,
            record: PhantomData,
        }
    }

    /// Its names.
    pub(crate) fn table(&self) -> Table {
        self.layout.table()
    }

    /// Where a value for the field goes; for an index out of range, [`Slot::Absent`].
    pub(crate) fn place(&mut self, index: usize) -> Slot<'_> {
        match self.layout.rows.get(index) {
            // SAFETY: the row is one of this record.
            Some(row) => unsafe { Slot::new(self.base.add(row.at()), row.kind) },
            None => Slot::Absent,
        }
    }

    /// What came on the wire and has no field, or did not fit its field, to be changed.
    pub(crate) fn extra_mut(&mut self) -> &mut Extra {
        // SAFETY: that is where it lies in this record.
        unsafe { &mut *self.base.add(self.layout.extra()).cast() }
    }

    /// Empties it.
    pub(crate) fn reset(&mut self) {
        for row in &self.layout.rows {
            // SAFETY: the row is one of this record.
            unsafe { Slot::new(self.base.add(row.at()), row.kind) }.clear();
        }
    }
}

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
    Record(Places<'a>),
    /// A structure that may be absent.
    Optional(Held<'a>),
    /// An array that is always there.
    List(Held<'a>),
    /// An array that may be absent.
    OptionalList(Held<'a>),
    /// No field: what the record carries besides its fields.
    Extra(&'a mut Extra),
}

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

impl<'a> Slot<'a> {
    /// # Safety
    /// There is a field of this kind, which nobody else uses for as long.
    unsafe fn new(place: *mut u8, kind: Kind) -> Self {
        // SAFETY: the kind says what there is.
        unsafe fn plain<'a, T>(place: *mut u8) -> Place<'a, T> {
            // SAFETY: the caller's.
            Place::Plain(unsafe { &mut *place.cast() })
        }
        // SAFETY: as above.
        unsafe fn optional<'a, T>(place: *mut u8) -> Place<'a, T> {
            // SAFETY: the caller's.
            Place::Optional(unsafe { &mut *place.cast() })
        }
        let held = |holder| Held {
            place,
            holder,
            field: PhantomData,
        };
        // SAFETY: the kind says that there is such a value.
        unsafe {
            match kind {
                Kind::Bool => Self::Bool(plain(place)),
                Kind::OptionalBool => Self::Bool(optional(place)),
                Kind::I64 => Self::I64(plain(place)),
                Kind::OptionalI64 => Self::I64(optional(place)),
                Kind::U64 => Self::U64(plain(place)),
                Kind::OptionalU64 => Self::U64(optional(place)),
                Kind::F64 => Self::F64(plain(place)),
                Kind::OptionalF64 => Self::F64(optional(place)),
                Kind::Str => Self::Str(plain(place)),
                Kind::OptionalStr => Self::Str(optional(place)),
                Kind::Value => Self::Value(plain(place)),
                Kind::OptionalValue => Self::Value(optional(place)),
                Kind::Record(layout) => Self::Record(Places::new(place, layout())),
                Kind::Boxed(layout) => {
                    Self::Record(Places::new(place.cast::<*mut u8>().read(), layout()))
                }
                Kind::Optional(holder) => Self::Optional(held(holder)),
                Kind::List(holder) => Self::List(held(holder)),
                Kind::OptionalList(holder) => Self::OptionalList(held(holder)),
                Kind::Extra => Self::Extra(&mut *place.cast()),
            }
        }
    }

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
            Self::Absent => {}
            Self::Bool(place) => place.clear(),
            Self::I64(place) => place.clear(),
            Self::U64(place) => place.clear(),
            Self::F64(place) => place.clear(),
            Self::Str(place) => place.clear(),
            Self::Value(place) => place.clear(),
            Self::Record(mut record) => record.reset(),
            Self::Optional(mut held) | Self::List(mut held) | Self::OptionalList(mut held) => {
                held.clear();
            }
            Self::Extra(extra) => extra.clear(),
        }
    }
}

/// Where an array goes, or a structure that may be absent: an array of one element at most.
pub struct Held<'a> {
    place: *mut u8,
    holder: &'static Holder,
    field: PhantomData<&'a mut ()>,
}

impl<'a> Held<'a> {
    /// Makes it absent, or empty where it can't be absent.
    fn clear(&mut self) {
        // SAFETY: there is such a field, and nobody else uses what it holds.
        unsafe {
            layout::discard_contents((self.holder.get)(self.place), self.holder);
            (self.holder.set)(self.place, Contents::NOTHING);
        }
    }

    /// Begins it anew, with no element so far.
    pub(crate) fn begin(mut self) -> Filling<'a> {
        self.clear();
        Filling {
            contents: Contents {
                first: std::ptr::without_provenance_mut(self.holder.align),
                count: 0,
                capacity: 0,
            },
            held: self,
        }
    }
}

/// Elements on their way into the field that holds them. They are there as soon as this is dropped.
pub(crate) struct Filling<'a> {
    held: Held<'a>,
    contents: Contents,
}

impl Filling<'_> {
    /// Appends an element with nothing in it, and tells where its value goes. A structure that may be absent takes one.
    pub(crate) fn push(&mut self) -> Slot<'_> {
        let holder = self.held.holder;
        if self.contents.count == self.contents.capacity {
            self.grow();
        }
        // SAFETY: there is room for one more element.
        unsafe {
            let element = self.contents.first.add(self.contents.count * holder.size);
            layout::vacate(element, holder.element);
            self.contents.count += 1;
            Slot::new(element, holder.element)
        }
    }

    fn grow(&mut self) {
        let Contents {
            first, capacity, ..
        } = self.contents;
        let holder = self.held.holder;
        let more = match (capacity, holder.owns_memory) {
            (0, false) => 1,
            (0, true) => 4,
            (capacity, _) => capacity.saturating_mul(2),
        };
        self.contents.first = if capacity == 0 {
            layout::allocate(holder.size, holder.align, more)
        } else {
            layout::reallocate(first, holder, capacity, more)
        };
        self.contents.capacity = more;
    }
}

impl Drop for Filling<'_> {
    fn drop(&mut self) {
        let Held { place, holder, .. } = self.held;
        // SAFETY: the field holds nothing, so nothing is lost. The elements are whole, and given away.
        unsafe {
            (holder.set)(place, self.contents);
            if !holder.owns_memory && self.contents.capacity > 0 {
                dealloc(
                    self.contents.first,
                    layout::memory(holder.size, holder.align, self.contents.capacity),
                );
            }
        }
    }
}
