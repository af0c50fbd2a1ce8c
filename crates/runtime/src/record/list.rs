use super::{Element, Fill, Item};

/// What an array holds.
pub trait List: Send + Sync {
    /// How many elements there are.
    fn count(&self) -> usize;

    /// An element; [`Item::Absent`] for an index out of range.
    fn element(&self, index: usize) -> Item<'_>;
}

/// Where an array goes: a field of type `Vec<T>` or `Option<Vec<T>>`.
pub trait ListSlots: Send + Sync {
    /// Makes the list one without elements, or absent; a `Vec` is never absent, and then is empty too.
    fn begin(&mut self, present: bool);

    /// Appends an element to a list that was begun.
    fn push(&mut self, fill: Fill<'_>);
}

impl<T: Element> List for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn element(&self, index: usize) -> Item<'_> {
        match self.get(index) {
            Some(element) => element.as_item(),
            None => Item::Absent,
        }
    }
}

impl<T: Element> ListSlots for Vec<T> {
    fn begin(&mut self, _: bool) {
        self.clear();
    }

    fn push(&mut self, fill: Fill<'_>) {
        self.push(T::filled(fill));
    }
}

impl<T: Element> ListSlots for Option<Vec<T>> {
    fn begin(&mut self, present: bool) {
        *self = if present { Some(Vec::new()) } else { None };
    }

    fn push(&mut self, fill: Fill<'_>) {
        if let Some(list) = self {
            list.push(T::filled(fill));
        }
    }
}
