//! Converts one line of text to Markdown.

use super::json::Json;
use super::spans::{Brackets, CodeSpans, backticks};

/// Returns the words of the Markdown for a text; lines may break between any two.
pub(super) fn convert(text: &str, site: &str) -> Vec<String> {
    let mut words = Words::default();
    text_into(text, site, &mut words);
    words.finish()
}

/// Escapes a word at the start of a line, where Markdown would read a heading, list, quote or rule.
pub(super) fn at_line_start(word: &str) -> String {
    let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let is_number = digits > 0 && matches!(&word[digits..], "." | ")");
    if is_number {
        return format!("{}\\{}", &word[..digits], &word[digits..]);
    }
    let is_mark = match word.chars().next() {
        Some('#') => word.trim_start_matches('#').is_empty(),
        Some('-') => word.trim_start_matches('-').is_empty(),
        Some('+') => word.len() == 1,
        Some('=') => word.trim_start_matches('=').is_empty(),
        Some('>') => true,
        _ => false,
    };
    if is_mark {
        format!("\\{word}")
    } else {
        word.to_owned()
    }
}

/// Formats code with fences longer than all backticks in it.
pub(super) fn code_span(code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if code.starts_with('`') || code.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{fence}{space}{code}{space}{fence}")
}

#[derive(Default)]
struct Words {
    words: Vec<String>,
    word: String,
}

impl Words {
    fn space(&mut self) {
        if !self.word.is_empty() {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn code(&mut self, code: &str) {
        // Adjacent code spans would merge into one.
        if self.word.ends_with('`') {
            self.space();
        }
        self.word.push_str(&code_span(code));
    }

    fn finish(mut self) -> Vec<String> {
        self.space();
        self.words
    }
}

/// Appends text, recognizing links, code, bold type and JSON.
fn text_into(text: &str, site: &str, words: &mut Words) {
    let spans = CodeSpans::of(text);
    let brackets = Brackets::of(text);
    let mut json = Json::of(text);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += match c {
            '`' => Some(code(rest, spans.end(at).map(|end| end - at), words)),
            '[' => link(text, at, &brackets, site, words)
                .or_else(|| json.value(rest).inspect(|end| words.code(&rest[..*end]))),
            '{' => json.value(rest).inspect(|end| words.code(&rest[..*end])),
            'h' | 'H' => url(&text[..at], rest, words),
            '*' => bold(&text[..at], rest, site, words),
            _ => None,
        }
        .unwrap_or_else(|| {
            character(&text[..at], c, &rest[c.len_utf8()..], words);
            c.len_utf8()
        });
    }
}

/// Appends one character, escaped.
fn character(before: &str, c: char, after: &str, words: &mut Words) {
    if c.is_whitespace() {
        words.space();
        return;
    }
    let previous = before.chars().next_back();
    let next = after.chars().next();
    let is_inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let escape = match c {
        '\\' | '`' | '*' | '[' | ']' | '<' | '|' | '~' => true,
        '_' => !(is_inner(previous) && is_inner(next)),
        '&' => is_entity(after),
        // Two hyphens would be shown as a dash.
        '-' => next == Some('-') || previous == Some('-'),
        '!' => next == Some('['),
        _ => false,
    };
    if escape {
        words.word.push('\\');
    }
    words.word.push(c);
}

/// The maximum length of an entity's name; the longest is `CounterClockwiseContourIntegral`.
const MAX_ENTITY: usize = 40;

/// Whether the text after an ampersand would make it an entity.
fn is_entity(after: &str) -> bool {
    let mut bytes = after.bytes().take(MAX_ENTITY);
    let length = bytes.position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#');
    length.is_some_and(|length| length > 0 && after[length..].starts_with(';'))
}

/// Appends the code span of `length` bytes, or the backticks as text. Returns the consumed length.
fn code(rest: &str, length: Option<usize>, words: &mut Words) -> usize {
    let run = backticks(rest);
    let length = length.filter(|length| !rest[run..length - run].trim().is_empty());
    match length {
        Some(length) => {
            words.code(rest[run..length - run].trim());
            length
        }
        None => {
            words.word.push_str(&"\\`".repeat(run));
            run
        }
    }
}

/// Parses a Markdown link. A link without an absolute target is shown as its text.
fn link(
    text: &str,
    at: usize,
    brackets: &Brackets,
    site: &str,
    words: &mut Words,
) -> Option<usize> {
    let text_end = brackets.end(at, MAX_LINK)?;
    if !text[text_end + 1..].starts_with('(') {
        return None;
    }
    let target_end = brackets.end(text_end + 1, MAX_LINK)?;
    let end = target_end + 1 - at;
    let target = text[text_end + 2..target_end].trim();
    let text = &text[at + 1..text_end];
    // A title may follow the target.
    let target = target.split_whitespace().next().unwrap_or_default();
    let target = if target.starts_with("//") {
        format!("https:{target}")
    } else if target.starts_with('/') {
        format!("{site}{target}")
    } else {
        target.to_owned()
    };
    let is_url = (target.starts_with("https://") || target.starts_with("http://"))
        && !target.contains(['<', '>', '\\', '`']);
    if text.trim().is_empty() {
        return is_url.then(|| {
            words.word.push_str(&format!("<{target}>"));
            end
        });
    }
    if !is_url {
        urls_into(text, words);
        return Some(end);
    }
    let mut inside = Words::default();
    plain_into(text, &mut inside);
    let text = inside.finish().join(" ");
    let link = if target.contains(['(', ')']) {
        format!("[{text}](<{target}>)")
    } else {
        format!("[{text}]({target})")
    };
    words.word.push_str(&link);
    Some(end)
}

/// Appends plain text.
fn plain_into(text: &str, words: &mut Words) {
    for (at, c) in text.char_indices() {
        character(&text[..at], c, &text[at + c.len_utf8()..], words);
    }
}

/// Appends text, recognizing only URLs.
fn urls_into(text: &str, words: &mut Words) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let taken = match c {
            'h' | 'H' => url(&text[..at], rest, words),
            _ => None,
        };
        at += taken.unwrap_or_else(|| {
            character(&text[..at], c, &rest[c.len_utf8()..], words);
            c.len_utf8()
        });
    }
}

