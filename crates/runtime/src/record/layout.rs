use super::{Extra, Places, Table, Typed};
use crate::Value;
use std::alloc;
use std::convert::Infallible;
use std::mem::{ManuallyDrop, MaybeUninit, align_of, size_of};

/// A type that describes itself by a table of its fields; see the [module](super).
///
/// # Safety
/// [`LAYOUT`](Self::LAYOUT) has a row for each field of the type, at its place and of its type, and no other; the one of
/// `extra` is the last. [`record!`](crate::record!) writes such implementations, and nothing else should.
pub unsafe trait Record: Sized + Send + Sync + 'static {
    /// The type's name, the wire names of its fields, and where they lie in memory.
    const LAYOUT: &'static Layout;

    /// A record with nothing in it, which is what a reader fills.
    ///
    /// It may lack what a complete one must have, so programs build records with their builders.
    fn empty() -> Self {
        let mut record = MaybeUninit::uninit();
        let Ok(()) = Vacancy::of(&mut record).fill(|_| Ok::<_, Infallible>(()));
        // SAFETY: it is there now.
        unsafe { record.assume_init() }
    }
}

/// How a record lies in memory, and what its fields are called on the wire.
pub struct Layout<R: ?Sized = [Row]> {
    table: Table,
    size: usize,
    align: usize,
    /// A row for each field, in the order of the table, and one for `extra`.
    pub(super) rows: R,
}

impl<const N: usize> Layout<[Row; N]> {
    /// That of a type.
    #[doc(hidden)]
    pub const fn of<T>(table: Table, rows: [Row; N]) -> Self {
        assert!(
            size_of::<T>() <= u32::MAX as usize,
            "a record has less than 4 GiB"
        );
        Self {
            table,
            size: size_of::<T>(),
            align: align_of::<T>(),
            rows,
        }
    }
}

/// A field: where it lies in its record, counted in bytes, and of which type it is.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Row {
    at: u32,
    pub(super) kind: Kind,
}

