use crate::Value;
use crate::json::Object;
use std::fmt;

/// What a record carries besides its fields: JSON values by their wire names.
///
/// A reader puts here what has no field and what did not fit its field, so that decoding loses nothing. A caller
/// puts here parameters that the client's spec does not know yet. Entries are written after the fields; an entry
/// with the name of a field is written in the field's stead.
///
/// As large as a pointer, and without an allocation while empty.
#[derive(Clone, Default)]
pub struct Extra(Option<Box<Object>>);

impl Extra {
    /// Nothing.
    pub const fn new() -> Self {
        Self(None)
    }

    /// Whether there is no entry.
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|object| object.is_empty())
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |object| object.len())
    }

    /// The value of this wire name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Puts a value under a wire name, and gives the value that it replaces.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.object_mut().insert(name, value)
    }

    /// Takes the value of this wire name out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        self.0.as_mut()?.remove(name)
    }

    /// Removes all entries.
    pub fn clear(&mut self) {
        self.0 = None;
    }

    /// The entries in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().flat_map(|object| object.iter())
    }

    pub(crate) fn object_mut(&mut self) -> &mut Object {
        self.0.get_or_insert_default()
    }
}

// Nearly always there is nothing to drop. What it takes otherwise stands apart, so that it is not compiled into all that
// drops a record.
impl Drop for Extra {
    #[inline]
    fn drop(&mut self) {
        if let Some(object) = self.0.take() {
            discard(object);
        }
    }
}

// The ABI says that this does not unwind, which nothing does that JSON is made of. The compiler cannot see that from other
// crates, and would write everything that drops a record twice: once for the case that dropping this panics.
#[cold]
#[inline(never)]
extern "C" fn discard(_: Box<Object>) {}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        // One that was emptied still has its allocation.
        self.len() == other.len() && (self.is_empty() || self.0 == other.0)
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl From<Object> for Extra {
    fn from(object: Object) -> Self {
        Self((!object.is_empty()).then(|| Box::new(object)))
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Extra {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(entries: I) -> Self {
        Object::from_iter(entries).into()
    }
}
