/// The sections of an ini file.
///
/// A line is empty, a comment that begins with `#` or `;`, a `[section]` or `key = value`. A value may be in quotation
/// marks of either kind; a comment may follow it after a space.
#[derive(Default)]
pub(super) struct Ini<'a> {
    sections: Vec<&'a str>,
    entries: Vec<Entry<'a>>,
}

/// A value, and its line.
pub(super) struct Entry<'a> {
    section: &'a str,
    key: &'a str,
    pub(super) value: &'a str,
    pub(super) line: usize,
}

impl<'a> Ini<'a> {
    /// Reads a file. The error has the line and what is wrong with it, and quotes nothing of it: there may be a
    /// misplaced secret.
    pub(super) fn read(text: &'a str) -> Result<Self, String> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut ini = Self::default();
        for (line, text) in (1..).zip(text.lines()) {
            ini.read_line(text.trim(), line)
                .map_err(|problem| format!("line {line}: {problem}"))?;
        }
        Ok(ini)
    }

    fn read_line(&mut self, text: &'a str, line: usize) -> Result<(), &'static str> {
        if is_blank(text) {
            return Ok(());
        }
        if let Some(text) = text.strip_prefix('[') {
            let (name, rest) = text.split_once(']').ok_or("a `]` is missing")?;
            if !is_blank(rest) {
                return Err("there is text after the section's `]`");
            }
            self.sections.push(name.trim());
            return Ok(());
        }
        let (key, value) = text
            .split_once('=')
            .ok_or("it is not a `[section]`, a `key = value` or a comment")?;
        let section = self.sections.last().ok_or("it is not in a section")?;
        let entry = Entry {
            section,
            key: key.trim(),
            value: value_of(value.trim())?,
            line,
        };
        if self.get(section, entry.key).is_some() {
            return Err("the section has this key twice");
        }
        self.entries.push(entry);
        Ok(())
    }

    pub(super) fn has_section(&self, name: &str) -> bool {
        self.sections.contains(&name)
    }

    /// The entry of a section with this key, in upper or lower case.
    pub(super) fn get(&self, section: &str, key: &str) -> Option<&Entry<'a>> {
        self.entries
            .iter()
            .find(|entry| entry.section == section && entry.key.eq_ignore_ascii_case(key))
    }
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
    fn value<'a>(ini: &'a Ini<'_>, section: &str, key: &str) -> Option<(&'a str, usize)> {
        ini.get(section, key).map(|entry| (entry.value, entry.line))
    }

    #[test]
    fn common_spellings_are_read() {
        let ini = Ini::read(
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
        assert!(ini.has_section("other") && !ini.has_section("third"));
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
            let error = Ini::read(text).err().unwrap();
            assert_eq!(error, problem);
        }
    }
}
