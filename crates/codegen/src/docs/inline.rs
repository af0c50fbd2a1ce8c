//! One line of text as Markdown.

use serde_json::de::Deserializer;
use serde_json::value::Value;

/// The words of the Markdown that shows this text: a line may be broken between any two.
pub(super) fn convert(text: &str, site: &str) -> Vec<String> {
    let mut words = Words::default();
    text_into(text, site, &mut words);
    words.finish()
}

/// A word that shows the same at the start of a line, where Markdown looks for headings, lists, quotes and rules.
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

/// Code within text, between fences that are longer than all backticks in it.
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
        // Two pieces of code side by side would be one with odd fences.
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

/// Appends text, in which links, code, bold type and JSON are recognized.
fn text_into(text: &str, site: &str, words: &mut Words) {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        at += match c {
            '`' => code(rest, words),
            '[' => link(rest, site, words).or_else(|| json(rest, words)),
            '{' => json(rest, words),
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

/// Appends one character as itself.
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
        '&' => after.split_once(';').is_some_and(|(name, _)| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        }),
        // Two would be shown as one long one.
        '-' => next == Some('-') || previous == Some('-'),
        '!' => next == Some('['),
        _ => false,
    };
    if escape {
        words.word.push('\\');
    }
    words.word.push(c);
}

fn code(rest: &str, words: &mut Words) -> Option<usize> {
    let fence = rest.len() - rest.trim_start_matches('`').len();
    let inside = &rest[fence..];
    let end = inside.find(&rest[..fence])?;
    let code = inside[..end].trim();
    let closing = inside[end..].len() - inside[end..].trim_start_matches('`').len();
    if code.is_empty() || closing != fence {
        return None;
    }
    words.code(code);
    Some(end + 2 * fence)
}

/// A link in Markdown's notation. One that leads nowhere from here is shown as its text.
fn link(rest: &str, site: &str, words: &mut Words) -> Option<usize> {
    let text_end = closing(rest, '[', ']')?;
    let (text, target) = (&rest[1..text_end], &rest[text_end + 1..]);
    let target_end = closing(target, '(', ')')?;
    let end = text_end + 1 + target_end + 1;
    let target = target[1..target_end].trim();
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

/// Appends text in which nothing is recognized.
fn plain_into(text: &str, words: &mut Words) {
    for (at, c) in text.char_indices() {
        character(&text[..at], c, &text[at + c.len_utf8()..], words);
    }
}

/// Appends text in which only addresses are recognized.
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

/// How far away the end of a link's text or target is looked for.
const MAX_LINK: usize = 2000;

/// Where the bracket closes that the text starts with.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    if !text.starts_with(open) {
        return None;
    }
    let mut depth = 0usize;
    for (at, c) in text.char_indices().take(MAX_LINK) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// A URL that stands in the text.
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
    loop {
        url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_', '~']);
        let opened = url.matches('(').count();
        if url.ends_with(')') && url.matches(')').count() > opened {
            url = &url[..url.len() - 1];
        } else {
            break;
        }
    }
    if url.len() == scheme.len() {
        return None;
    }
    words.word.push_str(&format!("<{url}>"));
    Some(url.len())
}

/// Bold type: its asterisks are left out where Markdown would take them for text.
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

/// JSON that is an object or an array, as code.
fn json(rest: &str, words: &mut Words) -> Option<usize> {
    let mut values = Deserializer::from_str(rest).into_iter::<Value>();
    values.next()?.ok()?;
    let end = values.byte_offset();
    words.code(&rest[..end]);
    Some(end)
}
