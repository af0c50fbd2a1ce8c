//! Enumerated values in descriptions.

mod words;

use words::{INTRODUCTIONS, NOT_VALUES, OR, PARTIAL_LISTS, SEPARATORS, VERBS};

use crate::{Field, TypeRef};

/// Maximum length of a description that is searched, in bytes.
const MAX_TEXT: usize = 10_000;

/// Maximum length of a value, in bytes.
const MAX_VALUE: usize = 64;

impl Field {
    /// Returns the values that the description enumerates, or nothing if it is unclear. At least two values must follow
    /// "Valid values:" or a similar phrase, be code joined by "or", or each have a meaning. The service may accept
    /// other values too.
    pub fn listed_values(&self) -> Vec<&str> {
        let is_number = match self.type_ref.element() {
            TypeRef::String => false,
            TypeRef::Integer => true,
            _ => return Vec::new(),
        };
        let text = &self.description;
        if text.len() > MAX_TEXT {
            return Vec::new();
        }
        let fits = |values: &Vec<&str>| {
            !is_number || values.iter().all(|value| value.parse::<i64>().is_ok())
        };
        let mut colons = text.match_indices([':', '：']);
        let listed = colons.find_map(|(at, colon)| {
            let rest = &text[at + colon.len()..];
            match is_introduction(&text[..at]) {
                true => one_per_line(rest).or_else(|| in_sentence(rest, false)),
                false => in_sentence(rest, true),
            }
            .filter(fits)
        });
        let listed = listed.or_else(|| code_lines(text).filter(fits));
        listed.or_else(|| numbers(text)).unwrap_or_default()
    }
}

/// A value in a list.
struct Item<'t> {
    value: &'t str,
    is_code: bool,
    /// Whether a meaning follows; `None` if it is in parentheses, where it cannot be mistaken for a value.
    has_meaning: Option<bool>,
}

fn is_introduction(before: &str) -> bool {
    let line = before.lines().next_back().unwrap_or_default();
    let mut line = line.trim_end().to_lowercase();
    for verb in VERBS {
        if let Some(rest) = line.strip_suffix(verb) {
            line.truncate(rest.len());
        }
    }
    let ends_with = |end: &&str| {
        let before = line.strip_suffix(*end);
        before.is_some_and(|before| !before.ends_with(|c: char| c.is_ascii_alphanumeric()))
    };
    INTRODUCTIONS.iter().any(ends_with) && !PARTIAL_LISTS.iter().any(ends_with)
}

/// Reads values, one per line, after the line that introduces them.
fn one_per_line(text: &str) -> Option<Vec<&str>> {
    let (rest, lines) = text.split_once('\n')?;
    if !rest.trim_matches(is_end).is_empty() {
        return None;
    }
    let lines = lines.lines().map(str::trim).filter(|line| !line.is_empty());
    let items = lines.map_while(|line| {
        let line = line.trim_start_matches(['-', '*', '•', '·']);
        item(line.trim_matches(is_end))
    });
    list_values(items.collect())
}

/// Reads values that are code at the start of consecutive lines. Each has a meaning.
fn code_lines(text: &str) -> Option<Vec<&str>> {
    let lines = text.lines().skip_while(|line| code_line(line).is_none());
    list_values(lines.map_while(code_line).collect())
}

fn code_line(line: &str) -> Option<Item<'_>> {
    let line = line.trim().trim_start_matches(['-', '*', '•', '·']);
    item(line).filter(|item| item.is_code && item.has_meaning == Some(true))
}

/// Reads values in one sentence. If `is_code`, they must be code, joined by an "or".
fn in_sentence(text: &str, is_code: bool) -> Option<Vec<&str>> {
    let text = sentence(joined_lines(text));
    if is_code && !OR.iter().any(|word| text.contains(word)) {
        return None;
    }
    let mut parts = split(text, &[";", "；"]);
    if parts.len() == 1 {
        parts = split(text, &SEPARATORS);
    }
    let parts = parts.into_iter().map(|part| {
        let part = part.trim();
        let joined = ["and ", "or "]
            .iter()
            .find_map(|word| part.strip_prefix(word));
        joined.unwrap_or(part)
    });
    // A comma before an "and".
    let parts = parts.filter(|part| !part.is_empty());
    let items: Option<Vec<Item<'_>>> = parts.map(item).collect();
    list_values(items.filter(|items| !is_code || items.iter().all(|item| item.is_code))?)
}