/// The type of a field.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub enum Kind {
    Bool,
    OptionalBool,
    I64,
    OptionalI64,
    U64,
    OptionalU64,
    F64,
    OptionalF64,
    Str,
    OptionalStr,
    Value,
    OptionalValue,
    /// A structure that is always there. A layout names those within by functions, so that a type can hold itself.
    Record(fn() -> &'static Layout),
    /// The same behind a pointer.
    Boxed(fn() -> &'static Layout),
    /// A structure that may be absent.
    Optional(&'static Holder),
    /// An array that is always there.
    List(&'static Holder),
    /// An array that may be absent.
    OptionalList(&'static Holder),
    /// What the record carries besides its fields.
    Extra,
}

impl Row {
    /// Where it lies, in bytes from the beginning of the record.
    pub(super) fn at(&self) -> usize {
        self.at as usize
    }

    /// That of a field of a record, neither of which is read.
    ///
    /// # Safety
    /// The field is one of this record.
    #[doc(hidden)]
    pub const unsafe fn of<R, F: Field>(record: *const R, field: *const F) -> Self {
        assert!(
            align_of::<F>() <= align_of::<R>(),
            "a record is not packed: there are references to its fields"
        );
        Self {
            // SAFETY: the field lies in the record, of which a layout makes sure that it has no more bytes than that.
            at: unsafe { field.byte_offset_from(record) } as u32,
            kind: F::KIND,
        }
    }

    /// That of what a record carries besides.
    ///
    /// # Safety
    /// As above.
    #[doc(hidden)]
    pub const unsafe fn extra<R>(record: *const R, extra: *const Extra) -> Self {
        // SAFETY: the caller's.
        unsafe { Self::of(record, extra) }
    }
}

/// How to reach what a field holds whose type only generated code knows: `Vec<T>`, `Option<Vec<T>>`, or `Option<T>` of a
/// record, which is treated as an array of one element at most.
///
/// Each function takes the address of such a field.
#[doc(hidden)]
pub struct Holder {
    pub(super) size: usize,
    pub(super) align: usize,
    /// What an element is, at its own address.
    pub(super) element: Kind,
    /// Whether the field owns memory in which its elements lie, as a `Vec` does.
    pub(super) owns_memory: bool,
    /// What the field holds.
    pub(super) get: unsafe fn(*const u8) -> Contents,
    /// Overwrites what the field holds, without dropping it. If the field owns no memory, only the element is given away.
    pub(super) set: unsafe fn(*mut u8, Contents),
}

impl Holder {
    const fn of<T: Element>(
        owns_memory: bool,
        get: unsafe fn(*const u8) -> Contents,
        set: unsafe fn(*mut u8, Contents),
    ) -> Self {
        Self {
            size: size_of::<T>(),
            align: align_of::<T>(),
            element: T::KIND,
            owns_memory,
            get,
            set,
        }
    }
}

/// Elements, one behind the other.
#[derive(Clone, Copy)]
pub(super) struct Contents {
    /// The address of the first; null if the field is absent.
    pub(super) first: *mut u8,
    pub(super) count: usize,
    /// For how many elements memory was allocated, if the field owns memory.
    pub(super) capacity: usize,
}

impl Contents {
    /// An absent field.
    pub(super) const NOTHING: Self = Self {
        first: std::ptr::null_mut(),
        count: 0,
        capacity: 0,
    };
}

/// A type that has no `Drop` of its own, since what is dropped by a layout is dropped field by field.
///
/// [`record!`](crate::record!) implements it for each record, which conflicts with the implementation here if there is one.
#[doc(hidden)]
pub trait WithoutDrop {}

#[expect(
    drop_bounds,
    reason = "it is about types that implement `Drop`, and no others"
)]
impl<T: Drop> WithoutDrop for T {}

/// A type that a field can have: scalars, [`Value`], records, boxed records, `Vec`s and `Option`s of these.
///
/// # Safety
/// The kind tells what the type is.
pub unsafe trait Field {
    /// What the type is.
    #[doc(hidden)]
    const KIND: Kind;
}

/// A type that an array can hold: scalars, [`Value`], records, boxed records, `Vec`s of these.
pub trait Element: Field + Send + Sync + 'static {}

/// Fields that hold a `$type`, plain or not.
macro_rules! scalars {
    ($($type:ty: $plain:ident, $optional:ident;)*) => {$(
        // SAFETY: it is that type.
        unsafe impl Field for $type {
            const KIND: Kind = Kind::$plain;
        }

        // SAFETY: it is that type.
        unsafe impl Field for Option<$type> {
            const KIND: Kind = Kind::$optional;
        }

        impl Element for $type {}
    )*};
}

scalars! {
    bool: Bool, OptionalBool;
    i64: I64, OptionalI64;
    u64: U64, OptionalU64;
    f64: F64, OptionalF64;
    String: Str, OptionalStr;
    Value: Value, OptionalValue;
}

// SAFETY: it is that type.
unsafe impl Field for Extra {
    const KIND: Kind = Kind::Extra;
}

fn layout<T: Record>() -> &'static Layout {
    T::LAYOUT
}

// SAFETY: the layout is that of the type.
unsafe impl<T: Record> Field for T {
    const KIND: Kind = Kind::Record(layout::<T>);
}

impl<T: Record> Element for T {}

// SAFETY: the only row says what a box is: a pointer to a record.
unsafe impl<T: Record> Record for Box<T> {
    const LAYOUT: &'static Layout = &Layout::of::<Self>(
        Table::new("\n\n\n\n\n\n\n\n\n"),
        [Row {
            at: 0,
            kind: Kind::Boxed(layout::<T>),
        }],
    );
}

// SAFETY: the functions are those of this type.
unsafe impl<T: Record> Field for Option<T> {
    const KIND: Kind = Kind::Optional(&Holder::of::<T>(false, get_record::<T>, set_record::<T>));
}

unsafe fn get_record<T>(place: *const u8) -> Contents {
    // SAFETY: there is an `Option<T>`.
    match unsafe { &*place.cast::<Option<T>>() } {
        Some(record) => Contents {
            // The address of the record, by what is allowed with that of the field.
            first: place
                .cast_mut()
                .with_addr(std::ptr::from_ref(record).addr()),
            count: 1,
            capacity: 0,
        },
        None => Contents::NOTHING,
    }
}

unsafe fn set_record<T>(place: *mut u8, contents: Contents) {
    // SAFETY: there is room for an `Option<T>`, and if there is a `T`, it is given away.
    unsafe {
        let record = (contents.count > 0).then(|| contents.first.cast::<T>().read());
        place.cast::<Option<T>>().write(record);
    }
}

// SAFETY: the functions are those of this type.
unsafe impl<T: Element> Field for Vec<T> {
    const KIND: Kind = Kind::List(&Holder::of::<T>(true, get_list::<T>, set_list::<T>));
}

unsafe fn get_list<T>(place: *const u8) -> Contents {
    // SAFETY: there is a `Vec<T>`.
    contents_of(unsafe { &*place.cast::<Vec<T>>() })
}

/// What a list holds, by an address that is good for dropping it as well.
fn contents_of<T>(list: &Vec<T>) -> Contents {
    // SAFETY: this one is not dropped, and its elements are not touched.
    let mut list = ManuallyDrop::new(unsafe { std::ptr::read(list) });
    Contents {
        first: list.as_mut_ptr().cast(),
        count: list.len(),
        capacity: list.capacity(),
    }
}

