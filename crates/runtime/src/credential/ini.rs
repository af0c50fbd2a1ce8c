use std::collections::HashMap;

/// Sections of an ini file by name.
pub(super) type Sections<'a> = HashMap<&'a str, Vec<Entry<'a>>>;

/// Value with its key and line number.
pub(super) struct Entry<'a> {
    key: &'a str,
    pub(super) value: &'a str,
    pub(super) line: usize,
}

/// Reads an ini file.
///
/// A line is empty, a comment that begins with `#` or `;`, a `[section]` or `key = value`. A value may be in single or
/// double quotes. A comment may follow it after a space.
///
/// The error has the line number and the problem. It does not quote the line, which may contain a secret.
pub(super) fn read(text: &str) -> Result<Sections<'_>, String> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut sections = Sections::new();
    let mut section = None;
    for (line, text) in (1..).zip(text.lines()) {
        let failed = |problem: &str| format!("line {line}: {problem}");
        let text = text.trim();
        if is_blank(text) {
            continue;
        }
        if let Some(text) = text.strip_prefix('[') {
            let name = text.split_once(']');
            let (name, rest) = name.ok_or_else(|| failed("missing `]`"))?;
            if !is_blank(rest) {
                return Err(failed("unexpected text after `]`"));
            }
            section = Some(sections.entry(name.trim()).or_default());
            continue;
        }
        let (key, value) = text
            .split_once('=')
            .ok_or_else(|| failed("expected `[section]`, `key = value` or a comment"))?;
        let Some(entries) = &mut section else {
            return Err(failed("entry before the first `[section]`"));
        };
        let (key, value) = (key.trim(), value_of(value.trim()).map_err(failed)?);
        if get(entries, key).is_some() {
            return Err(failed("duplicate key in the section"));
        }
        entries.push(Entry { key, value, line });
    }
    Ok(sections)
}

/// Returns the entry with this key, which is not case-sensitive.
pub(super) fn get<'e, 'a>(section: &'e [Entry<'a>], key: &str) -> Option<&'e Entry<'a>> {
    let mut entries = section.iter();
    entries.find(|entry| entry.key.eq_ignore_ascii_case(key))
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

    #[track_caller]
    fn value<'a>(ini: &Sections<'a>, section: &str, key: &str) -> Option<(&'a str, usize)> {
        get(ini.get(section)?, key).map(|entry| (entry.value, entry.line))
    }

    #[test]
    fn common_spellings_are_read() {
        let ini = read(
            "\u{FEFF}# a comment\r\n[default]\r\nsecret_id=AKID\r\n  SECRET_KEY\t=  a=b#c;d  ; mine\r\n\r\n\
             [ other ] # another\r\ntoken = \"x # y\" # z\r\nname = 'n'\r\nempty =\r\nnone = # nothing\r\n[default]\r\nmore = 1",
        )
        .unwrap();
        assert_eq!(value(&ini, "default", "secret_id"), Some(("AKID", 3)));
        assert_eq!(value(&ini, "default", "secret_key"), Some(("a=b#c;d", 4)));
        assert_eq!(value(&ini, "default", "more"), Some(("1", 12)));
        assert_eq!(value(&ini, "other", "token"), Some(("x # y", 7)));
        assert_eq!(value(&ini, "other", "name"), Some(("n", 8)));
        assert_eq!(value(&ini, "other", "empty"), Some(("", 9)));
        assert_eq!(value(&ini, "other", "none"), Some(("", 10)));
        assert_eq!(value(&ini, "other", "secret_id"), None);
        assert!(ini.contains_key("other") && !ini.contains_key("third"));
    }

    #[test]
    fn error_has_the_line_number_and_no_content() {
        for (text, problem) in [
            ("planted = 1", "line 1: entry before the first `[section]`"),
            ("[planted", "line 1: missing `]`"),
            ("[a] planted", "line 1: unexpected text after `]`"),
            (
                "[a]\n\nplanted",
                "line 3: expected `[section]`, `key = value` or a comment",
            ),
            ("[a]\nb = \"planted", "line 2: missing closing quote"),
            (
                "[a]\nb = \"x\" planted",
                "line 2: unexpected text after the closing quote",
            ),
            (
                "[a]\nb = 1\nB = planted",
                "line 3: duplicate key in the section",
            ),
        ] {
            let error = read(text).err().unwrap();
            assert_eq!(error, problem);
        }
    }
}
