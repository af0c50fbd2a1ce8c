use super::{Extra, Item, Slot};

/// A type that describes itself by a table of its fields; see the [module](super).
///
/// Indexes are those of [`Table::fields`].
pub trait Record: Send + Sync {
    /// The type's name and the wire names of its fields.
    fn table(&self) -> &'static Table;

    /// A record with nothing in it, which is what a reader fills.
    ///
    /// It may lack what a complete one must have, so programs build records with their builders.
    fn empty() -> Self
    where
        Self: Sized;

    /// Where the field's value stands; for an index out of range, [`Item::Extra`].
    fn get(&self, index: usize) -> Item<'_>;

    /// Where a value for the field goes; for an index out of range, [`Slot::Extra`].
    fn slot(&mut self, index: usize) -> Slot<'_>;
}

// No methods of the trait, which each record would have to have compiled for it.
impl<'r> dyn Record + 'r {
    /// What came on the wire and has no field, or did not fit its field.
    pub fn extra(&self) -> &Extra {
        match self.get(usize::MAX) {
            Item::Extra(extra) => extra,
            _ => {
                static NOTHING: Extra = Extra::new();
                &NOTHING
            }
        }
    }

    /// The same, to be changed.
    ///
    /// # Panics
    /// If [`slot`](Record::slot) does not give it for an index out of range.
    pub fn extra_mut(&mut self) -> &mut Extra {
        match self.slot(usize::MAX) {
            Slot::Extra(extra) => extra,
            _ => panic!("a record's `slot` gives its `extra` for an index out of range"),
        }
    }
}

/// What a type that holds itself needs.
impl<T: Record> Record for Box<T> {
    fn table(&self) -> &'static Table {
        T::table(self)
    }

    fn empty() -> Self {
        Box::new(T::empty())
    }

    fn get(&self, index: usize) -> Item<'_> {
        T::get(self, index)
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        T::slot(self, index)
    }
}

/// What is known of a record type without an instance.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    // Open to the macro `record!`, whose tables are literals: these need no constant of their own.
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub fields: &'static [&'static str],
}

impl Table {
    /// A table of the type's name in Rust and its fields' wire names, in the documentation's order.
    pub const fn new(name: &'static str, fields: &'static [&'static str]) -> Self {
        Self { name, fields }
    }

    /// The type's name in Rust.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The fields' wire names, in the documentation's order.
    pub const fn fields(&self) -> &'static [&'static str] {
        self.fields
    }
}
