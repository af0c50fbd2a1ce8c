//! Escapes text that could control a terminal.

use tc3_spec::is_hidden;

/// Escapes control characters, and characters that hide text or change its direction, because messages quote pages. Keeps
/// line breaks, tabs and colors.
pub(crate) fn visible(text: &str) -> String {
    let mut visible = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let length = match color_code(rest) {
            Some(length) => {
                visible.push_str(&rest[..length]);
                length
            }
            None => {
                match is_hidden(character) && !matches!(character, '\n' | '\t') {
                    true => visible.extend(character.escape_unicode()),
                    false => visible.push(character),
                }
                character.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    visible
}

/// Returns the length of the escape sequence at the start that sets colors, such as `ESC[1;31m`.
fn color_code(text: &str) -> Option<usize> {
    let parameters = text.strip_prefix("\x1b[")?;
    let end = parameters.find(|c: char| !c.is_ascii_digit() && c != ';')?;
    let is_color = parameters[end..].starts_with('m');
    is_color.then_some("\x1b[".len() + end + 1)
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn line_breaks_and_colors_are_kept() {
        for (text, expect) in [
            ("a\tb\nü 中", "a\tb\nü 中"),
            ("\x1b[1;31merror\x1b[0m", "\x1b[1;31merror\x1b[0m"),
            (
                "\x1b[2J\x1b]0;title\x07\r",
                "\\u{1b}[2J\\u{1b}]0;title\\u{7}\\u{d}",
            ),
            ("\x1b[", "\\u{1b}["),
            ("\x1b[1;中m", "\\u{1b}[1;中m"),
            ("a\u{202e}b\u{9b}c", "a\\u{202e}b\\u{9b}c"),
        ] {
            assert_eq!(visible(text), expect);
        }
    }
}
