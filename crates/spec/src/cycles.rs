//! Recursive data types.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::DataType;
use crate::type_ref::TypeRef;

/// Data types that contain each other, directly or indirectly. A field with an array contains nothing in this sense.
#[derive(Clone, Debug)]
pub struct Cycles<'a> {
    /// The strongly connected component of each type in the graph of containment, by the name of one of its types.
    components: BTreeMap<&'a str, &'a str>,
}

type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

impl<'a> Cycles<'a> {
    /// Finds the cycles of a spec's data types.
    ///
    /// It uses Kosaraju's algorithm, which takes linear time. A first search determines an order. Searches in the
    /// reverse graph, in reverse order, find a component from each type without one.
    pub fn new(types: &'a BTreeMap<String, DataType>) -> Self {
        let (mut contains, mut contained) = (Graph::new(), Graph::new());
        for (outer, data_type) in types {
            contains.entry(outer).or_default();
            for field in &data_type.fields {
                if let TypeRef::Named(inner) = &field.type_ref
                    && let Some((inner, _)) = types.get_key_value(inner)
                {
                    contains.entry(outer).or_default().insert(inner);
                    contained.entry(inner).or_default().insert(outer);
                }
            }
        }
        let mut finished = Vec::new();
        let mut seen = BTreeSet::new();
        for name in contains.keys() {
            search(&contains, name, &mut seen, |name| finished.push(name));
        }
        let mut components = BTreeMap::new();
        seen.clear();
        for root in finished.into_iter().rev() {
            search(&contained, root, &mut seen, |name| {
                components.insert(name, root);
            });
        }
        Self { components }
    }

    /// Whether `inner`, the type of a field of `outer`, contains `outer`, so that the field must be boxed.
    pub fn is_in_cycle(&self, outer: &str, inner: &str) -> bool {
        let component = self.components.get(outer);
        component.is_some() && component == self.components.get(inner)
    }
}

/// Visits unvisited types that can be reached from a type; each type after all types that it leads to.
fn search<'a>(
    graph: &Graph<'a>,
    root: &'a str,
    seen: &mut BTreeSet<&'a str>,
    mut visit: impl FnMut(&'a str),
) {
    let edges = |name| graph.get(name).into_iter().flatten().copied();
    if !seen.insert(root) {
        return;
    }
    // Deep graphs would overflow the stack of a recursive search.
    let mut path = vec![(root, edges(root))];
    while let Some((name, rest)) = path.last_mut() {
        match rest.next() {
            Some(next) if seen.insert(next) => path.push((next, edges(next))),
            Some(_) => {}
            None => {
                visit(name);
                path.pop();
            }
        }
    }
}
