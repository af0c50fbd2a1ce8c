/// JSON in which strings hold what JSON forbids, made valid: control characters are escaped, and halves of surrogate
/// pairs become U+FFFD. `None` if there is nothing of the kind.
///
/// A service that mangles a name has still acted, so its response must be readable.
pub(super) fn repair(text: &str) -> Option<String> {
    let mut repaired = String::with_capacity(text.len());
    let mut in_string = false;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let mut length = character.len_utf8();
        match character {
            '"' => in_string = !in_string,
            '\\' if in_string => {
                length += rest[1..].chars().next().map_or(0, char::len_utf8);
                match code_unit(rest) {
                    Some(0xD800..=0xDBFF)
                        if matches!(rest.get(6..).and_then(code_unit), Some(0xDC00..=0xDFFF)) =>
                    {
                        length = 12;
                    }
                    Some(0xD800..=0xDFFF) => {
                        repaired.push('\u{FFFD}');
                        rest = &rest[6..];
                        continue;
                    }
                    _ => {}
                }
            }
            '\0'..='\u{1F}' if in_string => {
                repaired.push_str(&format!("\\u{:04x}", u32::from(character)));
                rest = &rest[length..];
                continue;
            }
            _ => {}
        }
        let (same, behind) = rest.split_at(length);
        repaired.push_str(same);
        rest = behind;
    }
    (repaired != text).then_some(repaired)
}

/// The code unit that the text begins with in the form of an escape: `\u0041`.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_hex.then(|| u16::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_made_valid() {
        for (text, expected) in [
            (r#"["\ud83d"]"#, Some("[\"\u{FFFD}\"]")),
            (r#"["\ud83dx\ude00"]"#, Some("[\"\u{FFFD}x\u{FFFD}\"]")),
            (
                r#"["\ud83d\ud83d\ude00"]"#,
                Some("[\"\u{FFFD}\\ud83d\\ude00\"]"),
            ),
            ("[\"a\tb\\\n\"]", Some("[\"a\\u0009b\\\n\"]")),
            (r#"["\ud83d\ude00", "\\ud83d", "\""]"#, None),
            ("{\n\t\"a\": 1}", None),
            (r#"["\u"#, None),
            (r#"["\ué123"#, None),
            ("\"\\", None),
        ] {
            assert_eq!(repair(text).as_deref(), expected, "{text}");
        }
    }
}
