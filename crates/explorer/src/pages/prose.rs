//! Descriptions as markup: Markdown links and code. Everything else is plain text.

use maud::{Markup, html};

/// A part of a line.
enum Part<'t> {
    Text(&'t str),
    Code(&'t str),
    Link(&'t str, &'t str),
}

/// Returns the paragraphs of a description.
pub(super) fn paragraphs(text: &str) -> Markup {
    html! {
        @for line in text.lines().filter(|line| !line.trim().is_empty()) {
            p { (line_of(line)) }
        }
    }
}

/// Returns a line of a description.
pub(super) fn line_of(line: &str) -> Markup {
    html! {
        @for part in parts(line) {
            @match part {
                Part::Text(text) => (text),
                Part::Code(text) => code { (text) },
                Part::Link(text, href) => a href=(href) rel="noopener noreferrer" target="_blank" { (text) },
            }
        }
    }
}

fn parts(line: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    // The unconsumed rest of the line, and the position where the search for the next part starts.
    let (mut rest, mut from) = (line, 0);
    while let Some(at) = rest[from..].find(['`', '[']) {
        let at = from + at;
        match part(&rest[at..]) {
            Some((part, length)) => {
                parts.push(Part::Text(&rest[..at]));
                parts.push(part);
                (rest, from) = (&rest[at + length..], 0);
            }
            None => from = at + 1,
        }
    }
    parts.push(Part::Text(rest));
    parts
}

/// Returns the link or the code at the start of a text, with its length. A link must not contain the start of another part,
/// so that the whole line is scanned in linear time.
fn part(text: &str) -> Option<(Part<'_>, usize)> {
    let inner = &text[1..];
    if text.starts_with('`') {
        let end = inner.find('`').filter(|end| *end > 0)?;
        return Some((Part::Code(&inner[..end]), end + 2));
    }
    let end = inner.find(['[', ']', '`'])?;
    let rest = inner[end..].strip_prefix("](")?;
    let length = rest.find(|c: char| c.is_whitespace() || "()[`".contains(c))?;
    let href = &rest[..length];
    let is_web = href.starts_with("https://") || href.starts_with("http://");
    let label = match &inner[..end] {
        "" => href,
        label => label,
    };
    let is_link = is_web && rest[length..].starts_with(')');
    is_link.then(|| (Part::Link(label, href), end + length + 4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_links_and_code_are_markup() {
        let link = |text: &str| {
            format!(
                "<a href=\"https://x.example/a?b=1#c\" rel=\"noopener noreferrer\" target=\"_blank\">{text}</a>"
            )
        };
        for (line, markup) in [
            ("a `b` c", "a <code>b</code> c".to_owned()),
            ("[See](https://x.example/a?b=1#c).", link("See") + "."),
            (
                "[](https://x.example/a?b=1#c)",
                link("https://x.example/a?b=1#c"),
            ),
            (
                "[[See](https://x.example/a?b=1#c)",
                format!("[{}", link("See")),
            ),
            ("`<b>` <i>", "<code>&lt;b&gt;</code> &lt;i&gt;".to_owned()),
            (
                "[x](javascript:alert(1))",
                "[x](javascript:alert(1))".to_owned(),
            ),
            (
                "[x](https://a b) ` `` [1] 中`",
                "[x](https://a b) <code> </code><code> [1] 中</code>".to_owned(),
            ),
        ] {
            assert_eq!(line_of(line).into_string(), markup, "{line}");
        }
        for long in ["[", "`[", "[a](https://"] {
            let line = long.repeat(300_000);
            assert!(!line_of(&line).into_string().contains("<a"));
        }
    }
}
