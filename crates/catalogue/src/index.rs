//! The index of names, for searching.
//!
//! Its text has the sorted names, each once, one per line. After an empty line, it has the items of each service version,
//! by the numbers of their names:
//!
//! ```text
//! Scvm 2017-03-12                 a service version; newer versions of a service are first
//! T120 3 17                       its data types, each as the distance from the one before
//! A44 12 3                        an action, as the distance from the one before; the rest are its parameters
//! ```

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use tc3_spec::Spec;

use crate::fuzzy::bit;

/// The index of a catalogue's names.
#[derive(Debug, Default)]
pub(crate) struct Index {
    pub(crate) names: Names,
    pub(crate) services: Vec<Service>,
    /// The actions of all services, in order.
    pub(crate) actions: Vec<Action>,
    /// The parameters of all actions, in order, by the numbers of their names.
    pub(crate) parameters: Vec<u32>,
    /// The data types of all services, in order, by the numbers of their names.
    pub(crate) types: Vec<u32>,
}

/// A service version in an index.
#[derive(Debug)]
pub(crate) struct Service {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) actions: Range<usize>,
    pub(crate) types: Range<usize>,
}

/// An action in an index.
#[derive(Debug)]
pub(crate) struct Action {
    /// The number of its name.
    pub(crate) name: u32,
    pub(crate) parameters: Range<usize>,
}

/// The names of an index, each once and sorted.
#[derive(Debug, Default)]
pub(crate) struct Names {
    text: String,
    lower: String,
    /// The range of each name in the text, and the set of its letters.
    places: Vec<(Range<u32>, u64)>,
}

impl Names {
    /// Reads names, one per line.
    fn read(text: &str) -> Names {
        let mut places = Vec::with_capacity(text.len() / 16);
        let (mut start, mut letters) = (0, 0);
        for (end, byte) in (0_u32..).zip(text.bytes()) {
            if byte == b'\n' {
                places.push((start..end, letters));
                (start, letters) = (end + 1, 0);
            } else {
                letters |= bit(byte);
            }
        }
        Names {
            places,
            text: text.to_owned(),
            lower: text.to_ascii_lowercase(),
        }
    }

    /// Returns the number of names.
    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    /// Returns a name. The number must be valid.
    pub(crate) fn get(&self, number: u32) -> &str {
        &self.text[self.range(number as usize)]
    }

    /// Returns all names in lower case, with their letters.
    pub(crate) fn lower(&self) -> impl Iterator<Item = (&str, u64)> {
        let places = self.places.iter().enumerate();
        places.map(|(number, (_, letters))| (&self.lower[self.range(number)], *letters))
    }

    /// Returns the numbers of the names that contain a word in lower case, each with the position of the word in the name.
    pub(crate) fn containing(&self, word: &str) -> impl Iterator<Item = (usize, usize)> {
        let mut number = 0;
        self.lower.match_indices(word).map(move |(at, _)| {
            while number + 1 < self.len() && self.range(number + 1).start <= at {
                number += 1;
            }
            (number, at - self.range(number).start)
        })
    }

    fn range(&self, number: usize) -> Range<usize> {
        let (Range { start, end }, _) = self.places[number];
        start as usize..end as usize
    }
}

/// Writes the index of these specs, which are sorted by service and version.
pub(crate) fn write(specs: &[Spec]) -> String {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for spec in specs {
        let actions = spec.actions.iter();
        let of_actions = actions.flat_map(|(name, action)| {
            let parameters = action.request.iter().map(|field| &field.name);
            parameters.chain([name])
        });
        for name in of_actions.chain(spec.types.keys()) {
            names.insert(name, 0);
        }
    }
    let mut text = String::new();
    for (number, (name, of)) in names.iter_mut().enumerate() {
        *of = number;
        let _ = writeln!(text, "{name}");
    }
    text.push('\n');
    for versions in specs.chunk_by(|one, other| one.service == other.service) {
        for spec in versions.iter().rev() {
            let _ = writeln!(text, "S{} {}", spec.service, spec.version);
            text.push('T');
            let mut last = 0;
            for name in spec.types.keys() {
                let number = names[name.as_str()];
                let _ = write!(text, "{} ", number - last);
                last = number;
            }
            last = 0;
            for (name, action) in &spec.actions {
                let number = names[name.as_str()];
                let _ = write!(text, "\nA{}", number - last);
                last = number;
                for field in &action.request {
                    let _ = write!(text, " {}", names[field.name.as_str()]);
                }
            }
            text.push('\n');
        }
    }
    text
}

