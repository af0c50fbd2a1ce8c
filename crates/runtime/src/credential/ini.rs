use std::collections::HashMap;

/// The sections of an ini file, by their names.
pub(super) type Sections<'a> = HashMap<&'a str, Vec<Entry<'a>>>;

/// A value, its key and its line.
pub(super) struct Entry<'a> {
    key: &'a str,
    pub(super) value: &'a str,
    pub(super) line: usize,
}

/// Reads an ini file.
///
/// A line is empty, a comment that begins with `#` or `;`, a `[section]` or `key = value`. A value may be in quotation
/// marks of either kind; a comment may follow it after a space.
///
/// The error has the line and what is wrong with it, and quotes nothing of it: there may be a misplaced secret.
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
            let (name, rest) = name.ok_or_else(|| failed("a `]` is missing"))?;
            if !is_blank(rest) {
                return Err(failed("there is text after the section's `]`"));
            }
            section = Some(sections.entry(name.trim()).or_default());
            continue;
        }
        let (key, value) = text
            .split_once('=')
            .ok_or_else(|| failed("it is not a `[section]`, a `key = value` or a comment"))?;
        let Some(entries) = &mut section else {
            return Err(failed("it is not in a section"));
        };
        let (key, value) = (key.trim(), value_of(value.trim()).map_err(failed)?);
        if get(entries, key).is_some() {
            return Err(failed("the section has this key twice"));
        }
        entries.push(Entry { key, value, line });
    }
    Ok(sections)
}

/// The entry of a section with this key, in upper or lower case.
pub(super) fn get<'e, 'a>(section: &'e [Entry<'a>], key: &str) -> Option<&'e Entry<'a>> {
    let mut entries = section.iter();
    entries.find(|entry| entry.key.eq_ignore_ascii_case(key))
}

/// Whether a line, or the rest of one, is empty or a comment.
fn is_blank(text: &str) -> bool {
    let text = text.trim_start();
    text.is_empty() || text.starts_with(['#', ';'])
}

/// The value, without quotation marks and without the comment after it.
fn value_of(text: &str) -> Result<&str, &'static str> {
    if let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) {
        let (value, rest) = text[1..]
            .split_once(quote)
            .ok_or("a quotation mark is missing")?;
        if !is_blank(rest) {
            return Err("there is text after the value's quotation mark");
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
            ("planted = 1", "line 1: it is not in a section"),
            ("[planted", "line 1: a `]` is missing"),
            (
                "[a] planted",
                "line 1: there is text after the section's `]`",
            ),
            (
                "[a]\n\nplanted",
                "line 3: it is not a `[section]`, a `key = value` or a comment",
            ),
            ("[a]\nb = \"planted", "line 2: a quotation mark is missing"),
            (
                "[a]\nb = \"x\" planted",
                "line 2: there is text after the value's quotation mark",
            ),
            (
                "[a]\nb = 1\nB = planted",
                "line 3: the section has this key twice",
            ),
        ] {
            let error = read(text).err().unwrap();
            assert_eq!(error, problem);
        }
    }
}