/// # Safety
/// The elements are given away, in memory that was allocated as a `Vec` allocates it.
unsafe fn list_of<T>(contents: Contents) -> Option<Vec<T>> {
    let Contents {
        first,
        count,
        capacity,
    } = contents;
    if first.is_null() {
        return None;
    }
    // SAFETY: the caller's.
    Some(unsafe { Vec::from_raw_parts(first.cast(), count, capacity) })
}

unsafe fn set_list<T>(place: *mut u8, contents: Contents) {
    // SAFETY: the elements are such ones, and there is room for a `Vec<T>`.
    unsafe {
        let list = list_of::<T>(contents).unwrap_or_default();
        place.cast::<Vec<T>>().write(list);
    }
}

// SAFETY: the functions are those of this type.
unsafe impl<T: Element> Field for Option<Vec<T>> {
    const KIND: Kind = Kind::OptionalList(&Holder::of::<T>(
        true,
        get_optional_list::<T>,
        set_optional_list::<T>,
    ));
}

unsafe fn get_optional_list<T>(place: *const u8) -> Contents {
    // SAFETY: there is an `Option<Vec<T>>`.
    match unsafe { &*place.cast::<Option<Vec<T>>>() } {
        Some(list) => contents_of(list),
        None => Contents::NOTHING,
    }
}

unsafe fn set_optional_list<T>(place: *mut u8, contents: Contents) {
    // SAFETY: the elements are such ones, and there is room for an `Option<Vec<T>>`.
    unsafe { place.cast::<Option<Vec<T>>>().write(list_of(contents)) };
}

impl<T: Element> Element for Vec<T> {}

/// Memory for a record in which there is none yet.
pub(crate) struct Vacancy<'a> {
    base: *mut u8,
    layout: &'static Layout,
    memory: std::marker::PhantomData<&'a mut ()>,
}

impl<'a> Vacancy<'a> {
    #[inline]
    pub(crate) fn of<T: Record>(memory: &'a mut MaybeUninit<T>) -> Self {
        Self {
            base: memory.as_mut_ptr().cast(),
            layout: T::LAYOUT,
            memory: std::marker::PhantomData,
        }
    }

