use std::cell::Cell;

/// Approximate size of a map entry in bytes, without its text.
pub(super) const UNKNOWN_SIZE: usize = 96;

/// Remaining number of bytes that a reader may allocate.
///
/// The values of an array of `{}` take about a hundred times the length of its text, so a limit of the text's length
/// does not bound the memory.
#[derive(Debug)]
pub(super) struct Budget(Cell<Option<usize>>);

impl Budget {
    pub(super) fn new(bytes: usize) -> Self {
        Self(Cell::new(Some(bytes)))
    }

    /// Returns whether `count` values of `size` bytes may be allocated, and subtracts them from the budget. After the
    /// first refusal, it refuses everything.
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
