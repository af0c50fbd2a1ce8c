//! Search in imported texts.

use std::collections::BTreeMap;

use super::described::Described;
use super::item::{item, numbered};
use super::table::{Reader, Table};
use super::{TextsError, words};

/// An action or data type whose descriptions contain the words of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextHit {
    /// The service.
    pub service: String,
    /// The version of the service.
    pub version: String,
    /// The action or data type.
    pub owner: TextOwner,
    /// The parameter or field whose description contains the most words; `None` if no description contains more words than
    /// that of the action or data type.
    pub field: Option<String>,
    /// The description.
    pub text: String,
}

/// Owner of descriptions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextOwner {
    /// An action.
    Action(String),
    /// A data type.
    Type(String),
}

/// Finds items that contain all words, the best hits first, then in the order of the file.
pub(super) fn search(table: &Table, query: &str, limit: usize) -> Result<Vec<TextHit>, TextsError> {
    let query = words::words(query);
    let mut reader = table.reader();
    // For each number, the count of words that are not in the item's own description.
    let mut found: Option<BTreeMap<u32, u32>> = None;
    for word in &query {
        let mut having: BTreeMap<u32, u32> = BTreeMap::new();
        let mut is_damaged = false;
        reader.each(&format!("w/{word}"), |_, numbers| {
            let mut last = 0_u32;
            for distance in numbers.split(' ') {
                let number = distance.parse().ok().and_then(|by| last.checked_add(by));
                let Some(number) = number else {
                    is_damaged = true;
                    return;
                };
                last = number;
                let elsewhere = having.entry(number / 2).or_insert(1);
                *elsewhere = (*elsewhere).min(number % 2);
            }
        })?;
        if is_damaged {
            return Err(table.damaged(format!("the word `{word}` cannot be read")));
        }
        found = Some(match found {
            None => having,
            Some(found) => {
                let both = having.into_iter().filter_map(|(number, elsewhere)| {
                    Some((number, elsewhere + found.get(&number)?))
                });
                both.collect()
            }
        });
    }
    let found = found.unwrap_or_default().into_iter();
    let mut found: Vec<(u32, u32)> = found.map(|(number, penalty)| (penalty, number)).collect();
    found.sort_unstable();
    found.truncate(limit);
    found
        .into_iter()
        .map(|(_, number)| hit(&mut reader, number, &query))
        .collect()
}

/// Reads the item with this number.
fn hit(reader: &mut Reader<'_>, number: u32, query: &[String]) -> Result<TextHit, TextsError> {
    let table = reader.table();
    let unknown = || table.damaged(format!("number {number} is unknown"));
    let key = reader
        .get(&numbered(number))?
        .ok_or_else(unknown)?
        .to_owned();
    let described: Described = item(reader, &key)?.ok_or_else(unknown)?;
    let mut parts = key.splitn(4, '/');
    let (Some(kind), Some(service), Some(version), Some(name)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(unknown());
    };
    let count = |text: &str| {
        let words = words::words(text);
        let is_in = |word: &&String| words.iter().any(|of| of.starts_with(word.as_str()));
        query.iter().filter(is_in).count()
    };
    let own = (count(&described.description), None, &described.description);
    let rows = described.rows();
    let rows = rows.map(|(name, text)| (count(text), Some(name), text));
    let (_, field, text) = rows.fold(own, |best, row| if row.0 > best.0 { row } else { best });
    Ok(TextHit {
        service: service.to_owned(),
        version: version.to_owned(),
        owner: match kind {
            "a" => TextOwner::Action(name.to_owned()),
            _ => TextOwner::Type(name.to_owned()),
        },
        field: field.cloned(),
        text: text.clone(),
    })
}
