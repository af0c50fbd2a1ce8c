//! Distinguishes rows from prose, by other facts of the page.

use std::collections::{BTreeMap, HashSet};

use tc3_spec::TypeRef;

use crate::cell::{bare_name, is_compound, type_of};
use crate::words;

/// Certainty that a line begins a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Row,
    /// Probably a row, but could be text.
    DoubtfulRow,
    /// Probably text, but could be a row.
    DoubtfulText,
    Text,
}

/// The facts of the page that distinguish rows from prose.
#[derive(Default)]
pub(crate) struct Evidence {
    /// The parameter names in the page's example responses.
    pub(crate) keys: HashSet<String>,
    /// The names of data types that the page certainly has.
    pub(crate) types: HashSet<String>,
    /// Whether `types` is complete.
    pub(crate) all_types: bool,
    /// Words of the column Required in an unknown language.
    pub(crate) required: HashSet<String>,
    /// The word that means yes.
    pub(crate) yes: Option<String>,
}

impl Evidence {
    /// Learns the words of the column Required in an unknown language. `yes` is the word of a row that is certainly
    /// required; the most frequent other word means no.
    pub(crate) fn learn_required<'w>(&mut self, yes: &str, others: impl Iterator<Item = &'w str>) {
        if words::required(yes).is_some() {
            return;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in others.filter(|word| *word != yes && words::required(word).is_none()) {
            *counts.entry(word).or_default() += 1;
        }
        let no = counts.into_iter().max_by_key(|(_, count)| *count);
        self.required.extend(no.map(|(word, _)| word.to_owned()));
        self.required.insert(yes.to_owned());
        self.yes = Some(yes.to_owned());
    }

    pub(crate) fn is_required_word(&self, word: &str) -> bool {
        words::required(word).is_some() || self.required.contains(word)
    }

    /// Judges whether a name, a type and a description are a row of a table without the column Required.
    pub(crate) fn judge(&self, name: &str, type_text: &str, description: &str) -> Verdict {
        if self.keys.contains(bare_name(name)) {
            return Verdict::Row;
        }
        let Some(of) = type_of(type_text) else {
            return Verdict::Text;
        };
        let is_capitalized = name.starts_with(|c: char| c.is_ascii_uppercase());
        let TypeRef::Named(type_name) = &of else {
            // Almost all documented names begin with a capital. Names in code and JSON samples do not.
            return match is_capitalized {
                true if is_article(name) => Verdict::DoubtfulText,
                true => Verdict::Row,
                false
                    if is_compound(name)
                        || name.contains(|c: char| c.is_ascii_digit() || c == '_') =>
                {
                    Verdict::DoubtfulRow
                }
                false if description.starts_with(|c: char| c.is_uppercase() || !c.is_ascii()) => {
                    Verdict::DoubtfulText
                }
                false => Verdict::Text,
            };
        };
        if begins_sentence(name) || !is_capitalized || name.contains('_') && is_all_caps(name) {
            return Verdict::Text;
        }
        if self.types.contains(type_name) {
            return Verdict::Row;
        }
        if is_all_caps(name) && is_all_caps(type_name) {
            return Verdict::Text;
        }
        // `SMALL Small box` is a value and its meaning, because no example contains the name.
        if !is_compound(type_name)
            && (is_all_caps(name) || !self.keys.is_empty())
            && !self.all_types
        {
            return Verdict::DoubtfulText;
        }
        // A type that is not in the complete list can be prose, or its definition can be missing.
        let row = if self.all_types {
            Verdict::DoubtfulRow
        } else {
            Verdict::Row
        };
        if are_related(name, type_name) || is_compound(type_name) {
            return row;
        }
        if self.all_types {
            return Verdict::Text;
        }
        // Two words without other evidence.
        match description.chars().next() {
            Some(first) if !first.is_ascii() => Verdict::DoubtfulRow,
            Some(first) if first.is_ascii_uppercase() && is_common_name(name) => {
                Verdict::DoubtfulRow
            }
            Some(first) if !first.is_ascii_uppercase() => Verdict::Text,
            _ if is_compound(name) => Verdict::DoubtfulText,
            _ => Verdict::Text,
        }
    }
}

/// Whether one name is part of the other, as in `Placement Placement` and `Task TaskInfo`.
fn are_related(name: &str, type_name: &str) -> bool {
    let (name, type_name) = (name.to_ascii_lowercase(), type_name.to_ascii_lowercase());
    let singular = name.strip_suffix('s').unwrap_or(&name);
    type_name.contains(singular) || name.contains(type_name.strip_suffix('s').unwrap_or(&type_name))
}

fn is_all_caps(name: &str) -> bool {
    name.len() > 1 && !name.contains(|c: char| c.is_ascii_lowercase())
}

/// Whether many responses use this name for their single field.
fn is_common_name(name: &str) -> bool {
    matches!(
        name,
        "Data"
            | "Result"
            | "Results"
            | "Info"
            | "Detail"
            | "Response"
            | "Usage"
            | "Output"
            | "Price"
    )
}

/// Whether a name begins with a capital, like almost all documented names, and begins no sentence.
pub(crate) fn is_usual_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase()) && !begins_sentence(name)
}

/// Whether a word often begins sentences and is not a parameter name.
fn begins_sentence(word: &str) -> bool {
    matches!(
        word,
        "A" | "All"
            | "An"
            | "And"
            | "Any"
            | "As"
            | "At"
            | "Both"
            | "But"
            | "By"
            | "Can"
            | "Currently"
            | "Does"
            | "Each"
            | "Either"
            | "Enter"
            | "Example"
            | "For"
            | "From"
            | "Has"
            | "Here"
            | "How"
            | "If"
            | "In"
            | "Indicates"
            | "Is"
            | "It"
            | "Its"
            | "Must"
            | "No"
            | "Not"
            | "Note"
            | "Notes"
            | "Now"
            | "Of"
            | "On"
            | "Once"
            | "Only"
            | "Or"
            | "Other"
            | "Others"
            | "Otherwise"
            | "Outside"
            | "Please"
            | "See"
            | "Since"
            | "Some"
            | "Such"
            | "Supported"
            | "Supports"
            | "That"
            | "The"
            | "Then"
            | "There"
            | "These"
            | "They"
            | "This"
            | "Those"
            | "To"
            | "Under"
            | "Unless"
            | "Use"
            | "Used"
            | "Via"
            | "When"
            | "Where"
            | "Whether"
            | "Which"
            | "While"
            | "With"
            | "Without"
            | "You"
            | "Your"
    )
}

/// Whether a word precedes nouns and is not a parameter name, even before a type.
fn is_article(word: &str) -> bool {
    matches!(
        word,
        "A" | "An"
            | "And"
            | "Each"
            | "Either"
            | "For"
            | "If"
            | "In"
            | "It"
            | "No"
            | "Not"
            | "Of"
            | "On"
            | "Or"
            | "The"
            | "This"
            | "When"
            | "Whether"
            | "Which"
            | "With"
    )
}