    /// Puts a record there and fills it. If that fails, there is none.
    pub(crate) fn fill<E>(
        &mut self,
        fill: impl FnOnce(&mut Places<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        // SAFETY: there is room for a record of this layout, and it is there when it is filled.
        let filled = unsafe {
            vacate_record(self.base, self.layout);
            fill(&mut Places::new(self.base, self.layout))
        };
        if filled.is_err() {
            // SAFETY: it is there, and nobody uses it any more.
            unsafe { discard_record(self.base, self.layout) };
        }
        filled
    }
}

/// Writes an empty record.
///
/// # Safety
/// There is room for a record of this layout.
pub(super) unsafe fn vacate_record(base: *mut u8, layout: &'static Layout) {
    for row in &layout.rows {
        // SAFETY: there is room for each of its fields.
        unsafe { vacate(base.add(row.at()), row.kind) };
    }
}

/// Writes what a field holds in an empty record.
///
/// # Safety
/// There is room for a field of this kind.
pub(super) unsafe fn vacate(place: *mut u8, kind: Kind) {
    // SAFETY: the kind says for what there is room.
    unsafe fn put<T>(place: *mut u8, value: T) {
        // SAFETY: the caller's.
        unsafe { place.cast::<T>().write(value) }
    }
    // SAFETY: as above.
    unsafe {
        match kind {
            Kind::Bool => put(place, false),
            Kind::OptionalBool => put(place, None::<bool>),
            Kind::I64 => put(place, 0_i64),
            Kind::OptionalI64 => put(place, None::<i64>),
            Kind::U64 => put(place, 0_u64),
            Kind::OptionalU64 => put(place, None::<u64>),
            Kind::F64 => put(place, 0_f64),
            Kind::OptionalF64 => put(place, None::<f64>),
            Kind::Str => put(place, String::new()),
            Kind::OptionalStr => put(place, None::<String>),
            Kind::Value => put(place, Value::Null),
            Kind::OptionalValue => put(place, None::<Value>),
            Kind::Record(layout) => vacate_record(place, layout()),
            Kind::Boxed(layout) => {
                let layout = layout();
                let record = allocate(layout.size, layout.align, 1);
                vacate_record(record, layout);
                put(place, record);
            }
            Kind::Optional(holder) | Kind::List(holder) | Kind::OptionalList(holder) => {
                (holder.set)(place, Contents::NOTHING);
            }
            Kind::Extra => put(place, Extra::new()),
        }
    }
}

/// Drops a record.
///
/// # Safety
/// There is a record of this layout, and nobody uses it any more.
pub(super) unsafe fn discard_record(base: *mut u8, layout: &'static Layout) {
    for row in &layout.rows {
        // SAFETY: there are all of its fields.
        unsafe { discard(base.add(row.at()), row.kind) };
    }
}

/// Drops what a field holds.
///
/// # Safety
/// There is a field of this kind, and nobody uses it any more.
unsafe fn discard(place: *mut u8, kind: Kind) {
    // SAFETY: the kind says what there is.
    unsafe {
        match kind {
            Kind::Bool | Kind::OptionalBool | Kind::I64 | Kind::OptionalI64 => {}
            Kind::U64 | Kind::OptionalU64 | Kind::F64 | Kind::OptionalF64 => {}
            Kind::Str => place.cast::<String>().drop_in_place(),
            Kind::OptionalStr => place.cast::<Option<String>>().drop_in_place(),
            Kind::Value => place.cast::<Value>().drop_in_place(),
            Kind::OptionalValue => place.cast::<Option<Value>>().drop_in_place(),
            Kind::Record(layout) => discard_record(place, layout()),
            Kind::Boxed(layout) => {
                let layout = layout();
                let record = place.cast::<*mut u8>().read();
                discard_record(record, layout);
                alloc::dealloc(record, memory(layout.size, layout.align, 1));
            }
            Kind::Optional(holder) | Kind::List(holder) | Kind::OptionalList(holder) => {
                discard_contents((holder.get)(place), holder);
            }
            Kind::Extra => place.cast::<Extra>().drop_in_place(),
        }
    }
}

/// Drops elements, and frees their memory.
///
/// # Safety
/// They are what a field of this holder held, and nobody uses them any more.
pub(super) unsafe fn discard_contents(contents: Contents, holder: &Holder) {
    let Contents {
        first,
        count,
        capacity,
    } = contents;
    for index in 0..count {
        // SAFETY: there are as many elements.
        unsafe { discard(first.add(index * holder.size), holder.element) };
    }
    if capacity > 0 {
        // SAFETY: it was allocated for as many.
        unsafe { alloc::dealloc(first, memory(holder.size, holder.align, capacity)) };
    }
}

/// Memory for elements, which are some.
pub(super) fn allocate(size: usize, align: usize, count: usize) -> *mut u8 {
    let layout = memory(size, align, count);
    // SAFETY: no record and no element is without a size.
    let memory = unsafe { alloc::alloc(layout) };
    if memory.is_null() {
        alloc::handle_alloc_error(layout);
    }
    memory
}

/// More memory for the elements of a holder.
pub(super) fn reallocate(
    elements: *mut u8,
    holder: &Holder,
    capacity: usize,
    more: usize,
) -> *mut u8 {
    let before = memory(holder.size, holder.align, capacity);
    let layout = memory(holder.size, holder.align, more);
    // SAFETY: the memory was allocated for as many elements, and no element is without a size.
    let memory = unsafe { alloc::realloc(elements, before, layout.size()) };
    if memory.is_null() {
        alloc::handle_alloc_error(layout);
    }
    memory
}

/// What memory is allocated for elements.
pub(super) fn memory(size: usize, align: usize, count: usize) -> alloc::Layout {
    size.checked_mul(count)
        .and_then(|size| alloc::Layout::from_size_align(size, align).ok())
        .expect("a list is no larger than memory")
}

impl Layout {
    /// The type's name, and the wire names of its fields.
    pub fn table(&self) -> Table {
        self.table
    }

    /// Where what is extra lies.
    #[inline]
    pub(super) fn extra(&self) -> usize {
        match self.rows.last() {
            Some(row) if matches!(row.kind, Kind::Extra) => row.at(),
            _ => unreachable!("the last row of a record is that of its `extra`"),
        }
    }

    /// The record of this layout behind the pointers that lead to it.
    ///
    /// # Safety
    /// There is a record of this layout.
    #[inline]
    pub(super) unsafe fn follow(
        mut self: &'static Self,
        mut base: *const u8,
    ) -> (*const u8, &'static Self) {
        while let [row] = &self.rows
            && let Kind::Boxed(layout) = row.kind
        {
            // SAFETY: there is a pointer, which is what a box is.
            base = unsafe { base.add(row.at()).cast::<*const u8>().read() };
            self = layout();
        }
        (base, self)
    }
}

/// What a [`Record`] holds, whatever its type: what a writer walks.
pub trait Values: Send + Sync {
    /// Its fields.
    fn fields(&self) -> super::Fields<'_>;
}

/// Where the values of a [`Record`] go, whatever its type: what a reader fills.
pub trait Slots: Send + Sync {
    /// Where the values of its fields go.
    fn places(&mut self) -> Places<'_>;
}

impl<T: Record> Values for T {
    #[inline]
    fn fields(&self) -> super::Fields<'_> {
        super::Fields::Typed(Typed::of(self))
    }
}

impl<T: Record> Slots for T {
    #[inline]
    fn places(&mut self) -> Places<'_> {
        Places::of(self)
    }
}
