//! Collects imported texts.

use std::collections::{BTreeMap, BTreeSet};

use tc3_spec::{Imported, Site, Spec};

use super::described::{Described, summary};
use super::item::{key, numbered, summaries_key};
use super::{TextsError, table, words};

/// Collects the texts of specs for the file of a site.
#[derive(Debug, Default)]
pub struct TextsBuilder {
    texts: BTreeMap<String, String>,
    /// For each word, the numbers of the items that contain it, times two, plus 1 if only a parameter or field contains
    /// it.
    words: BTreeMap<String, Vec<u32>>,
    number: u32,
}

impl TextsBuilder {
    /// Returns a builder without texts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the descriptions and examples of a spec.
    pub fn add(&mut self, spec: &Spec) {
        let (service, version) = (&spec.service, &spec.version);
        for (name, action) in &spec.actions {
            self.described(key('a', service, version, name), &Described::action(action));
            if !action.examples.is_empty() {
                self.put(key('x', service, version, name), &action.examples);
            }
        }
        let summaries = spec.actions.iter();
        let summaries = summaries.map(|(name, action)| (name, summary(&action.description)));
        let summaries: BTreeMap<_, _> = summaries.filter(|(_, text)| !text.is_empty()).collect();
        self.put(summaries_key(service, version), &summaries);
        for (name, data_type) in &spec.types {
            let described = Described::data_type(data_type);
            self.described(key('t', service, version, name), &described);
        }
    }

    fn described(&mut self, key: String, described: &Described) {
        if described.is_empty() || self.texts.contains_key(&key) {
            return;
        }
        let own: BTreeSet<String> = words::words(&described.description).into_iter().collect();
        let rows = described.rows();
        let of_rows: BTreeSet<String> = rows.flat_map(|(_, text)| words::words(text)).collect();
        for word in of_rows.difference(&own) {
            let numbers = self.words.entry(word.clone()).or_default();
            numbers.push(self.number * 2 + 1);
        }
        for word in own {
            self.words.entry(word).or_default().push(self.number * 2);
        }
        self.texts.insert(numbered(self.number), key.clone());
        self.number += 1;
        self.put(key, described);
    }

    fn put(&mut self, key: String, item: &impl serde::Serialize) {
        // Cannot fail: the items are strings, JSON values, and maps with string keys.
        if let Ok(text) = serde_json::to_string(item) {
            self.texts.insert(key, text);
        }
    }

    /// Returns the content of the file.
    ///
    /// # Errors
    /// Fails if a text is too long, there are too many texts, or a name has a character that the file cannot hold.
    pub fn build(mut self, site: Site, from: &Imported) -> Result<Vec<u8>, TextsError> {
        for (word, numbers) in self.words {
            self.texts.insert(format!("w/{word}"), distances(&numbers));
        }
        let texts = self.texts.iter();
        let texts = texts.map(|(key, text)| (key.as_str(), text.as_str()));
        table::write(&format!("{} {from}", site.name()), texts)
    }
}

/// Formats ascending numbers as differences.
fn distances(numbers: &[u32]) -> String {
    let mut before = 0;
    let distances = numbers.iter().map(|number| {
        let distance = number - before;
        before = *number;
        distance.to_string()
    });
    distances.collect::<Vec<_>>().join(" ")
}
