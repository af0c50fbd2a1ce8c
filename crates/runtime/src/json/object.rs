use super::Value;
use std::fmt;

/// The members of a JSON object, in their order.
///
/// Looking up a name takes time in proportion to the number of members. Two objects are equal if they have the same
/// members in whatever order.
#[derive(Clone, Default)]
pub struct Object(Vec<(String, Value)>);

impl Object {
    /// An object without members.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.iter()
            .find_map(|(other, value)| (other == name).then_some(value))
    }

    /// The value of this name, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.0
            .iter_mut()
            .find_map(|(other, value)| (other == name).then_some(value))
    }

    /// Puts a value under a name, and gives the value that it replaces.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (name, value) = (name.into(), value.into());
        match self.get_mut(&name) {
            Some(place) => Some(std::mem::replace(place, value)),
            None => {
                self.0.push((name, value));
                None
            }
        }
    }

    /// Takes the value of this name out.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let index = self.0.iter().position(|(other, _)| other == name)?;
        Some(self.0.remove(index).1)
    }

    /// The members in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Adds a member without looking whether there is one of its name; [`settle`](Self::settle) does that for all.
    pub(crate) fn push(&mut self, name: String, value: Value) {
        self.0.push((name, value));
    }

    /// Of members with the same name keeps the last value, at the place of the first.
    pub(crate) fn settle(&mut self) {
        let members = &mut self.0;
        let few = members.len() <= 16;
        if few && (1..members.len()).all(|index| is_new(index, members)) {
            return;
        }
        // Not by `insert`, because a hostile object of a million names would take for ever.
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_unstable_by(|&a, &b| members[a].0.cmp(&members[b].0).then(a.cmp(&b)));
        let mut stale = Vec::new();
        let mut last_values = Vec::new();
        for same in order.chunk_by(|&a, &b| members[a].0 == members[b].0) {
            if let [first, .., last] = *same {
                last_values.push((first, last));
                stale.extend_from_slice(&same[1..]);
            }
        }
        for (first, last) in last_values {
            members.swap(first, last);
        }
        if stale.is_empty() {
            return;
        }
        stale.sort_unstable();
        let mut stale = stale.into_iter().peekable();
        let mut index = 0;
        members.retain(|_| {
            let keep = stale.next_if_eq(&index).is_none();
            index += 1;
            keep
        });
    }

    /// The members sorted by name.
    fn sorted(&self) -> Vec<&(String, Value)> {
        let mut members: Vec<_> = self.0.iter().collect();
        members.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        members
    }
}

/// Whether no member before has the name of this one.
fn is_new(index: usize, members: &[(String, Value)]) -> bool {
    let name = &members[index].0;
    members[..index].iter().all(|(other, _)| other != name)
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && (self.0 == other.0 || self.sorted() == other.sorted())
    }
}

impl Eq for Object {}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        let mut object = Self(
            members
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        object.settle();
        object
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
