//! Names of local variables.

use std::collections::{BTreeMap, BTreeSet};

use crate::typed::{Structure, Typed};

/// The names in use.
#[derive(Default)]
pub(crate) struct Variables {
    names: BTreeSet<String>,
    /// The last number of each name without its number.
    last: BTreeMap<String, usize>,
}

impl Variables {
    /// Returns a new name for a value of a type: `filter1`, `filter2`. It ends with a digit, so it is not a keyword.
    pub(crate) fn claim(&mut self, of: &str) -> String {
        let mut letters = of.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        let base: String = first.into_iter().chain(letters).collect();
        let last = self.last.entry(base.clone()).or_default();
        loop {
            *last += 1;
            let name = format!("{base}{last}");
            // `filter1` with the suffix 1 equals `filter` with the suffix 11.
            if self.names.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// Returns the data types in a request, each once.
pub(crate) fn data_types<'a>(structure: &Structure<'a>) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    for member in &structure.members {
        collect(&member.value, &mut found);
    }
    found
}

fn collect<'a>(value: &Typed<'a>, found: &mut BTreeSet<&'a str>) {
    match value {
        Typed::List(values) => values.iter().for_each(|value| collect(value, found)),
        Typed::Structure(structure) => {
            found.insert(structure.name);
            for member in &structure.members {
                collect(&member.value, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::Variables;

    #[test]
    fn names_are_claimed_once() {
        let mut variables = Variables::default();
        assert_eq!(variables.claim("Tag1"), "tag11");
        let names: Vec<String> = (0..11).map(|_| variables.claim("Tag")).collect();
        assert_eq!(
            (&*names[0], &*names[9], &*names[10]),
            ("tag1", "tag10", "tag12")
        );
    }
}
