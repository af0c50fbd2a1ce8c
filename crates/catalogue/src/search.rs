//! Search for services, actions, parameters and data types.

use crate::fuzzy::{Pattern, letters};
use crate::index::Index;

/// Search result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit<'c> {
    /// The kind of the item.
    pub kind: HitKind<'c>,
    /// The service.
    pub service: &'c str,
    /// The newest version with the item; older versions are results of their own.
    pub version: &'c str,
}

/// The kind of an item, with its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HitKind<'c> {
    /// The service itself.
    Service,
    /// An action.
    Action(&'c str),
    /// A data type.
    Type(&'c str),
    /// A parameter of a request.
    Parameter {
        /// The action.
        action: &'c str,
        /// The parameter.
        parameter: &'c str,
    },
}

/// A penalty; the item with the lowest one is the best hit.
type Penalty = u32;

/// Penalty of a name that does not match a word.
const NONE: Penalty = Penalty::MAX;
/// Additional penalty of a word that only the service's or the action's name contains.
const ELSEWHERE: Penalty = 4;
/// Maximum number of words in a query: each word has a bit in a `u32`.
const MAX_WORDS: usize = 32;

/// A word of a query with the penalties of all names.
struct Word<'q> {
    text: &'q str,
    pattern: Pattern<'q>,
    names: Vec<Penalty>,
}

/// The words of a query.
struct Query<'q> {
    words: Vec<Word<'q>>,
    /// The words that each name matches, as bits.
    matched: Vec<u32>,
}

/// A matching item, ordered by rank.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    penalty: Penalty,
    kind: u8,
    length: usize,
    /// The number of the service version.
    service: usize,
    /// The number of the action, parameter or data type.
    item: usize,
    /// The number of the action of a parameter; for an action, its own.
    action: usize,
}

/// Returns the best hits, at most `limit`. Every word of the query must be in the name of an item, of its action or of its
/// service, and one of them in its own name.
pub(crate) fn search<'c>(index: &'c Index, query: &str, limit: usize) -> Vec<Hit<'c>> {
    let query = query.to_ascii_lowercase();
    let words = query.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let words = words.filter(|word| !word.is_empty());
    let words = words.take(MAX_WORDS);
    let words: Vec<Word<'_>> = words.map(|word| Word::new(word, index)).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut matched = vec![0; index.names.len()];
    for (bit, word) in words.iter().enumerate() {
        for (matched, penalty) in matched.iter_mut().zip(&word.names) {
            *matched |= u32::from(*penalty != NONE) << bit;
        }
    }
    let query = Query { words, matched };
    let mut found = Vec::new();
    for number in 0..index.services.len() {
        query.find(index, number, &mut found);
    }
    let limit = limit.min(found.len());
    if limit < found.len() {
        found.select_nth_unstable(limit);
        found.truncate(limit);
    }
    found.sort_unstable();
    found.iter().map(|found| found.hit(index)).collect()
}

impl<'q> Word<'q> {
    fn new(text: &'q str, index: &Index) -> Self {
        let mut names = vec![NONE; index.names.len()];
        for (number, at) in index.names.containing(text) {
            names[number] = names[number].min(if at == 0 { 1 } else { 2 });
        }
        let pattern = Pattern::new(text);
        for (penalty, (name, letters)) in names.iter_mut().zip(index.names.lower()) {
            if *penalty == NONE {
                let edits = pattern.find(name, letters);
                *penalty = edits.map_or(NONE, edited);
            } else if name == text {
                *penalty = 0;
            }
        }
        Word {
            text,
            pattern,
            names,
        }
    }

    /// Returns the penalty of a service's name.
    fn of_service(&self, name: &str) -> Penalty {
        if name == self.text {
            return 0;
        }
        match self.pattern.find(name, letters(name)) {
            None => NONE,
            Some(0) if name.starts_with(self.text) => 1,
            Some(0) => 2,
            Some(edits) => edited(edits),
        }
    }
}

/// Returns the penalty of a misspelled word.
fn edited(edits: u32) -> Penalty {
    8 * edits
}

impl Query<'_> {
    /// Adds the matching items of a service version.
    fn find(&self, index: &Index, number: usize, found: &mut Vec<Candidate>) {
        let service = &index.services[number];
        let words = self.words.iter();
        let of_service: Vec<Penalty> = words.map(|word| word.of_service(&service.name)).collect();
        let bits = of_service.iter().rev();
        let service_bits = bits.fold(0, |bits, penalty| bits << 1 | u32::from(*penalty != NONE));
        let all = u32::MAX >> (32 - self.words.len());
        let mut add = |sum: Penalty, kind, name: &str, item, action| {
            found.push(Candidate {
                penalty: sum,
                kind,
                length: name.len(),
                service: number,
                item,
                action,
            });
        };
        let before = number.checked_sub(1).map(|number| &index.services[number]);
        if service_bits == all && before.is_none_or(|other| other.name != service.name) {
            add(of_service.iter().sum(), 0, &service.name, 0, 0);
        }
        // `None` unless every word matches the name or a name around it, and one matches the name itself.
        let penalty = |name: u32, around: &[Penalty], around_bits: u32| {
            let own = self.matched[name as usize];
            (own != 0 && own | around_bits == all).then(|| self.sum(name, around))
        };
        for item in service.types.clone() {
            let name = index.types[item];
            if let Some(sum) = penalty(name, &of_service, service_bits) {
                add(sum, 2, index.names.get(name), item, 0);
            }
        }
        for item in service.actions.clone() {
            let action = &index.actions[item];
            if let Some(sum) = penalty(action.name, &of_service, service_bits) {
                add(sum, 1, index.names.get(action.name), item, item);
            }
            let own = self
                .words
                .iter()
                .map(|word| word.names[action.name as usize]);
            let around = of_service
                .iter()
                .zip(own)
                .map(|(service, own)| *service.min(&own));
            let around: Vec<Penalty> = around.collect();
            let around_bits = service_bits | self.matched[action.name as usize];
            for parameter in action.parameters.clone() {
                let name = index.parameters[parameter];
                if let Some(sum) = penalty(name, &around, around_bits) {
                    add(sum, 3, index.names.get(name), parameter, item);
                }
            }
        }
    }

    /// Adds the penalties of all words, each for the name or for a name around it.
    fn sum(&self, name: u32, around: &[Penalty]) -> Penalty {
        let own = self.words.iter().map(|word| word.names[name as usize]);
        let least = own.zip(around);
        let least = least.map(|(own, around)| own.min(around.saturating_add(ELSEWHERE)));
        least.sum()
    }
}

impl Candidate {
    fn hit<'c>(&self, index: &'c Index) -> Hit<'c> {
        let service = &index.services[self.service];
        let action = || index.names.get(index.actions[self.action].name);
        Hit {
            kind: match self.kind {
                0 => HitKind::Service,
                1 => HitKind::Action(action()),
                2 => HitKind::Type(index.names.get(index.types[self.item])),
                _ => HitKind::Parameter {
                    action: action(),
                    parameter: index.names.get(index.parameters[self.item]),
                },
            },
            service: &service.name,
            version: &service.version,
        }
    }
}
