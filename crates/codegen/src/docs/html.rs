//! Converts the HTML in descriptions.

use super::spans::{CodeSpans, MarkPositions, backticks};

/// Converts HTML to line breaks, list items, and the Markdown that [`inline`](super::inline) reads.
///
/// Only known HTML tags are converted; `<name>` is kept as text.
pub(super) fn to_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let spans = CodeSpans::of(text);
    let mut tag_ends = MarkPositions::of(text, ">");
    let mut comment_ends = MarkPositions::of(text, "-->");
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(distance) = text[at..].find(['<', '&', '`']) {
        out.push_str(&text[at..at + distance]);
        at += distance;
        let rest = &text[at..];
        let end = match rest.as_bytes()[0] {
            // Code and unpaired backticks are kept unchanged.
            b'`' => {
                let end = spans.end(at).unwrap_or(at + backticks(rest));
                out.push_str(&text[at..end]);
                Some(end)
            }
            b'&' => entity(rest, &mut out).map(|taken| at + taken),
            _ if rest.starts_with("<!--") => {
                let end = comment_ends.from(at, MAX_TAG);
                end.map(|end| end + "-->".len())
            }
            _ => tag_ends
                .from(at, MAX_TAG)
                .filter(|end| tag(&text[at + 1..*end], &mut links, &mut out))
                .map(|end| end + 1),
        };
        at = end.unwrap_or_else(|| {
            out.push_str(&rest[..1]);
            at + 1
        });
    }
    out.push_str(&text[at..]);
    out
}

fn entity(rest: &str, out: &mut String) -> Option<usize> {
    let end = rest.bytes().take(12).position(|byte| byte == b';')?;
    let name = &rest[1..end];
    let character = match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let number = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
    };
    out.push(character);
    Some(end + 1)
}

/// The maximum length of a tag or comment.
const MAX_TAG: usize = 2000;

/// Writes the equivalent of a tag, given the text between its angle brackets.
fn tag(inside: &str, links: &mut Vec<Option<String>>, out: &mut String) -> bool {
    let (is_end, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let name_end = inside
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    if !attributes.is_empty() && !attributes.starts_with([' ', '\t', '\n', '/']) {
        return false;
    }
    match name.to_ascii_lowercase().as_str() {
        "br" | "p" | "div" | "ul" | "ol" | "dl" | "dt" | "dd" | "table" | "thead" | "tbody"
        | "tr" | "hr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "blockquote" | "pre" => {
            out.push('\n');
        }
        "li" if !is_end => out.push_str("\n- "),
        "li" => out.push('\n'),
        "td" | "th" if !is_end => {
            if !out.is_empty() && !out.ends_with('\n') {
                out.push_str(" | ");
            }
        }
        "b" | "strong" => out.push_str("**"),
        "code" => out.push('`'),
        "a" if !is_end => {
            let target = attribute(attributes, "href");
            if target.is_some() {
                out.push('[');
            }
            links.push(target);
        }
        "a" => {
            if let Some(Some(target)) = links.pop() {
                out.push_str(&format!("]({target})"));
            }
        }
        "img" => out.push_str(&attribute(attributes, "alt").unwrap_or_default()),
        "td" | "th" | "i" | "em" | "u" | "s" | "span" | "font" | "sup" | "sub" | "small"
        | "center" | "label" | "section" | "tt" | "colgroup" | "col" => {}
        _ => return false,
    }
    true
}

/// Returns the value of an attribute.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = &attributes[at + name.len() + 1..];
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split([' ', '\t', '\n']).next()?,
    };
    Some(value.to_owned())
}