/// The maximum length of a link's text or target.
const MAX_LINK: usize = 4000;

/// Finds a URL in the text.
fn url(before: &str, rest: &str, words: &mut Words) -> Option<usize> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| {
        rest.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })?;
    if before.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = rest
        .find(|c: char| !c.is_ascii_graphic() || "<>\"'`\\|^{}[]".contains(c))
        .unwrap_or(rest.len());
    let mut url = &rest[..end];
    let opened = url.matches('(').count();
    let mut closed = url.matches(')').count();
    loop {
        url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
        match url.strip_suffix(')') {
            Some(shorter) if closed > opened => url = shorter,
            _ => break,
        }
        closed -= 1;
    }
    if url.len() == scheme.len() {
        return None;
    }
    words.word.push_str(&format!("<{url}>"));
    Some(url.len())
}

/// Parses bold type. Drops asterisks that Markdown would show as text.
fn bold(before: &str, rest: &str, site: &str, words: &mut Words) -> Option<usize> {
    let inside = rest.strip_prefix("**")?;
    let end = inside.find("**")?;
    let text = inside[..end].trim();
    let after = &inside[end + 2..];
    if text.is_empty() || text.starts_with('*') || after.starts_with('*') {
        return None;
    }
    let is_open = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_markdown = (is_word(text.chars().next()) || is_open(before.chars().next_back()))
        && (is_word(text.chars().next_back()) || is_open(after.chars().next()));
    let marks = if is_markdown { "**" } else { "" };
    words.word.push_str(marks);
    text_into(text, site, words);
    words.word.push_str(marks);
    Some(end + 4)
}