impl Index {
    /// Reads an index; fails with the problem.
    pub(crate) fn read(text: &str) -> Result<Index, String> {
        let names = memchr::memmem::find(text.as_bytes(), b"\n\n").map_or(0, |end| end + 1);
        let (names, rest) = text.split_at(names);
        let mut index = Index {
            names: Names::read(names),
            // Most numbers have three or four digits.
            parameters: Vec::with_capacity(rest.len() / 4),
            ..Index::default()
        };
        let mut last = 0;
        for line in rest.trim_start().lines() {
            let read = index.line(line, &mut last);
            read.ok_or_else(|| format!("malformed line `{}`", line.escape_debug()))?;
        }
        Ok(index)
    }

    /// Reads a line; `None` if it is malformed. `last` is the number of the previous data type or action.
    fn line(&mut self, line: &str, last: &mut u32) -> Option<()> {
        let (kind, rest) = line.split_at_checked(1)?;
        if kind == "S" {
            let (name, version) = rest.split_once(' ')?;
            self.services.push(Service {
                name: name.to_owned(),
                version: version.to_owned(),
                actions: self.actions.len()..self.actions.len(),
                types: self.types.len()..self.types.len(),
            });
            *last = 0;
            return Some(());
        }
        let service = self.services.last_mut()?;
        let known = |number: u32| ((number as usize) < self.names.len()).then_some(number);
        let mut next = |distance: u32| {
            *last = last.checked_add(distance)?;
            known(*last)
        };
        match kind {
            "T" => {
                for distance in numbers(rest.trim_end()) {
                    self.types.push(next(distance?)?);
                }
                *last = 0;
                service.types.end = self.types.len();
            }
            "A" => {
                let mut numbers = numbers(rest);
                let name = next(numbers.next()??)?;
                let start = self.parameters.len();
                for number in numbers {
                    self.parameters.push(known(number?)?);
                }
                let parameters = start..self.parameters.len();
                self.actions.push(Action { name, parameters });
                service.actions.end = self.actions.len();
            }
            _ => return None,
        }
        Some(())
    }
}

/// Parses numbers that are separated by spaces; `None` for anything else. There are so many that `str::parse` would
/// take most of the time of the first search.
fn numbers(text: &str) -> impl Iterator<Item = Option<u32>> {
    /// Maximum number of digits that cannot overflow.
    const DIGITS: usize = 9;
    let mut rest = text.as_bytes();
    std::iter::from_fn(move || {
        let (mut number, mut digits) = (0, 0);
        while let Some((byte, next)) = rest.split_first() {
            rest = next;
            match byte {
                b'0'..=b'9' if digits < DIGITS => number = number * 10 + u32::from(byte - b'0'),
                b' ' if digits > 0 => break,
                _ => return Some(None),
            }
            digits += 1;
        }
        (digits > 0).then_some(Some(number))
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn index_is_read() {
        let index =
            Index::read("Buy\nCount\nTag\n\nSshop 2021-03-31\nT2 \nA0 1 2\n").expect("an index");
        let (service, action) = (&index.services[0], &index.actions[0]);
        assert_eq!((&*service.name, &*service.version), ("shop", "2021-03-31"));
        assert_eq!(
            (service.types.clone(), service.actions.clone()),
            (0..1, 0..1)
        );
        assert_eq!(index.names.get(index.types[0]), "Tag");
        assert_eq!(index.names.get(action.name), "Buy");
        let parameters = index.parameters.iter().map(|name| index.names.get(*name));
        assert!(parameters.eq(["Count", "Tag"]));
    }

    #[test]
    fn malformed_line_is_named() {
        for line in [
            "Sshop",
            "A0",
            "T0",
            "X",
            "Sshop 1\nA9",
            "Sshop 1\nT1 2",
            "Sshop 1\nA0 x",
        ] {
            let problem = Index::read(&format!("Buy\nTag\n\n{line}\n")).expect_err(line);
            assert!(problem.starts_with("malformed line `"), "{problem}");
        }
    }

    proptest! {
        #[test]
        fn hostile_text_never_panics(text in "([a-z]{0,3}\n){0,4}(\n[STAx][0-9 a-c]{0,8}){0,8}") {
            let _ = Index::read(&text);
        }
    }
}
