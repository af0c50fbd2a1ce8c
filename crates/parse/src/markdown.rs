//! Parses Markdown within cells and lines.

use std::borrow::Cow;

/// Converts Markdown with HTML tags to text: resolves escapes and entities, turns `<br>` and block tags into line breaks,
/// removes inline tags, and keeps links.
pub(crate) fn cell(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '<', '&', '\n']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '<', '&', '`', '\n']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'\\' => escape(rest, &mut out),
            b'<' => tag(rest, &mut out),
            b'&' => entity(rest, &mut out),
            b'`' => code(rest, &mut out),
            _ => {
                line_break(&mut out);
                1
            }
        };
        rest = &rest[taken..];
    }
    out.push_str(rest);
    Cow::Owned(lines(&out))
}

/// Removes invisible characters, which pages sometimes have within words.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    const HIDDEN: [char; 6] = [
        '\u{200b}', '\u{200c}', '\u{200d}', '\u{2060}', '\u{feff}', '\u{ad}',
    ];
    // The search for their first bytes is fast.
    if memchr::memchr3(0xc2, 0xe2, 0xef, text.as_bytes()).is_none() || !text.contains(HIDDEN) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(HIDDEN, ""))
}

/// Whether a line of prose contains a tag or entity that [`cell`] resolves.
pub(crate) fn has_markup(text: &str) -> bool {
    let is_tag = |at: usize| {
        let next = text.as_bytes().get(at + 1);
        next.is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
    };
    memchr::memchr_iter(b'<', text.as_bytes()).any(is_tag)
        || text.contains('&') && text.contains(';')
}

/// Replaces links by their labels.
pub(crate) fn unlinked(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // The label is between `](` and the last opening bracket before it.
    while let Some(middle) = rest.find("](") {
        let open = rest[..middle].rfind('[');
        let Some(length) = rest[middle..].find(')') else {
            break;
        };
        let open = open.unwrap_or(middle);
        out.push_str(&rest[..open]);
        out.push_str(rest[open..middle].trim_start_matches('['));
        rest = &rest[middle + length + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Trims lines, collapses white space, and removes empty lines.
pub(crate) fn lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !out.is_empty() {
            out.push('\n');
        }
        out.push_str(&folded(line));
    }
    out
}

/// Collapses the white space of a line.
pub(crate) fn folded(line: &str) -> Cow<'_, str> {
    if !line.contains("  ") && !line.contains(['\t', '\u{a0}', '\u{3000}']) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    for word in line.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    Cow::Owned(out)
}

fn line_break(out: &mut String) {
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// Removes a backslash before punctuation.
fn escape(rest: &str, out: &mut String) -> usize {
    match rest.as_bytes().get(1) {
        Some(next) if next.is_ascii_punctuation() => {
            out.push(char::from(*next));
            2
        }
        _ => {
            out.push('\\');
            1
        }
    }
}

/// Copies code with its backslashes, except those before bars, which tables require.
fn code(rest: &str, out: &mut String) -> usize {
    let end = rest[1..].find('`').map(|length| length + 2);
    match end {
        // Backticks in other punctuation do not delimit code.
        Some(end) if !rest[..end].contains('\n') && !rest[..end].contains("<br") => {
            out.push_str(&rest[..end].replace("\\|", "|"));
            end
        }
        _ => {
            out.push('`');
            1
        }
    }
}

fn entity(rest: &str, out: &mut String) -> usize {
    const ENTITIES: [(&str, char); 9] = [
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&apos;", '\''),
        ("&#160;", ' '),
        ("&#124;", '|'),
        ("&nbsp;", ' '),
    ];
    let (name, letter) = ENTITIES
        .into_iter()
        .find(|(name, _)| rest.starts_with(name))
        .unwrap_or(("&", '&'));
    out.push(letter);
    name.len()
}

/// Returns the prefix in which a tag or link may end. The limit makes text full of opening brackets take linear time.
fn near(text: &str) -> &str {
    let mut end = text.len().min(2000);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Converts an HTML tag. Other text in angle brackets is copied.
fn tag(rest: &str, out: &mut String) -> usize {
    let literal = |out: &mut String| {
        out.push('<');
        1
    };
    let Some(end) = near(rest).find('>') else {
        return literal(out);
    };
    let inner = rest[1..end].trim_end_matches('/').trim_end();
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let name_end = inner
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inner.len());
    let (name, attributes) = inner.split_at(name_end);
    if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) {
        return literal(out);
    }
    match &*name.to_ascii_lowercase() {
        "br" | "p" | "li" | "ul" | "ol" | "div" | "tr" | "table" | "tbody" | "thead"
        | "blockquote" | "pre" | "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "dl" | "dt"
        | "dd" => line_break(out),
        "td" | "th" => out.push(' '),
        "b" | "strong" | "i" | "em" | "span" | "font" | "u" | "sup" | "sub" | "small" | "s"
        | "del" | "label" | "center" | "mark" => {}
        "code" => out.push('`'),
        "a" => return link(rest, end, attributes, out),
        _ => return literal(out),
    }
    end + 1
}

/// Converts `<a href="…">text</a>` to a Markdown link if its target is absolute, otherwise to its text.
fn link(rest: &str, end: usize, attributes: &str, out: &mut String) -> usize {
    let href = attributes
        .split_once("href=")
        .and_then(|(_, value)| {
            value
                .get(1..)
                .and_then(|inner| inner.split(['"', '\'']).next())
        })
        .filter(|href| href.starts_with("http"));
    let close = near(&rest[end + 1..]).find("</a>");
    match (href, close) {
        (Some(href), Some(length)) => {
            let label = cell(&rest[end + 1..end + 1 + length]);
            if label.contains('\n') || label.is_empty() || label == href {
                out.push_str(&label);
            } else {
                out.push_str(&format!("[{label}]({href})"));
            }
            end + 1 + length + "</a>".len()
        }
        _ => end + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn markup_is_removed() {
        let cases = [
            ("plain", "plain"),
            (r"a\|b \_c\_ C:\dir", r"a|b _c_ C:\dir"),
            ("one<br>two<br/> three", "one\ntwo\nthree"),
            ("<li>a</li><li><b>b</b></li>", "a\nb"),
            (
                "see [X](https://x.y/z) and <a href=\"https://x.y\">Y</a>",
                "see [X](https://x.y/z) and [Y](https://x.y)",
            ),
            (
                r"`a\b\|c` &lt;id&gt; <instance-id>",
                r"`a\b|c` <id> <instance-id>",
            ),
            ("<", "<"),
            ("a < b > c", "a < b > c"),
        ];
        for (text, expect) in cases {
            assert_eq!(cell(text), expect, "{text}");
        }
    }
}
