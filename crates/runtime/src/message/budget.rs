use std::cell::Cell;

/// About how many bytes a member takes in a map, besides its text.
pub(super) const UNKNOWN: usize = 96;

/// Memory that reading a text may still allocate, in bytes.
///
/// A text of `{}` elements takes some hundred times its length as values, so a limit of the text alone bounds nothing.
#[derive(Debug)]
pub(super) struct Budget(Cell<Option<usize>>);

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(Cell::new(Some(bytes)))
    }

    /// Whether so many values of a size may be allocated. Once that is refused, nothing may be allocated any more.
    pub(super) fn allows(&self, count: usize, size: usize) -> bool {
        let bytes = count.saturating_mul(size);
        self.0
            .set(self.0.get().and_then(|left| left.checked_sub(bytes)));
        !self.is_exceeded()
    }

    pub(super) fn is_exceeded(&self) -> bool {
        self.0.get().is_none()
    }
}
