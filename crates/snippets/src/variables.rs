//! Names of local variables.

use std::collections::BTreeSet;

use crate::typed::{Structure, Typed};

/// The names in use.
#[derive(Default)]
pub(crate) struct Variables(BTreeSet<String>);

impl Variables {
    /// Returns a new name for a value of a type: `filter1`, `filter2`. It ends with a digit, so it is no keyword.
    pub(crate) fn claim(&mut self, of: &str) -> String {
        let mut letters = of.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        let base: String = first.into_iter().chain(letters).collect();
        let names = (1..).map(|number| format!("{base}{number}"));
        let mut names = names.filter(|name| !self.0.contains(name));
        let name = names.next().unwrap_or(base);
        self.0.insert(name.clone());
        name
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