/// Returns the first line, and the lines that a comma or semicolon joins to it.
fn joined_lines(text: &str) -> &str {
    let ends = text.match_indices('\n').map(|(at, _)| at);
    let joins = |at: &usize| {
        text[..*at]
            .trim_end()
            .ends_with([',', ';', '，', '；', '、'])
    };
    let mut ends = ends.filter(|at| !joins(at));
    let end = ends.next();
    &text[..end.unwrap_or(text.len())]
}

/// Returns the first sentence. A dot in parentheses or within a word does not end it.
fn sentence(text: &str) -> &str {
    let mut depth = 0_usize;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let is_last = characters
            .peek()
            .is_none_or(|(_, next)| next.is_whitespace());
        match character {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            '。' if depth == 0 => return &text[..at],
            '.' if depth == 0 && is_last => return &text[..at],
            _ => {}
        }
    }
    text
}

/// Splits a text at separators that are not in parentheses or in code.
fn split<'t>(text: &'t str, separators: &[&str]) -> Vec<&'t str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut is_code) = (0, 0_usize, false);
    for (at, character) in text.char_indices() {
        match character {
            '`' => is_code = !is_code,
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > 0 || is_code || at < start {
            continue;
        }
        let mut found = separators.iter();
        if let Some(separator) = found.find(|separator| text[at..].starts_with(**separator)) {
            parts.push(&text[start..at]);
            start = at + separator.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Reads a value with its meaning, which follows a colon or a dash, or is in parentheses.
fn item(text: &str) -> Option<Item<'_>> {
    let text = text.trim();
    let quote = text.chars().next().filter(|c| matches!(c, '`' | '"' | '“'));
    let (value, rest) = match quote {
        Some('“') => text['“'.len_utf8()..].split_once('”')?,
        Some(quote) => text[1..].split_once(quote)?,
        None => text.split_at(text.find(|c| !is_value_char(c)).unwrap_or(text.len())),
    };
    let rest = rest.trim_start();
    let has_meaning = match rest.chars().next() {
        None => Some(false),
        Some(':' | '：' | '=' | '-' | '–' | '—') => Some(true),
        Some('(' | '（') if rest.ends_with([')', '）']) => None,
        Some(_) => return None,
    };
    let is_value = match quote {
        Some(_) => !value.trim().is_empty() && !value.contains('\n'),
        None => {
            value.contains(|c: char| c.is_ascii_alphanumeric())
                && !value.contains("..")
                && !is_range(value)
                && !NOT_VALUES
                    .iter()
                    .any(|word| value.eq_ignore_ascii_case(word))
        }
    };
    let item = Item {
        value,
        is_code: quote == Some('`'),
        has_meaning,
    };
    (is_value && value.len() <= MAX_VALUE).then_some(item)
}

/// Whether a value without quotes may contain the character.
fn is_value_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+')
}

/// Whether a text is a range, such as `1-100`.
fn is_range(text: &str) -> bool {
    let ends = text.trim_start_matches('-').split_once('-');
    let is_number = |text: &str| text.parse::<f64>().is_ok();
    ends.is_some_and(|(from, to)| is_number(from) && is_number(to))
}

fn is_end(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '.' | '，' | '；' | '。')
}

/// Returns the values of a list. If only some have a meaning, a meaning was mistaken for a value, so it is not a list.
fn list_values(items: Vec<Item<'_>>) -> Option<Vec<&str>> {
    let have = |meaning| items.iter().any(|item| item.has_meaning == Some(meaning));
    let is_list = !(have(true) && have(false));
    is_list.then(|| distinct(items.iter().map(|item| item.value)))?
}

/// Returns values without duplicates, if there are at least two.
fn distinct<'t>(values: impl Iterator<Item = &'t str>) -> Option<Vec<&'t str>> {
    let mut found = Vec::new();
    for value in values {
        if !found.contains(&value) {
            found.push(value);
        }
    }
    (found.len() > 1).then_some(found)
}

