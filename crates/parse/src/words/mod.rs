//! The words of pages, in all known languages.
//!
//! Only this module knows languages, with one table per topic. A new phrase is one line of a table, and one line of the
//! test beside it. If a page has none of these words, the contents of its tables identify them.
//!
//! All tables are in lower case.

mod common;
mod examples;
mod heads;
mod notes;
mod rates;
mod sections;
mod site;
mod structures;

pub(crate) use common::{RegionWords, is_deprecated, region};
pub(crate) use examples::{Part, example_part, example_title, is_example_description};
pub(crate) use heads::{Role, has_glued_head, is_head, joined_head, required, role};
pub(crate) use notes::{
    NOTE_FOLLOWING, NOTE_REASONS, ending_of_null, ends_sentences, note_start, says_never,
    says_possible, starts_of_notes,
};
pub(crate) use rates::{foreign_rate, mentions_rate, rate, without_rate};
pub(crate) use sections::{
    Section, announces_errors, is_common_parameters, says_no_errors, section,
};
pub(crate) use site::{is_advertisement, is_domain_label, is_parameters_sentence, is_site_footer};
pub(crate) use structures::{is_data_types, is_list_of_actions, is_used_by};

/// Whether a text is this phrase of a table.
#[inline]
fn is(text: &str, phrase: &str) -> bool {
    // The first checks exclude most texts without an allocation.
    text.len() == phrase.len() && may_begin(text, phrase) && is_same(text, phrase)
}

fn is_same(text: &str, phrase: &str) -> bool {
    // Besides ASCII, only two-byte letters have capitals.
    let has_capitals = || phrase.bytes().any(|byte| (0xc3..0xe0).contains(&byte));
    text.eq_ignore_ascii_case(phrase)
        || !text.is_ascii() && has_capitals() && text.to_lowercase() == phrase
}

/// Whether a text can begin with a phrase, by its first byte. In some alphabets, capitals have another one.
#[inline]
fn may_begin(text: &str, phrase: &str) -> bool {
    match (text.as_bytes().first(), phrase.as_bytes().first()) {
        (Some(first), Some(wanted)) if first.is_ascii() => first.to_ascii_lowercase() == *wanted,
        (Some(first), Some(wanted)) => first == wanted || (0xc3..0xe0).contains(wanted),
        _ => false,
    }
}

/// Whether a text contains a phrase of a table in any case.
fn contains_any(text: &str, phrases: &[&str]) -> bool {
    let text = text.to_lowercase();
    phrases.iter().any(|phrase| text.contains(phrase))
}

/// Returns the rest of a text that begins with a phrase of a table.
#[inline]
fn strip_phrase<'t>(text: &'t str, phrase: &str) -> Option<&'t str> {
    if !may_begin(text, phrase) {
        return None;
    }
    let (begin, rest) = text.split_at_checked(phrase.len())?;
    is_same(begin, phrase).then_some(rest)
}

/// Whether a line can begin with a word, as headings do; JSON, queries and tags begin with punctuation.
fn begins_word(line: &str) -> bool {
    line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '_' | '`' | ' '))
}

/// A table of phrases and their meanings, sorted by first letter for speed: most lines are looked up in several tables.
struct Phrases<K: 'static>(Vec<(char, &'static str, K)>);

impl<K: Copy> Phrases<K> {
    fn of(table: &[(&'static str, K)]) -> Self {
        let entry = |(phrase, meaning): &(&'static str, K)| {
            Some((phrase.chars().next()?, *phrase, *meaning))
        };
        let mut entries: Vec<_> = table.iter().filter_map(entry).collect();
        entries.sort_by_key(|(letter, ..)| *letter);
        Phrases(entries)
    }

    /// Returns each phrase with which a text begins, with its meaning and the rest of the text.
    fn prefixes<'t>(&self, text: &'t str) -> impl Iterator<Item = (&'static str, K, &'t str)> {
        let first = text.chars().next().map(small);
        let from = self
            .0
            .partition_point(|(letter, ..)| first.is_some_and(|first| *letter < first));
        self.0[from..]
            .iter()
            .take_while(move |(letter, ..)| Some(*letter) == first)
            .filter_map(move |(_, phrase, meaning)| {
                Some((*phrase, *meaning, strip_phrase(text, phrase)?))
            })
    }

    /// Returns the meaning of a text that is a phrase.
    fn get(&self, text: &str) -> Option<K> {
        self.prefixes(text)
            .find(|(.., rest)| rest.is_empty())
            .map(|(_, meaning, _)| meaning)
    }

    /// Takes the longest phrase from the beginning of a text. Returns its meaning and the rest.
    ///
    /// In languages with alphabets, a word must end where the phrase ends.
    fn take<'t>(&self, text: &'t str) -> Option<(K, &'t str)> {
        let joins =
            |letter: Option<char>| letter.is_some_and(|c| c.is_alphabetic() && c < '\u{1100}');
        self.prefixes(text)
            .filter(|(phrase, _, rest)| {
                !(joins(phrase.chars().next_back()) && joins(rest.chars().next()))
            })
            .map(|(_, meaning, rest)| (meaning, rest))
            .min_by_key(|(_, rest)| rest.len())
    }
}

/// Returns the small form of a letter.
fn small(letter: char) -> char {
    match letter.is_ascii() {
        true => letter.to_ascii_lowercase(),
        false => letter.to_lowercase().next().unwrap_or(letter),
    }
}

/// Splits a title such as `3. Output Parameters` after its number. `示例1 标题` has none.
pub(crate) fn numbered(line: &str) -> (Option<u32>, &str) {
    let (number, rest) = digits(line);
    let rest = rest
        .trim_start_matches(['.', '、', ')', '．', '）'])
        .trim_start();
    match number {
        Some(number) if !rest.is_empty() => (Some(number), rest),
        _ => (None, line),
    }
}

/// Parses the number at the beginning of a text, in half- or full-width digits, and returns the rest.
fn digits(text: &str) -> (Option<u32>, &str) {
    let mut number: Option<u32> = None;
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let digit = match letter {
            '0'..='9' => u32::from(letter) - u32::from('0'),
            '０'..='９' => u32::from(letter) - u32::from('０'),
            _ => break,
        };
        let Some(value) = number
            .unwrap_or(0)
            .checked_mul(10)
            .and_then(|n| n.checked_add(digit))
        else {
            return (None, text);
        };
        number = Some(value);
        rest = &rest[letter.len_utf8()..];
    }
    (number, rest)
}

/// Removes the Markdown markup around a name.
pub(crate) fn unmarked(text: &str) -> &str {
    text.trim().trim_matches(['*', '`'])
}

/// Removes the Markdown markup around a title.
pub(crate) fn plain(text: &str) -> &str {
    text.trim()
        .trim_matches(['*', '_', '`'])
        .trim_end_matches([':', '：'])
        .trim()
}
