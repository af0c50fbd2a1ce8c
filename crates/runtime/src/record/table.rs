use std::fmt;

/// What is known of a record type without an instance: its name, and the names of its fields.
///
/// [`record!`](crate::record!) makes one. All names are one text, since a program holds each string apart together with its
/// address, and there are tens of thousands of names.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// The names of the fields, each ended by a line feed, an empty line, and the name of the type. Behind them are eight
    /// more line feeds, so that there are always eight bytes where a name could begin.
    lines: &'static str,
}

impl Table {
    #[doc(hidden)]
    pub const fn new(lines: &'static str) -> Self {
        Self { lines }
    }

    /// The type's name in Rust.
    pub fn name(self) -> &'static str {
        let mut names = self.names();
        names.by_ref().for_each(drop);
        let name = names.0.get(1..).and_then(|lines| Names(lines).next());
        text(name.unwrap_or_default())
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
        Names(self.lines.as_bytes())
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
