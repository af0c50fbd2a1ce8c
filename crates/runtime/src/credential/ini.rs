use zeroize::Zeroizing;

use super::section::{Entry, Section, is_same};

/// Parses an ini file and returns the sections with their names. `file` is the name of the file in errors.
///
/// A line is empty, a comment that begins with `#` or `;`, a `[section]` or `key = value`. A value may be in single or
/// double quotes. A comment may follow it after a space. A repeated section, or a repeated
/// key in a section, is an error.
///
/// The error has the line number and the problem. It does not quote the line, which may contain a secret.
pub(super) fn read(file: &str, text: &str) -> Result<Vec<(String, Section)>, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut sections = Vec::<(String, Section)>::new();
    for (line, text) in (1..).zip(text.lines()) {
        let place = format!("{file}, line {line}");
        let failed = |problem: &str| format!("{place}: {problem}");
        let text = text.trim();
        if is_blank(text) {
            continue;
        }
        if let Some(text) = text.strip_prefix('[') {
            let name = text.split_once(']');
            let (name, rest) = name.ok_or_else(|| failed("missing `]`"))?;
            let name = name.trim().to_owned();
            if !is_blank(rest) {
                return Err(failed("unexpected text after `]`"));
            }
            if sections.iter().any(|(known, _)| *known == name) {
                return Err(failed("duplicate section"));
            }
            let section = Section {
                place: format!("{place}: `[{name}]`"),
                entries: Vec::new(),
            };
            sections.push((name, section));
            continue;
        }
        let (key, value) = text
            .split_once('=')
            .ok_or_else(|| failed("expected `[section]`, `key = value` or a comment"))?;
        let Some((_, section)) = sections.last_mut() else {
            return Err(failed("entry before the first `[section]`"));
        };
        let (key, value) = (key.trim(), value_of(value.trim()).map_err(failed)?);
        if section.entries.iter().any(|entry| is_same(&entry.key, key)) {
            return Err(failed("duplicate key in the section"));
        }
        section.entries.push(Entry {
            key: key.to_owned(),
            value: Zeroizing::new(value.to_owned()),
            place,
        });
    }
    Ok(sections)
}

/// Returns whether the rest of a line is empty or a comment.
fn is_blank(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with(['#', ';'])
}

/// Returns the value without quotes and without the comment after it.
fn value_of(text: &str) -> Result<&str, &'static str> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let (value, rest) = text[1..].split_once(quote).ok_or("missing closing quote")?;
        if !is_blank(rest) {
            return Err("unexpected text after the closing quote");
        }
        return Ok(value);
    }
    if is_blank(text) {
        return Ok("");
    }
    let mut spaces = text.match_indices(char::is_whitespace);
    let comment = spaces.find(|(index, _)| is_blank(&text[*index..]));
    Ok(comment.map_or(text, |(index, _)| &text[..index]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the value and the place of an entry.
    fn value(ini: &[(String, Section)], section: &str, key: &str) -> Option<(String, String)> {
        let (_, section) = ini.iter().find(|(name, _)| name == section)?;
        let entry = section.get(key)?;
        Some((entry.value.to_string(), entry.place.clone()))
    }

    #[test]
    fn common_spellings_are_read() {
        let ini = read(
            "file",
            "\u{FEFF}# a comment\r\n[default]\r\nsecret_id=AKID\r\n  SECRET_KEY\t=  a=b#c;d  ; mine\r\n\r\n\
             [ other ] # another\r\ntoken = \"x # y\" # z\r\nname = 'n'\r\nempty =\r\nnone = # nothing\r\n",
        )
        .unwrap();
        for (section, key, expected, line) in [
            ("default", "secret_id", "AKID", 3),
            ("default", "secret_key", "a=b#c;d", 4),
            ("other", "token", "x # y", 7),
            ("other", "name", "n", 8),
            ("other", "empty", "", 9),
            ("other", "none", "", 10),
        ] {
            let (found, place) = value(&ini, section, key).unwrap();
            assert_eq!(
                (found.as_str(), place),
                (expected, format!("file, line {line}"))
            );
        }
        assert_eq!(value(&ini, "other", "secret_id"), None);
        assert_eq!(ini[1].1.place, "file, line 6: `[other]`");
    }

    #[test]
    fn error_has_the_line_number_and_no_content() {
        for (text, problem) in [
            ("planted = 1", "1: entry before the first `[section]`"),
            ("[planted", "1: missing `]`"),
            ("[a] planted", "1: unexpected text after `]`"),
            (
                "[a]\n\nplanted",
                "3: expected `[section]`, `key = value` or a comment",
            ),
            ("[a]\nb = \"planted", "2: missing closing quote"),
            (
                "[a]\nb = \"x\" planted",
                "2: unexpected text after the closing quote",
            ),
            (
                "[a]\nb_c = 1\nB-C = planted",
                "3: duplicate key in the section",
            ),
            ("[a]\n[b]\n[ a ]", "3: duplicate section"),
        ] {
            let error = read("file", text).err().unwrap();
            assert_eq!(error, format!("file, line {problem}"));
        }
    }
}
