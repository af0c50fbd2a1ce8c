use super::{Element, Item, Slot};

/// An array: `Vec<T>` or `Option<Vec<T>>`.
pub trait List: Send + Sync {
    /// Whether there is no list.
    fn is_absent(&self) -> bool;

    /// Whether the list can't be absent.
    fn is_plain(&self) -> bool;

    /// How many elements there are.
    fn count(&self) -> usize;

    /// An element; [`Item::Absent`] for an index out of range.
    fn get(&self, index: usize) -> Item<'_>;

    /// Makes the list present, and keeps what is in it.
    fn open(&mut self);

    /// Appends an empty element and gives the slot of it.
    fn push(&mut self) -> Slot<'_>;

    /// Makes the list absent, or empty where it can't be absent.
    fn clear(&mut self);
}

impl<T: Element> List for Vec<T> {
    fn is_absent(&self) -> bool {
        false
    }

    fn is_plain(&self) -> bool {
        true
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Item<'_> {
        <[T]>::get(self, index).map_or(Item::Absent, T::as_item)
    }

    fn open(&mut self) {}

    fn push(&mut self) -> Slot<'_> {
        push(self)
    }

    fn clear(&mut self) {
        Vec::clear(self);
    }
}

impl<T: Element> List for Option<Vec<T>> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }

    fn is_plain(&self) -> bool {
        false
    }

    fn count(&self) -> usize {
        self.as_ref().map_or(0, Vec::len)
    }

    fn get(&self, index: usize) -> Item<'_> {
        let elements = self.as_deref().unwrap_or_default();
        elements.get(index).map_or(Item::Absent, T::as_item)
    }

    fn open(&mut self) {
        self.get_or_insert_default();
    }

    fn push(&mut self) -> Slot<'_> {
        push(self.get_or_insert_default())
    }

    fn clear(&mut self) {
        *self = None;
    }
}

fn push<T: Element>(list: &mut Vec<T>) -> Slot<'_> {
    let index = list.len();
    list.push(T::vacant());
    list[index].as_slot()
}
