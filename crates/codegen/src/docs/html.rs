//! What is left of HTML in a description.

/// The text with its HTML turned into line breaks, list items, and the Markdown that [`inline`](super::inline) reads.
///
/// Only tags that HTML has are taken for tags; `<name>` stays what it is.
pub(super) fn to_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut links = Vec::new();
    while let Some(at) = rest.find(['<', '&', '`']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = match rest.as_bytes()[0] {
            b'`' => code_span(rest, &mut out),
            b'&' => entity(rest, &mut out),
            _ => comment(rest).or_else(|| tag(rest, &mut links, &mut out)),
        };
        let taken = taken.unwrap_or_else(|| {
            out.push_str(&rest[..1]);
            1
        });
        rest = &rest[taken..];
    }
    out.push_str(rest);
    out
}

/// Code stays as it is.
fn code_span(rest: &str, out: &mut String) -> Option<usize> {
    let fence = rest.len() - rest.trim_start_matches('`').len();
    let line = rest.lines().next().unwrap_or(rest);
    let end = line[fence..].find(&rest[..fence])? + 2 * fence;
    out.push_str(&rest[..end]);
    Some(end)
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

/// How far away the end of a tag or comment is looked for.
const MAX_TAG: usize = 2000;

fn comment(rest: &str) -> Option<usize> {
    rest.starts_with("<!--").then_some(())?;
    let end = rest.as_bytes().windows(3).take(MAX_TAG);
    Some(end.into_iter().position(|bytes| bytes == b"-->")? + 3)
}

/// Writes what a tag means and says how long it is, if it is one.
fn tag(rest: &str, links: &mut Vec<Option<String>>, out: &mut String) -> Option<usize> {
    let end = rest.bytes().take(MAX_TAG).position(|byte| byte == b'>')?;
    let inside = &rest[1..end];
    let (is_end, inside) = match inside.strip_prefix('/') {
        Some(inside) => (true, inside),
        None => (false, inside),
    };
    let name_end = inside
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(inside.len());
    let (name, attributes) = inside.split_at(name_end);
    if !attributes.is_empty() && !attributes.starts_with([' ', '\t', '\n', '/']) {
        return None;
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
        _ => return None,
    }
    Some(end + 1)
}

/// The value of an attribute.
fn attribute(attributes: &str, name: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find(&format!("{name}="))?;
    let value = &attributes[at + name.len() + 1..];
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split([' ', '\t', '\n']).next()?,
    };
    Some(value.to_owned())
}