/// Returns numbers with a meaning each, as in "0: off, 1: on", anywhere in a text.
fn numbers(text: &str) -> Option<Vec<&str>> {
    let starts = text.char_indices().filter(|(at, character)| {
        let before = text[..*at].trim_end_matches([' ', '`']).chars().next_back();
        let is_start = before.is_none_or(|before| ".,;:(\n。，；：（、".contains(before));
        is_start && (character.is_ascii_digit() || *character == '-')
    });
    let values = starts.filter_map(|(at, _)| {
        let length = text[at..].find(|c: char| !(c.is_ascii_digit() || c == '-'));
        let (value, rest) = text[at..].split_at(length?);
        let rest = rest.trim_start_matches(['`', ' ']);
        let meaning = rest
            .strip_prefix([':', '：'])
            .or_else(|| rest.strip_prefix("- "))?;
        let is_meaning = !meaning
            .trim_start()
            .starts_with(|c: char| c.is_ascii_digit());
        (value.parse::<i32>().is_ok() && is_meaning).then_some(value)
    });
    distinct(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(type_text: &str, description: &str, values: &[&str]) {
        let field = serde_json::json!({"name": "X", "type": type_text, "description": description});
        let field: Field = serde_json::from_value(field).expect("a field");
        assert_eq!(field.listed_values(), values, "{description}");
    }

    #[test]
    fn introduced_values_are_listed() {
        for (description, values) in [
            (
                "Type. Valid values: SYSTEM and CUSTOMIZE.",
                &["SYSTEM", "CUSTOMIZE"][..],
            ),
            (
                "Type. Valid values: `A` (one, of them), `B` (two).",
                &["A", "B"],
            ),
            (
                "Type. Values: `A`, `B`, and `C`.\nNote: it may be null.",
                &["A", "B", "C"],
            ),
            ("Values: `A` (default),\n`B`.", &["A", "B"]),
            ("Valid values:\n1 = one\n2 = two", &["1", "2"]),
            (
                "Possible values are: a.b, c-d | e_f",
                &["a.b", "c-d", "e_f"],
            ),
            ("Enumeration value: ipv4, ipv6", &["ipv4", "ipv6"]),
            (
                "Valid values:\n- iOS;\n- Android.\nDefault: iOS",
                &["iOS", "Android"],
            ),
            (
                "Value range:\nAUTO: renews\nMANUAL: does not\nIf AUTO, it renews.",
                &["AUTO", "MANUAL"],
            ),
            ("类型。取值：A、B 或 C。", &["A", "B", "C"]),
            (
                "Valid values: \"one two\" or \"three\"",
                &["one two", "three"],
            ),
            (
                "Valid values: on: it runs, off: it does not",
                &["on", "off"],
            ),
        ] {
            check("String", description, values);
            check("Array of String", description, values);
            check("Boolean", description, &[]);
        }
    }

    #[test]
    fn alternatives_in_code_are_listed() {
        check(
            "String",
            "Whether it may leave: `Allow` or `Denied`.",
            &["Allow", "Denied"],
        );
        check("String", "See also: `Offset`, `Limit`.", &[]);
        check("String", "How.\n`A`: one\n- `B`: two\nAll.", &["A", "B"]);
        check("String", "How.\n`A`: one\nAnd:\n`B`: two", &[]);
    }

    #[test]
    fn numbers_with_meanings_are_listed() {
        for (description, values) in [
            (
                "Valid values: 0 - none; 1 - starting, or so; 2 - done.",
                &["0", "1", "2"][..],
            ),
            ("Direction. 0: out; 1: in. 1 by default", &["0", "1"]),
            ("Flag. 1: renews. -1: does not", &["1", "-1"]),
            ("Status.\n`0`: none\n`1`: all", &["0", "1"]),
            (
                "valid values: 0 (cos to file system), 1 (back).",
                &["0", "1"],
            ),
        ] {
            check("Integer", description, values);
        }
        check("String", "Mode. 1: password, 2: time", &["1", "2"]);
    }

    #[test]
    fn unclear_values_are_not_listed() {
        for description in [
            "",
            "Value range: 0-100",
            "Valid values: 1-100, 200-300",
            "Value range: [1, 3600]",
            "Valid values: {min,5min}",
            "Valid values: 1, 2, ..., 12",
            "Valid values: cvm, clb, etc.",
            "Valid values: domain names and addresses",
            "Valid values: ON: all and nothing, OFF: nothing",
            "Valid values: ON",
            "Valid values: flood, icmpFlood..., all",
            "Default values: ON, OFF",
            "At 10:30, or 11:45: never",
            "Note that no valid values can be obtained.",
            "Valid values: `A",
            "Valid values:",
            "Valid values:\n",
            ":：",
        ] {
            check("String", description, &[]);
            check("Integer", description, &[]);
        }
        check("Integer", "Valid values: ON, OFF", &[]);
        check("String", &"a: b (c, ".repeat(1_000_000), &[]);
        check("String", &"a: b or (c, ".repeat(MAX_TEXT / 12), &[]);
    }
}
