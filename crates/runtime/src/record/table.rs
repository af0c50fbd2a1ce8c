use super::{Extra, Item, Slot};
use std::fmt;
use std::mem::ManuallyDrop;

/// A type that describes itself by a table of its fields; see the [module](super).
///
/// Indexes are those of [`Table::fields`].
pub trait Record: Sized + Send + Sync + 'static {
    /// The type's name and the wire names of its fields.
    const TABLE: Table;

    /// A record with nothing in it, which is what a reader fills.
    ///
    /// It may lack what a complete one must have, so programs build records with their builders. That of a response
    /// must not allocate: it is not dropped where a call fails.
    fn empty() -> Self;

    /// Where the field's value stands; for an index out of range, [`Item::Extra`].
    fn get(&self, index: usize) -> Item<'_>;

    /// Where a value for the field goes; for an index out of range, [`Slot::Extra`].
    fn slot(&mut self, index: usize) -> Slot<'_>;
}

/// What a [`Record`] holds, whatever its type: what a writer walks.
///
/// It knows nothing of slots, as [`Slots`] knows nothing of values: a program that only reads a type has no code that
/// writes it.
pub trait Values: Send + Sync {
    /// [`Record::TABLE`].
    fn table(&self) -> Table;

    /// [`Record::get`].
    fn item(&self, index: usize) -> Item<'_>;
}

/// Where the values of a [`Record`] go, whatever its type: what a reader fills.
pub trait Slots: Send + Sync {
    /// [`Record::TABLE`].
    fn table(&self) -> Table;

    /// [`Record::slot`].
    fn place(&mut self, index: usize) -> Slot<'_>;
}

impl<T: Record> Values for T {
    fn table(&self) -> Table {
        T::TABLE
    }

    fn item(&self, index: usize) -> Item<'_> {
        self.get(index)
    }
}

impl<T: Record> Slots for T {
    fn table(&self) -> Table {
        T::TABLE
    }

    fn place(&mut self, index: usize) -> Slot<'_> {
        self.slot(index)
    }
}

// No methods of the traits, which each record would have to have compiled for it.
impl<'r> dyn Values + 'r {
    /// What came on the wire and has no field, or did not fit its field.
    pub fn extra(&self) -> &Extra {
        match self.item(usize::MAX) {
            Item::Extra(extra) => extra,
            _ => {
                static NOTHING: Extra = Extra::new();
                &NOTHING
            }
        }
    }
}

impl<'r> dyn Slots + 'r {
    /// What came on the wire and has no field, or did not fit its field, to be changed.
    ///
    /// # Panics
    /// If [`slot`](Record::slot) does not give it for an index out of range.
    pub fn extra_mut(&mut self) -> &mut Extra {
        match self.place(usize::MAX) {
            Slot::Extra(extra) => extra,
            _ => panic!("a record's `slot` gives its `extra` for an index out of range"),
        }
    }
}

/// What a type that holds itself needs.
impl<T: Record> Record for Box<T> {
    const TABLE: Table = T::TABLE;

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

/// What is filled before it is known whether it is kept. Its vtable does not drop it, and so brings no code that does.
impl<T: Record> Record for ManuallyDrop<T> {
    const TABLE: Table = T::TABLE;

    fn empty() -> Self {
        ManuallyDrop::new(T::empty())
    }

    fn get(&self, index: usize) -> Item<'_> {
        T::get(self, index)
    }

    fn slot(&mut self, index: usize) -> Slot<'_> {
        T::slot(self, index)
    }
}

/// What is known of a record type without an instance: its name, and the names of its fields.
///
/// [`table!`](crate::record::table) makes one. All names are one text, since a program holds each string apart together
/// with its address, and there are tens of thousands of names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// The name of the type and those of the fields, each ended by a line feed. Behind them are eight
    /// more, so that there are always eight bytes where a name could begin.
    lines: &'static str,
}

impl Table {
    #[doc(hidden)]
    pub const fn new(lines: &'static str) -> Self {
        Self { lines }
    }

    /// The type's name in Rust.
    pub fn name(self) -> &'static str {
        text(Names(self.lines.as_bytes()).next().unwrap_or_default())
    }

    /// The fields' wire names, in the documentation's order.
    pub fn fields(self) -> impl Iterator<Item = &'static str> {
        self.names().map(text)
    }

    /// How many fields there are.
    pub(crate) fn count(self) -> usize {
        self.names().count()
    }

    /// The index of the field of this wire name.
    pub(crate) fn position(self, name: &str) -> Option<usize> {
        self.names().position(|field| field == name.as_bytes())
    }

    /// The bytes of the fields' names.
    #[inline]
    pub(crate) fn names(self) -> Names {
        let mut names = Names(self.lines.as_bytes());
        names.next();
        names
    }
}

impl fmt::Debug for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fields = Vec::from_iter(self.fields());
        f.debug_struct("Table")
            .field("name", &self.name())
            .field("fields", &fields)
            .finish()
    }
}

/// The names of a table from some place on.
#[derive(Clone, Copy)]
pub(crate) struct Names(&'static [u8]);

impl Names {
    /// The next name, and the words of eight bytes in which it stands, the last of which goes on behind it.
    #[inline]
    pub(crate) fn next_words(&mut self) -> Option<(&'static [u8], &'static [[u8; 8]])> {
        let (words, _) = self.0.as_chunks::<8>();
        // Eight bytes at once: names are short, and there are many.
        for (index, word) in words.iter().enumerate() {
            match line_feed(*word) {
                Some(0) if index == 0 => return None,
                Some(at) => {
                    let (name, rest) = self.0.split_at(index * 8 + at);
                    self.0 = &rest[1..];
                    return Some((name, &words[..=index]));
                }
                None => {}
            }
        }
        None
    }
}

impl Iterator for Names {
    type Item = &'static [u8];

    #[inline]
    fn next(&mut self) -> Option<&'static [u8]> {
        self.next_words().map(|(name, _)| name)
    }
}

/// Which of eight bytes is the first line feed.
#[inline]
fn line_feed(bytes: [u8; 8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let others = u64::from_le_bytes(bytes) ^ (ONES * b'\n' as u64);
    // Sets the high bit of the first byte that is zero; also of some behind it, so only the lowest counts.
    let found = others.wrapping_sub(ONES) & !others & HIGH;
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}

/// A name as text, which it was before.
pub(crate) fn text(name: &'static [u8]) -> &'static str {
    str::from_utf8(name).unwrap_or_default()
}

/// The [`Table`] of a type: its name, and the wire names of its fields.
///
/// A name is not empty, and has no line feed, quotation mark or backslash in it, as the names of a spec have none. What
/// reads and writes JSON relies on it; the compiler would take a quarter longer over a crate to check it.
///
/// ```
/// const TABLE: tc3::record::Table = tc3::record::table!(Tag: "TagKey", "TagValue");
/// assert_eq!(TABLE.name(), "Tag");
/// assert!(TABLE.fields().eq(["TagKey", "TagValue"]));
/// ```
#[macro_export]
macro_rules! field_table {
    ($name:ident: $($wire:literal),* $(,)?) => {
        $crate::record::Table::new(::core::concat!(
            ::core::stringify!($name), "\n", $($wire, "\n",)* "\n\n\n\n\n\n\n\n"
        ))
    };
}
