//! Literals of strings.

/// Whether literals show a character unescaped. They escape control characters, and invisible characters, which could make
/// different texts look the same.
pub(crate) fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Returns a literal in double quotes. `special` escapes characters of the language; `other` escapes characters that are
/// not plain.
fn quoted(
    text: &str,
    special: impl Fn(char, Option<char>) -> Option<&'static str>,
    other: impl Fn(char) -> String,
) -> String {
    let mut out = String::from("\"");
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let common = match c {
            '"' => Some("\\\""),
            '\\' => Some("\\\\"),
            '\n' => Some("\\n"),
            '\r' => Some("\\r"),
            '\t' => Some("\\t"),
            _ => special(c, letters.peek().copied()),
        };
        match common {
            Some(escape) => out.push_str(escape),
            None if is_plain(c) => out.push(c),
            None => out.push_str(&other(c)),
        }
    }
    out.push('"');
    out
}

fn nothing(_: char, _: Option<char>) -> Option<&'static str> {
    None
}

/// Returns the escape of a character in C#, Go and Python.
fn padded(c: char) -> String {
    match u32::from(c) {
        code @ 0..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}

fn braced(c: char) -> String {
    format!("\\u{{{:x}}}", u32::from(c))
}

pub(crate) fn rust(text: &str) -> String {
    quoted(text, nothing, braced)
}

pub(crate) fn python(text: &str) -> String {
    quoted(text, nothing, padded)
}

pub(crate) fn go(text: &str) -> String {
    quoted(text, nothing, padded)
}

pub(crate) fn csharp(text: &str) -> String {
    quoted(text, nothing, padded)
}

/// Returns a literal that is also safe within a `<script>` element.
pub(crate) fn javascript(text: &str) -> String {
    let special = |c, next| match (c, next) {
        ('<', Some('/' | '!' | 's' | 'S')) => Some("\\u003c"),
        _ => None,
    };
    quoted(text, special, braced)
}

/// Returns a Java literal. Java replaces `\u` before it parses literals, so control characters need other escapes.
pub(crate) fn java(text: &str) -> String {
    quoted(text, nothing, |c| {
        if c.is_ascii() {
            return format!("\\{:03o}", u32::from(c));
        }
        let mut units = [0; 2];
        let units = c.encode_utf16(&mut units).iter();
        units.map(|unit| format!("\\u{unit:04x}")).collect()
    })
}

/// Returns a C++ literal, or an expression if the text contains NUL, where a literal would end.
pub(crate) fn cpp(text: &str) -> String {
    let literal = quoted(text, nothing, |c| {
        let mut bytes = [0; 4];
        let bytes = c.encode_utf8(&mut bytes).bytes();
        bytes.map(|byte| format!("\\{byte:03o}")).collect()
    });
    // Two question marks start a trigraph, which compilers replace before escapes.
    let mut out = String::new();
    for c in literal.chars() {
        if c == '?' && out.ends_with('?') {
            out.push('\\');
        }
        out.push(c);
    }
    if text.contains('\0') {
        out = format!("std::string({out}, {})", text.len());
    }
    out
}

/// Returns a literal in single quotes, or in double quotes with escapes if a character is not plain.
pub(crate) fn php(text: &str) -> String {
    single(text).unwrap_or_else(|| quoted(text, |c, _| (c == '$').then_some("\\$"), braced))
}

/// Returns a literal like that of PHP.
pub(crate) fn ruby(text: &str) -> String {
    single(text).unwrap_or_else(|| quoted(text, |c, _| (c == '#').then_some("\\#"), braced))
}

fn single(text: &str) -> Option<String> {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    text.chars().all(is_plain).then(|| format!("'{escaped}'"))
}

/// Returns a word of a POSIX shell, quoted if necessary.
pub(crate) fn shell(text: &str) -> String {
    let is_safe = |byte: u8| byte.is_ascii_alphanumeric() || b"_@%+=:,./-".contains(&byte);
    // Some shells expand a word that begins with `=`.
    if !text.is_empty() && !text.starts_with('=') && text.bytes().all(is_safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}
